"""How often mails are asked for, and links are tried."""

from hashlib import sha256

from stonks.application.identity.ports import Throttle
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Limit
from stonks.domain.errors import Limited

HOUR = 3600
MAILS_FROM_ADDRESS = Limit("mails-from-address", 20, HOUR)
MAILS_TO_ADDRESS = Limit("mails-to-address", 5, HOUR)
MAILS_OF_ACCOUNT = Limit("mails-of-account", 10, HOUR)
LINKS_FROM_ADDRESS = Limit("links-from-address", 60, HOUR)
LINKS_OF_ACCOUNT = Limit("links-of-account", 30, HOUR)


def mailbox_key(email: str) -> str:
    """One short key for a mailbox, whatever its case; what people type is not kept."""
    return sha256(email.lower().encode()).hexdigest()[:32]


def may_mail(throttle: Throttle, kind: MailKind, email: str) -> bool:
    """Whether this mailbox gets another mail of a kind that anybody may ask for; counts it.

    The answer is for nobody else: whoever asks learns nothing from it. Each kind is counted by
    itself, so that who asks for too much of one silences no other.
    """
    try:
        throttle(MAILS_TO_ADDRESS, kind, mailbox_key(email))
    except Limited:
        return False
    return True
