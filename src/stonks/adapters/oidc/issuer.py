"""Speaking with one issuer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException, Session

from stonks.adapters.oidc.client import OidcClient
from stonks.adapters.oidc.id_token import (
    PublicKey,
    UnknownKey,
    Untrusted,
    proved_claims,
    public_keys,
)
from stonks.adapters.oidc.kept import Kept
from stonks.adapters.oidc.metadata import WELL_KNOWN, Metadata, metadata
from stonks.adapters.oidc.transport import CautiousTransport
from stonks.application.identity.external.ports import Question
from stonks.domain.errors import Unauthenticated, Unavailable

HOUR = 3600.0
MINUTE = 60.0
UNREADABLE = (
    *(RequestException, ValueError, TypeError, KeyError),
    *(ArithmeticError, AttributeError, RecursionError),
)
OURS_TO_MEND = ("invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope")

log = structlog.get_logger(__name__)
Read = TypeVar("Read")


class OidcIssuer:
    """One issuer, what it told of itself for an hour, and the questions that are put to it."""

    def __init__(self, client: OidcClient, transport: CautiousTransport) -> None:
        self.client = client
        self._transport = transport
        self._metadata = Kept(self._ask_metadata, HOUR)
        self._keys = Kept(self._ask_keys, HOUR)

    def address(self, question: Question) -> str:
        """Where it asks people whether they want to sign in."""
        session = self._session(self._metadata())
        url, _ = session.create_authorization_url(
            self._metadata().authorization_endpoint,
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
        )
        return str(url)

    def names_itself(self) -> bool:
        """Whether whoever comes back brings its name along (RFC 9207)."""
        return self._metadata().names_itself

    def claims(self, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """What it says of whoever got this code, if that is proved.

        Raises ``Unauthenticated`` (``sign_in_refused``) and ``Unavailable``.
        """
        told = self._metadata()
        session = self._session(told)
        token = self._token(session, told, code, verifier)
        claims = self._proved(told, token, nonce)
        if claims.get("email") is None and told.userinfo_endpoint is not None:
            return {**self._user_info(session, told.userinfo_endpoint, claims["sub"]), **claims}
        return claims

    def _token(
        self, session: OAuth2Session, told: Metadata, code: str, verifier: str
    ) -> Mapping[str, Any]:
        try:
            token: Mapping[str, Any] = session.fetch_token(
                told.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
            )
        except OAuthError as error:
            if error.error in OURS_TO_MEND:
                raise self._away(error) from error
            log.info("oidc_code_refused", provider=self.client.name, error=str(error.error)[:100])
            raise refused() from None
        except UNREADABLE as error:
            raise self._away(error) from error
        return token

    def _proved(self, told: Metadata, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        try:
            try:
                return self._believed(told, token, nonce, self._keys())
            except UnknownKey:
                return self._believed(told, token, nonce, self._keys.anew(MINUTE))
        except Untrusted as why:
            log.warning("oidc_token_refused", provider=self.client.name, why=str(why))
            raise refused() from None

    def _believed(
        self, told: Metadata, token: Mapping[str, Any], nonce: str, keys: Sequence[PublicKey]
    ) -> Mapping[str, Any]:
        return proved_claims(
            token.get("id_token"),
            keys,
            algorithms=told.algorithms,
            issuer=self.client.issuer,
            client_id=self.client.client_id,
            nonce=nonce,
            access_token=str(token.get("access_token", "")),
        )

    def _user_info(self, session: OAuth2Session, url: str, subject: str) -> Mapping[str, Any]:
        """Of the same person, or nothing (Core 1.0, 5.3.2)."""
        try:
            told = session.get(url).json()
        except (OAuthError, *UNREADABLE) as error:
            raise self._away(error) from error
        return told if isinstance(told, dict) and told.get("sub") == subject else {}

    def _session(self, told: Metadata) -> OAuth2Session:
        secret = self.client.client_secret
        way = "client_secret_post" if told.takes_secret_in_body else "client_secret_basic"
        session = OAuth2Session(
            client_id=self.client.client_id,
            client_secret=secret or None,
            token_endpoint_auth_method=way if secret else "none",
            scope=self.client.scopes,
            redirect_uri=self.client.redirect_uri,
            code_challenge_method="S256",
        )
        self._be_cautious(session)
        return session

    def _ask_metadata(self) -> Metadata:
        url = self.client.issuer.rstrip("/") + WELL_KNOWN
        return self._read(url, lambda told: metadata(told, self.client.issuer))

    def _ask_keys(self) -> Sequence[PublicKey]:
        return self._read(self._metadata().jwks_uri, public_keys)

    def _read(self, url: str, read: Callable[[object], Read]) -> Read:
        try:
            with Session() as session:
                self._be_cautious(session)
                response = session.get(url)
            response.raise_for_status()
            return read(response.json())
        except UNREADABLE as error:
            raise self._away(error) from error

    def _be_cautious(self, session: Session) -> None:
        session.trust_env = False
        session.mount("https://", self._transport)
        session.mount("http://", self._transport)

    def _away(self, error: Exception) -> Unavailable:
        log.warning("oidc_provider_unavailable", provider=self.client.name, why=_said(error))
        return Unavailable(
            "provider_unavailable", f"{self.client.label} does not answer; try again later"
        )


def refused() -> Unauthenticated:
    return Unauthenticated("sign_in_refused", "this could not be proved; start again")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
