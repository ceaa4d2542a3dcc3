"""Thinking again."""

from dataclasses import dataclass

from stonks.application.identity.mail_links.following import find_link, link_invalid, use_up
from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS
from stonks.application.identity.ports import IdentityWork, SessionSignals, Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.mail_link import Purpose


@dataclass(frozen=True, slots=True)
class CancelDeletion:
    """Call a deletion off by the link that was mailed, and be there again; sign in anew."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    throttle: Throttle
    now: Clock

    def __call__(self, *, token: str, address: str) -> None:
        """Raises ``Invalid`` (``link_invalid``), ``Conflict`` (``profile_deleted``), ``Limited``.

        A link that was refused is not used up.
        """
        self.throttle(LINKS_FROM_ADDRESS, address)
        at = self.now()
        with self.begin() as work:
            link = find_link(work, self.throttle, token, at, Purpose.CANCEL_DELETION)
            if link.profile_id is None:
                raise link_invalid()
            profile = work.profiles.lock(link.profile_id)
            use_up(work, link, profile)
            deletion = work.deletions.of(profile.id)
            if deletion is None:
                raise link_invalid()
            deletion.must_be_open(at)
            work.deletions.remove(profile.id)
            profile.restore(at=at)
            work.profiles.save(profile)
        self.signals.changed(profile.id)
