"""No way out."""

from collections.abc import Mapping
from dataclasses import dataclass

from stonks.application.egress.ports import Answer
from stonks.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class ClosedEgress:
    """``Egress`` that lets nothing pass."""

    def check(self, url: str) -> None:
        raise _forbidden()

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        raise _forbidden()


def _forbidden() -> Invalid:
    return Invalid("egress_forbidden", "nothing leaves from here")
