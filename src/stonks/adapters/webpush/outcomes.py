"""What a push service's answer means (RFC 8030, 5 and 8.4; RFC 8292, 4.2)."""

from datetime import datetime

from stonks.adapters.egress import retry_after
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Outcome, Verdict
from stonks.domain.errors import Refusal

REASONS = {
    400: "push_malformed",
    401: "push_unauthorized",
    403: "push_unauthorized",
    413: "push_too_large",
}


def outcome_of(answer: Answer, now: datetime) -> Outcome:
    """A redirect is a refusal, as everything else that is not known."""
    match answer.status:
        case status if 200 <= status < 300:
            return Outcome(Verdict.SENT)
        case 404 | 410:
            return Outcome(Verdict.GONE, "push_gone")
        case 429:
            return Outcome(Verdict.LATER, "push_limited", retry_after(answer, now))
        case status if status >= 500:
            return Outcome(Verdict.LATER, "push_unavailable", retry_after(answer, now))
    return Outcome(Verdict.REFUSED, REASONS.get(answer.status, "push_refused"))


def outcome_without(refusal: Refusal) -> Outcome:
    """Where no answer came. A name may lead to a forbidden place for a while, as when it is
    blocked; so the device is kept.
    """
    if refusal.code in ("egress_failed", "egress_nowhere"):
        return Outcome(Verdict.LATER, "push_unreachable")
    if refusal.code == "egress_forbidden":
        return Outcome(Verdict.REFUSED, "push_forbidden")
    return Outcome(Verdict.REFUSED, "push_uncertain")
