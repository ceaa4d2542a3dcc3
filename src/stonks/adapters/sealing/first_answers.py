"""First answers as nobody reads them where they are kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from stonks.adapters.idempotency import lost
from stonks.application.ports import FirstAnswer, FirstAnswers, Request, Sealer
from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class SealedFirstAnswers:
    """``FirstAnswers``, of which ``kept`` gets no body but a sealed one.

    ``claim`` raises ``Conflict`` (``idempotency_answer_lost``), too: where no key opens what was
    kept. The request was carried out, so it is not carried out again.
    """

    kept: FirstAnswers
    sealer: Sealer

    def claim(self, request: Request, at: datetime) -> FirstAnswer | None:
        first = self.kept.claim(request, at)
        if first is None:
            return None
        try:
            body = self.sealer.open(first.body, context=_context(request))
        except Unavailable as error:
            raise lost() from error
        return replace(first, body=body)

    def keep(self, request: Request, at: datetime, answer: FirstAnswer) -> None:
        body = self.sealer.seal(answer.body, context=_context(request))
        self.kept.keep(request, at, replace(answer, body=body))

    def release(self, request: Request, at: datetime) -> None:
        self.kept.release(request, at)

    def forget(self, before: datetime, most: int) -> int:
        return self.kept.forget(before, most)


def _context(request: Request) -> str:
    """What an answer is sealed for: neither another person nor another key can be given it."""
    return f"first answer {request.profile_id} {request.key}"
