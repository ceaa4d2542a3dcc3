"""Adding an identity to one's account, and taking it away again."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.external.newcomers import Newcomers
from stonks.application.identity.external.ports import ExternalWork, Issuers, Vouched
from stonks.application.identity.ports import SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.external_flow import ExternalFlow, Link
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class LinkIdentity:
    """Let an issuer's word be enough for the person who began this.

    All their other sessions end, and a mail tells them.
    """

    begin: Begin[ExternalWork]
    issuers: Issuers
    newcomers: Newcomers
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, link: Link, flow: ExternalFlow, vouched: Vouched) -> ExternalIdentity:
        """Raises ``Conflict`` (``identity_taken``) and ``Unauthenticated`` (``session_ended``)."""
        at = self.now()
        with self.begin() as work:
            profile = lock_signed_in(work, link.profile_id, link.session_id, at)
            known = work.identities.find(vouched.issuer, vouched.subject)
            if known is not None:
                return _own(known, profile)
            identity = self.newcomers.identity(profile, flow.provider, vouched, at)
            work.identities.add(identity)
            ended = work.sessions.end_all(profile.id, at, but=link.session_id)
            values = {"provider": self.issuers.view(flow.provider).label}
            kind = MailKind.IDENTITY_LINKED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, values))
        self.signals.ended(ended)
        return identity


@dataclass(frozen=True, slots=True)
class UnlinkIdentity:
    """Let an issuer's word no longer be enough, as long as another way in is left.

    All their other sessions end, also those that it began, and a mail tells them.
    """

    begin: Begin[ExternalWork]
    issuers: Issuers
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(
        self, *, actor: ProfileId, session_id: SessionId, identity_id: ExternalIdentityId
    ) -> None:
        """Raises ``NotFound`` (``unknown_identity``), ``Conflict`` (``last_way_in``), and as
        ``lock_signed_in`` does.
        """
        at = self.now()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            linked = work.identities.of(actor)
            identity = next((one for one in linked if one.id == identity_id), None)
            if identity is None:
                raise NotFound("unknown_identity", "no such identity is linked to this account")
            if not work.passkeys.ways_in(actor).are_more_than_one:
                raise Conflict("last_way_in", "nothing else would let you in; add that first")
            work.identities.remove(identity_id)
            ended = work.sessions.end_all(actor, at, but=session_id)
            values = {"provider": self._label(identity.provider)}
            kind = MailKind.IDENTITY_UNLINKED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, actor, values))
        self.signals.ended(ended)

    def _label(self, name: str) -> str:
        labels = {view.name: view.label for view in self.issuers.listed}
        return labels.get(name, name)  # one that is no longer set can still be unlinked


@dataclass(frozen=True, slots=True)
class ListIdentities:
    """The identities that are linked to somebody's account."""

    begin: Begin[ExternalWork]

    def __call__(self, *, actor: ProfileId) -> Sequence[ExternalIdentity]:
        """The first linked first."""
        with self.begin() as work:
            return work.identities.of(actor)


def _own(identity: ExternalIdentity, profile: Profile) -> ExternalIdentity:
    if identity.profile_id != profile.id:
        raise Conflict("identity_taken", "this identity is linked to another account")
    return identity
