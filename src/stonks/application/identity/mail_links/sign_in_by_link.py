"""Signing in, and up, without a password."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.admission import Admit, Admitted
from stonks.application.identity.mail_links.following import (
    find_link,
    link_invalid,
    lock_active,
    prove_mailbox,
    use_up,
)
from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS
from stonks.application.identity.ports import IdentityWork, SessionSignals, Throttle
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import Conflict
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.naming import stem_of
from stonks.domain.identity.profile import Profile, check_full_name
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.username import check_username
from stonks.domain.ids import ProfileId, SessionId

TRIES = 8


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came by a link; ``is_new`` where they signed up by it."""

    profile: Profile
    entry: Admitted
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """What a new member wants to be called, and what is added to a name that is made."""

    chosen: str | None
    ending: str
    full: str | None

    def username(self, email: str) -> str:
        return stem_of(email) + self.ending if self.chosen is None else check_username(self.chosen)


@dataclass(frozen=True, slots=True)
class SignInByLink:
    """Follow a link to a mailbox: who has it is in, or becomes a member.

    A name is made of the address where a new member chooses none.
    """

    begin: Begin[IdentityWork]
    throttle: Throttle
    admit: Admit
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        token: str,
        device: str,
        address: str,
        username: str | None = None,
        full_name: str | None = None,
    ) -> Arrival:
        """Raises ``Invalid`` (``link_invalid``, and for names that break a rule), ``Conflict``
        (``username_taken``), ``Limited`` and ``Unavailable``.
        """
        self.throttle(LINKS_FROM_ADDRESS, address)
        for ending in _endings(token):
            try:
                return self._arrive(token, _Name(username, ending, full_name), device)
            except Conflict as conflict:  # also where the address got its member just now
                if conflict.code == "username_taken" and username is not None:
                    raise
        raise Conflict("username_taken", "choose a username")

    def _arrive(self, token: str, name: _Name, device: str) -> Arrival:
        at = self.now()
        ended: Sequence[SessionId] = ()
        with self.begin() as work:
            link = find_link(work, self.throttle, token, at, Purpose.SIGN_IN)
            holder = work.email_proofs.holder(link.email)
            if holder is None:
                profile = self._welcome(work, link, name, at)
            else:
                profile = lock_active(work, holder.id)
                use_up(work, link, profile)
                ended = prove_mailbox(work, profile, at, self.new_id)
            work.mail_links.revoke(profile.id, profile.email, (Purpose.SIGN_IN,))
            entry = self.admit(work, profile, device=device, at=at)
        self.signals.ended(ended)
        return Arrival(profile, entry, is_new=holder is None)

    def _welcome(self, work: IdentityWork, link: MailLink, name: _Name, at: datetime) -> Profile:
        if not work.mail_links.use(link.digest):
            raise link_invalid()
        username = name.username(link.email)
        profile = Profile(
            id=ProfileId(self.new_id()),
            full_name=check_full_name(username if name.full is None else name.full),
            username=username,
            email=link.email,
            avatar=None,
            active=True,
            created_at=at,
            updated_at=at,
        )
        work.profiles.add(profile)
        work.email_proofs.put(profile.id, profile.email, at)
        return profile


def _endings(token: str) -> Iterator[str]:
    """None at first; then digits which nobody foresees, so that few tries are enough."""
    yield ""
    for number in range(1, TRIES):
        yield f"-{int.from_bytes(digest_of(f'{number}{token}')[:4], 'big') % 10_000:04}"
