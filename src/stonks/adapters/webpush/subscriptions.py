"""What browsers say when they register for pushes."""

from collections.abc import Callable

from stonks.adapters.webpush.encryption import read_auth
from stonks.adapters.webpush.keys import read_public_key
from stonks.application.egress.ports import Egress
from stonks.domain.errors import Invalid

BAD_POINT = "is no point of P-256: 65 bytes in base64url, without padding"
BAD_AUTH = "is not 16 bytes in base64url, without padding"


def check_subscription(egress: Egress, endpoint: str, p256dh: str, auth: str) -> None:
    """Raises ``Invalid`` (``subscription_malformed``) with what is wrong of each field.

    Raises ``Unavailable`` where nobody can tell whether the endpoint may be asked.

    An endpoint may be an address of http only where the operator allowed its network.
    """
    wrong = {
        "endpoint": _refusal(egress, endpoint),
        "p256dh": _is_wrong(read_public_key, p256dh, BAD_POINT),
        "auth": _is_wrong(read_auth, auth, BAD_AUTH),
    }
    errors = {field: [reason] for field, reason in wrong.items() if reason}
    if errors:
        told = "; ".join(f"{field} {reason}" for field, (reason,) in errors.items())
        raise Invalid("subscription_malformed", told, errors=errors)


def _refusal(egress: Egress, endpoint: str) -> str:
    try:
        egress.check(endpoint)
    except Invalid as refusal:
        return refusal.detail.removeprefix("the address ")
    return ""


def _is_wrong(read: Callable[[object], object], value: str, reason: str) -> str:
    try:
        read(value)
    except ValueError:
        return reason
    return ""
