"""Signing in, or up, by what an issuer says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from stonks.application.identity.admission import Admit, Admitted
from stonks.application.identity.external.locking import locked
from stonks.application.identity.external.newcomers import Newcomers
from stonks.application.identity.external.ports import ENTRIES, ExternalWork, Vouched
from stonks.application.identity.ports import Attempts, NewSecret, Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict, Unauthenticated, Unavailable
from stonks.domain.identity.external_flow import CODE_LASTS, EntryCode, ExternalFlow
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of

Entry = TypeVar("Entry")
LetIn = Callable[[ExternalWork, Profile, datetime], Entry]


@dataclass(frozen=True, slots=True)
class Enter:
    """Let in whom the issuer names; whoever was never here becomes a member.

    The address decides nothing about who somebody is: one that has an account already is
    refused until its owner signs in as before and links the issuer.
    """

    begin: Begin[ExternalWork]
    admit: Admit
    attempts: Attempts
    throttle: Throttle
    newcomers: Newcomers
    new_secret: NewSecret
    now: Clock

    def __call__(
        self, *, flow: ExternalFlow, vouched: Vouched, device: str, address: str
    ) -> tuple[Profile, Admitted]:
        """Raises ``Conflict`` (``email_taken_link_first``), ``Forbidden`` (``email_unverified``),
        ``Unauthenticated`` (``bad_credentials``) for who has left, and ``Limited``.
        """

        def admit(work: ExternalWork, profile: Profile, at: datetime) -> tuple[Profile, Admitted]:
            return profile, self.admit(work, profile, device=device, at=at)

        return self._enter(flow, vouched, address, admit)

    def for_a_page(self, *, flow: ExternalFlow, vouched: Vouched, address: str) -> str:
        """The same for a page: a code that it changes for its session, from the same browser."""
        secret = self.new_secret()

        def leave(work: ExternalWork, profile: Profile, at: datetime) -> str:
            code = EntryCode(digest_of(secret), flow.browser, profile.id, at + CODE_LASTS)
            work.entry_codes.add(code)
            return secret

        return self._enter(flow, vouched, address, leave)

    def _enter(
        self, flow: ExternalFlow, vouched: Vouched, address: str, let_in: LetIn[Entry]
    ) -> Entry:
        self.throttle(ENTRIES, vouched.issuer, vouched.subject)
        known = self._known(vouched, let_in)
        return self._join(flow, vouched, address, let_in) if known is None else known

    def _known(self, vouched: Vouched, let_in: LetIn[Entry]) -> Entry | None:
        at = self.now()
        with self.begin() as work:
            found = work.identities.find(vouched.issuer, vouched.subject)
            if found is None:
                return None
            profile = locked(work, found.profile_id)
            identity = work.identities.find(vouched.issuer, vouched.subject)
            if profile is None or identity is None or identity.profile_id != profile.id:
                raise Unauthenticated("bad_credentials", "the login or the password is wrong")
            identity.use(email=vouched.email, at=at)
            work.identities.save(identity)
            return let_in(work, profile, at)

    def _join(
        self, flow: ExternalFlow, vouched: Vouched, address: str, let_in: LetIn[Entry]
    ) -> Entry:
        at = self.now()
        profiles = self.newcomers.profiles(vouched, at)
        first = next(profiles)
        self.attempts.sign_up(address)
        for profile in (first, *profiles):
            try:
                return self._welcome(profile, flow, vouched, at, let_in)
            except Conflict as conflict:  # perhaps with this very person, in another request
                known = self._known(vouched, let_in)
                if known is not None:
                    return known
                if conflict.code == "email_taken":
                    raise _link_first() from None
        raise Unavailable("busy", "no username was free; try again")

    def _welcome(
        self,
        profile: Profile,
        flow: ExternalFlow,
        vouched: Vouched,
        at: datetime,
        let_in: LetIn[Entry],
    ) -> Entry:
        identity = self.newcomers.identity(profile, flow.provider, vouched, at)
        identity.use(email=vouched.email, at=at)
        with self.begin() as work:
            work.profiles.add(profile)
            work.identities.add(identity)
            work.email_proofs.put(profile.id, profile.email, at)
            return let_in(work, profile, at)


def _link_first() -> Conflict:
    return Conflict(
        "email_taken_link_first",
        "this address has an account already: sign in as before, and link this one to it",
    )
