"""Sending somebody to an issuer."""

from dataclasses import dataclass, field

from stonks.application.identity.external.ports import (
    LINKS,
    STARTS,
    ExternalWork,
    Issuers,
    Question,
)
from stonks.application.identity.ports import NewSecret, SignedIn, Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.external_flow import FLOW_LASTS, ExternalFlow, Link
from stonks.domain.identity.next_page import check_next
from stonks.domain.identity.refresh_token import digest_of

LENGTH_OF_A_SECRET = 43


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send a browser, and the secret by which it is known when it comes back."""

    address: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BeginFlow:
    """Send somebody to an issuer to sign in, or, where they are signed in, to link it."""

    begin: Begin[ExternalWork]
    issuers: Issuers
    throttle: Throttle
    new_secret: NewSecret
    now: Clock

    def __call__(
        self,
        *,
        provider: str,
        next_page: str | None,
        browser: str | None,
        address: str,
        person: SignedIn | None = None,
    ) -> Departure:
        """``browser`` is the secret that the browser got from a flow before, if it did: two tabs
        may be on their way at once. Raises as ``Issuers`` does, ``Invalid`` (``next_malformed``)
        and ``Limited``.
        """
        self.issuers.view(provider)
        page = None if next_page is None else check_next(next_page)
        self.throttle(STARTS, address)
        if person is not None:
            self.throttle(LINKS, str(person.profile_id))
        question = Question(self.new_secret(), self.new_secret(), self.new_secret())
        url = self.issuers.address(provider, question)
        if not browser or len(browser) != LENGTH_OF_A_SECRET:
            browser = self.new_secret()
        self._keep(provider, question, browser, page, person)
        return Departure(url, browser)

    def _keep(
        self,
        provider: str,
        question: Question,
        browser: str,
        page: str | None,
        person: SignedIn | None,
    ) -> None:
        flow = ExternalFlow(
            state=digest_of(question.state),
            browser=digest_of(browser),
            provider=provider,
            nonce=question.nonce,
            verifier=question.verifier,
            next=page,
            link=Link(person.profile_id, person.session_id) if person else None,
            expires_at=self.now() + FLOW_LASTS,
        )
        with self.begin() as work:
            work.external_flows.add(flow)
