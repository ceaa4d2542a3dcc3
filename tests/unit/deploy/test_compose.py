"""docker-compose.yml, the Dockerfile and nginx speak of things that exist."""

import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from flask import Flask

from stonks.entrypoints.cli.main import main
from stonks.entrypoints.http.identity.uploads import LARGEST_IMAGE
from stonks.entrypoints.settings import Settings, read_settings
from stonks.entrypoints.settings.setting import settings_of, variable

ROOT = Path(__file__).parents[3]
KNOWN = {variable(item.name) for item, _ in settings_of(Settings)}
PATH = re.compile(r"http://127\.0\.0\.1(?::\d+)?(/\w+)")

Service = dict[str, Any]


def services() -> dict[str, Service]:
    found: dict[str, Service] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())[
        "services"
    ]
    return found


def ours() -> dict[str, Service]:
    return {name: service for name, service in services().items() if "build" in service}


def test_each_command_exists() -> None:
    assert set(ours()) == {"keys", "migrate", "web", "worker", "relay"}
    for service in ours().values():
        name, *options = service["command"]
        command = main.get_command(click.Context(main), name)
        assert command, name
        known = {flag for parameter in command.params for flag in parameter.opts}
        assert {option.partition("=")[0] for option in options if option[:2] == "--"} <= known


def test_each_variable_is_a_setting() -> None:
    for service in ours().values():
        for name in service.get("environment", {}):
            assert name in KNOWN or name.removesuffix("_FILE") in KNOWN, name
    set_by_the_image = re.findall(r"(STONKS_\w+)=", (ROOT / "Dockerfile").read_text())
    assert set_by_the_image
    assert set(set_by_the_image) <= KNOWN


def test_the_values_are_accepted(tmp_path: Path) -> None:
    environ = dict(ours()["web"]["environment"])
    environ.pop("STONKS_TOKEN_PRIVATE_KEY_FILE")
    environ.pop("STONKS_SEALING_KEYS_FILE")
    environ.pop("STONKS_VAPID_PRIVATE_KEY_FILE")
    filled = {name: _with_defaults(value) for name, value in environ.items()}
    settings = read_settings(filled, dotenv=tmp_path / ".env")
    assert settings.public_url == "http://localhost:8000"
    assert settings.trusted_proxies == 1
    assert settings.mail_url == "smtp://mail:1025"
    assert settings.media_url == "folder:/media"


def test_what_people_upload_is_shared_and_kept() -> None:
    assert "media:/media" in ours()["web"]["volumes"]
    assert re.search(r"install -d .*/media", (ROOT / "Dockerfile").read_text())


def test_the_proxy_lets_an_avatar_through() -> None:
    proxy = (ROOT / "deploy" / "nginx.conf").read_text()
    allowed = re.search(r"client_max_body_size (\d+)m;", proxy)
    assert allowed
    assert int(allowed[1]) * 2**20 > LARGEST_IMAGE


def _with_defaults(value: str) -> str:
    while (plain := re.sub(r"\$\{\w+:-([^${}]*)\}", r"\1", value)) != value:
        value = plain
    return value


def health_paths() -> list[str]:
    told = [str(service.get("healthcheck", {}).get("test", "")) for service in services().values()]
    return PATH.findall(" ".join([*told, (ROOT / "Dockerfile").read_text()]))


@pytest.mark.parametrize("path", health_paths())
def test_each_health_check_asks_for_what_answers(path: str, app: Flask) -> None:
    assert app.test_client().get(path).status_code == 200


def test_health_is_checked_wherever_something_waits_for_it() -> None:
    assert len(health_paths()) == 3
    for service in services().values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in services()[name]


def test_the_key_is_kept_where_the_others_read_it() -> None:
    signing, sealing, vapid = (option.partition("=")[2] for option in ours()["keys"]["command"][1:])
    for name in ("migrate", "web", "worker", "relay"):
        assert ours()[name]["environment"]["STONKS_TOKEN_PRIVATE_KEY_FILE"] == signing
        assert ours()[name]["environment"]["STONKS_SEALING_KEYS_FILE"] == sealing
        assert ours()[name]["environment"]["STONKS_VAPID_PRIVATE_KEY_FILE"] == vapid
        assert "keys:/keys:ro" in ours()[name]["volumes"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    published = {
        name: service["ports"] for name, service in services().items() if "ports" in service
    }
    assert set(published) == {"nginx", "mail"}
    assert all(port.startswith("127.0.0.1:") for port in published["mail"]), "its links sign in"


def test_the_image_is_of_an_ordinary_user_and_carries_nothing_embedded() -> None:
    image = (ROOT / "Dockerfile").read_text()
    assert "USER stonks" in image
    assert "embedded" not in image
    assert "HEALTHCHECK" in image


def test_the_proxy_passes_sockets_and_replaces_what_was_forwarded() -> None:
    proxy = (ROOT / "deploy" / "nginx.conf").read_text()
    for line in (
        "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header Host $http_host;",
    ):
        assert line in proxy
