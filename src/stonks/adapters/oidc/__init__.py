"""OpenID Connect, as the relying party: code flow with PKCE, state and nonce."""

from stonks.adapters.oidc.client import OidcClient
from stonks.adapters.oidc.issuers import OidcIssuers

__all__ = ["OidcClient", "OidcIssuers"]
