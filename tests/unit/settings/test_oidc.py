"""Providers, by settings alone."""

from pathlib import Path
from typing import Any

import pytest

from stonks.entrypoints.settings import BadSetting, Settings, listing, read_settings
from stonks.entrypoints.settings.oidc import OidcProvider
from stonks.entrypoints.settings.variables import Variables

TWO = {
    "STONKS_OIDC_PROVIDERS": "google, auth0",
    "STONKS_OIDC_GOOGLE_CLIENT_ID": "of-google",
    "STONKS_OIDC_GOOGLE_CLIENT_SECRET": "hunter2",
    "STONKS_OIDC_AUTH0_ISSUER": "https://tenant.auth0.example/",
    "STONKS_OIDC_AUTH0_CLIENT_ID": "of-auth0",
    "STONKS_OIDC_AUTH0_LABEL": "Our house",
    "STONKS_OIDC_AUTH0_SCOPES": "openid email",
}


def read(**changed: str) -> Settings:
    given = TWO | {f"STONKS_OIDC_{name}": value for name, value in changed.items()}
    return read_settings(given, dotenv=Path("there is none"))


def test_nobody_is_asked_for_providers() -> None:
    assert read_settings({}, dotenv=Path("there is none")).oidc_providers == ()


def test_each_provider_has_variables_of_its_own() -> None:
    google, auth0 = read().oidc_providers
    assert google == OidcProvider(
        name="google",
        issuer="https://accounts.google.com",
        client_id="of-google",
        client_secret="hunter2",
        scopes="openid email profile",
        label="Google",
    )
    assert auth0 == OidcProvider(
        name="auth0",
        issuer="https://tenant.auth0.example/",
        client_id="of-auth0",
        client_secret="",
        scopes="openid email",
        label="Our house",
    )


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    (_, auth0) = read(AUTH0_CLIENT_SECRET_FILE=str(tmp_path / "secret")).oidc_providers
    assert auth0.client_secret == "from a file"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"PROVIDERS": "google,google"}, "STONKS_OIDC_PROVIDERS takes"),
        ({"PROVIDERS": "Google"}, "STONKS_OIDC_PROVIDERS takes"),
        ({"PROVIDERS": "email"}, "STONKS_OIDC_PROVIDERS takes"),
        ({"PROVIDERS": "a-b"}, "STONKS_OIDC_PROVIDERS takes"),
        ({"PROVIDERS": "acme"}, "STONKS_OIDC_ACME_ISSUER is required"),
        ({"GOOGLE_CLIENT_ID": ""}, "STONKS_OIDC_GOOGLE_CLIENT_ID is required"),
        ({"AUTH0_ISSUER": "http://auth0.example"}, "STONKS_OIDC_AUTH0_ISSUER takes"),
        ({"AUTH0_ISSUER": "https://a@auth0.example"}, "STONKS_OIDC_AUTH0_ISSUER takes"),
        ({"AUTH0_ISSUER": "https://auth0.example/?a=b"}, "STONKS_OIDC_AUTH0_ISSUER takes"),
        ({"AUTH0_ISSUER": "https://auth0.example:x/"}, "STONKS_OIDC_AUTH0_ISSUER takes"),
        ({"AUTH0_SCOPES": "email"}, "STONKS_OIDC_AUTH0_SCOPES takes"),
        ({"AUTH0_SCOPES": 'openid "'}, "STONKS_OIDC_AUTH0_SCOPES takes"),
    ],
)
def test_a_bad_value_stops_the_start_with_one_line(changed: dict[str, str], told: str) -> None:
    with pytest.raises(BadSetting) as stopped:
        read(**changed)
    assert str(stopped.value).startswith(told)
    assert "\n" not in str(stopped.value)
    assert "hunter2" not in str(stopped.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_an_issuer_on_this_machine_needs_no_tls(host: str) -> None:
    (_, auth0) = read(AUTH0_ISSUER=f"http://{host}:9400").oidc_providers
    assert auth0.issuer == f"http://{host}:9400"


def test_secrets_of_providers_stay_hidden() -> None:
    lines = list(listing.lines(Variables(TWO, {})))
    assert "hunter2" not in "\n".join(lines)
    assert "hunter2" not in repr(read())
    assert "STONKS_OIDC_GOOGLE_CLIENT_SECRET=(hidden)  (environment)" in lines
    assert "STONKS_OIDC_PROVIDERS=google,auth0  (environment)" in lines
    assert "STONKS_OIDC_AUTH0_LABEL=Our house  (environment)" in lines


def test_misspelt_variables_of_providers_are_found() -> None:
    given: Any = TWO | {"STONKS_OIDC_GOOGLE_CLIENTID": "1", "STONKS_OIDC_ACME_ISSUER": "1"}
    unknown = listing.unknown(Variables(given, {}))
    assert unknown == ["STONKS_OIDC_ACME_ISSUER", "STONKS_OIDC_GOOGLE_CLIENTID"]
    with_file = TWO | {"STONKS_OIDC_GOOGLE_CLIENT_SECRET_FILE": "x"}
    assert listing.unknown(Variables(with_file, {})) == []


def test_the_page_tells_of_them() -> None:
    assert "| `STONKS_OIDC_<NAME>_CLIENT_ID` |" in listing.markdown()
