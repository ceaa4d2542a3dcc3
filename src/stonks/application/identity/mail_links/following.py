"""Following a link: finding it, using it up, and what a mailbox proves."""

from collections.abc import Collection, Sequence
from datetime import datetime

from stonks.application.identity.mail_links.limits import LINKS_OF_ACCOUNT, mailbox_key
from stonks.application.identity.mail_links.ports import SetUp
from stonks.application.identity.ports import IdentityWork, Throttle
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import NewId
from stonks.domain.errors import Invalid, NotFound
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import ProfileId, SessionId


def link_invalid() -> Invalid:
    return Invalid("link_invalid", "this link is unknown, used or too old; ask for another")


def find_link(
    work: IdentityWork, throttle: Throttle, token: str, at: datetime, *purposes: Purpose
) -> MailLink:
    """What a token stands for; holds nothing, uses nothing up.

    Raises ``Invalid`` (``link_invalid``), and ``Limited`` where this mailbox's are tried too often.
    """
    link = work.mail_links.get(digest_of(token))
    if link is None or not link.is_good(at, *purposes):
        raise link_invalid()
    throttle(LINKS_OF_ACCOUNT, mailbox_key(link.email))
    return link


def lock_active(work: IdentityWork, profile_id: ProfileId | None) -> Profile:
    """The person of a link, held; raises ``Invalid`` (``link_invalid``) where they have left."""
    if profile_id is None:
        raise link_invalid()
    try:
        profile = work.profiles.lock(profile_id)
    except NotFound:
        raise link_invalid() from None
    if not profile.active:
        raise link_invalid()
    return profile


def use_up(work: IdentityWork, link: MailLink, profile: Profile) -> None:
    """Of several at once one comes through, and only while the mailbox is this person's."""
    if profile.email.lower() != link.email.lower() or not work.mail_links.use(link.digest):
        raise link_invalid()


def must_be_asked_still(work: IdentityWork, link: MailLink, at: datetime) -> None:
    """Hold the session that asked for a link; raises ``Invalid`` (``link_invalid``) if it is over.

    So that ending somebody's session ends what they began in it.
    """
    if link.session_id is None:
        raise link_invalid()
    try:
        session = work.sessions.lock(link.session_id)
    except NotFound:
        raise link_invalid() from None
    if session.profile_id != link.profile_id or not session.is_alive(at):
        raise link_invalid()


def prove_mailbox(
    work: IdentityWork,
    profile: Profile,
    at: datetime,
    new_id: NewId,
    replaced: Collection[SetUp] = (),
) -> Sequence[SessionId]:
    """Note that who is here reads the mailbox of ``profile``; which sessions ended by that.

    If nobody had shown that before, whoever signed up may be somebody else, who wanted to be
    there first: nothing that they set up lets them in any more. A mail says what there was, but
    for what is ``replaced`` and told of by the caller.
    """
    ended: Sequence[SessionId] = ()
    if not work.email_proofs.is_proven(profile):
        ended = work.sessions.end_all(profile.id, at)
        gone = [one for one in work.email_proofs.disown(profile.id) if one not in replaced]
        work.mail_links.revoke(profile.id, profile.email, tuple(Purpose))
        if gone:
            kind, told = MailKind.SET_UP_REMOVED, {"removed": ", ".join(gone)}
            work.mails.add(Mail(new_id(), kind, profile.email, at, profile.id, told))
    work.email_proofs.put(profile.id, profile.email, at)
    return ended
