"""What follows every change of somebody's second factors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.ports import IdentityWork
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import NewId
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.recovery_code import recovery_digest
from stonks.domain.ids import ProfileId, SessionId

TOTP_FACTOR = {"factor": "totp"}


@dataclass(frozen=True, slots=True)
class TellAndEnd:
    """Tell the person by mail, and end all their sessions but the one that made the change."""

    new_id: NewId

    def __call__(
        self,
        work: IdentityWork,
        profile: Profile,
        kind: MailKind,
        values: Mapping[str, str],
        *,
        but: SessionId,
        at: datetime,
    ) -> Sequence[SessionId]:
        """Which ended: to be told to ``SessionSignals`` after the commit."""
        work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, values))
        return work.sessions.end_all(profile.id, at, but=but)


def keep_codes(
    work: IdentityWork, profile_id: ProfileId, codes: Sequence[str], at: datetime
) -> None:
    """Keep new recovery codes in place of all before."""
    digests = (recovery_digest(profile_id, code) for code in codes)
    work.second_factors.put_codes(profile_id, [digest for digest in digests if digest], at)


def drop_useless_codes(work: IdentityWork, profile_id: ProfileId, at: datetime) -> None:
    """Recovery codes end with the last second factor; call it wherever one is taken away."""
    if not work.second_factors.of(profile_id).are_on:
        work.second_factors.put_codes(profile_id, (), at)
