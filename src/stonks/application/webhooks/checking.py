"""Where endpoints may be."""

from stonks.application.egress.ports import Egress
from stonks.domain.errors import Invalid


def check_url(egress: Egress, url: str) -> None:
    """Raise ``Invalid`` (``egress_forbidden``), which names the field, as ``Egress`` does.

    To be asked outside of units of work: a resolver may take its time. Raises ``Unavailable``
    (``egress_unresolved``).
    """
    try:
        egress.check(url)
    except Invalid as refusal:
        reason = refusal.detail.removeprefix("the address ")
        raise Invalid(refusal.code, f"url {reason}", errors={"url": [reason]}) from None
