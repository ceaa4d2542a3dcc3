"""What an issuer tells of itself (OpenID Connect Discovery 1.0)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stonks.adapters.oidc.addresses import is_safe

WELL_KNOWN = "/.well-known/openid-configuration"
ASYMMETRIC = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where an issuer's doors are, and what it can do."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    algorithms: Sequence[str]
    takes_secret_in_body: bool
    names_itself: bool


def metadata(told: object, issuer: str) -> Metadata:
    """Checked: it is of this issuer and sends nobody and nothing over open ground.

    Raises ``ValueError`` for what is not so.
    """
    if not isinstance(told, Mapping) or told.get("issuer") != issuer:
        raise ValueError("this is the metadata of another issuer")
    return Metadata(
        authorization_endpoint=_address(told, "authorization_endpoint"),
        token_endpoint=_address(told, "token_endpoint"),
        jwks_uri=_address(told, "jwks_uri"),
        userinfo_endpoint=_address(told, "userinfo_endpoint", default=None),
        algorithms=_algorithms(told),
        takes_secret_in_body=_takes_secret_in_body(told),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(told: Mapping[str, Any], name: str, **default: None) -> Any:
    url = told.get(name)
    if url is None and default:
        return None
    if not is_safe(url):
        raise ValueError(f"{name} is no address over TLS")
    return url


def _algorithms(told: Mapping[str, Any]) -> Sequence[str]:
    """Those that it uses and that are safe; never ``none``, nor a secret shared with anybody."""
    used = told.get("id_token_signing_alg_values_supported")
    known = [name for name in ASYMMETRIC if not isinstance(used, list) or name in used]
    if not known:
        raise ValueError("it signs by no algorithm that can be trusted")
    return known


def _takes_secret_in_body(told: Mapping[str, Any]) -> bool:
    """Whether that is the only way; ``client_secret_basic`` holds where nothing is told."""
    ways = told.get("token_endpoint_auth_methods_supported")
    return isinstance(ways, list) and "client_secret_basic" not in ways
