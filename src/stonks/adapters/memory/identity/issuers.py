"""Issuers of this process's own, for tests and for trying things out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from stonks.application.identity.external.ports import IssuerView, Question, Returned, Vouched
from stonks.domain.errors import NotFound, Unauthenticated, Unavailable
from stonks.domain.identity.external_flow import ExternalFlow


@dataclass(slots=True)
class MemoryIssuers:
    """``Issuers`` that believe a code as it was put in; each code works once.

    ``questions`` are those that were asked, and those in ``away`` do not answer.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    codes: dict[str, Vouched] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    @property
    def listed(self) -> list[IssuerView]:
        return [self.view(name) for name in self.labels]

    def view(self, name: str) -> IssuerView:
        if name not in self.labels:
            raise NotFound("unknown_provider", "nobody can sign in by this provider here")
        return IssuerView(name, self.labels[name])

    def address(self, name: str, question: Question) -> str:
        self._must_be_there(name)
        self.questions.append(question)
        return f"https://{name}.example/authorize?{urlencode({'state': question.state})}"

    def vouch(self, flow: ExternalFlow, returned: Returned) -> Vouched:
        self._must_be_there(flow.provider)
        if returned.error == "access_denied":
            raise Unauthenticated("sign_in_cancelled", "you did not sign in there; start again")
        vouched = self.codes.pop(returned.code or "", None)
        if returned.error or vouched is None:
            raise Unauthenticated("sign_in_refused", "this could not be proved; start again")
        return vouched

    def _must_be_there(self, name: str) -> None:
        if self.view(name).name in self.away:
            detail = f"{self.labels[name]} does not answer; try again later"
            raise Unavailable("provider_unavailable", detail)
