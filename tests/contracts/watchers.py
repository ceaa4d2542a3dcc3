"""People with account types, behind the HTTP door."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from werkzeug.test import TestResponse

from stonks.application.identity.accounts.rights import Actor
from stonks.domain.ids import ProfileId
from tests.contracts.http import Browser, problem_code

OPERATOR = Actor("operator")
ALL = ("profiles.read_all", "profiles.moderate", "account_types.grant", "audit.read")
UNKNOWN = "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e99"
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Watchers:
    """A Stonks, and what an operator does there."""

    browser: Browser
    ids: dict[str, ProfileId] = field(default_factory=dict)

    def person(self, *types: str, is_staff: bool = False) -> str:
        """Somebody new, who has these types."""
        name = self.browser.sign_up(f"person{next(numbers)}", is_staff=is_staff)
        self.ids[name] = self.browser.container.find_account()(username=name)
        for kind in types:
            self.give(name, kind)
        return name

    def kind(self, *permissions: str) -> str:
        """A new type that allows these."""
        name = f"type{next(numbers)}"
        add = self.browser.container.add_account_type()
        add(actor=OPERATOR, name=name, permissions=permissions)
        return name

    def who_may(self, *permissions: str) -> str:
        return self.person(self.kind(*permissions))

    def give(self, name: str, kind: str) -> None:
        grant = self.browser.container.grant_account_type()
        grant(actor=OPERATOR, profile_id=self.ids[name], name=kind)

    def types(self, name: str) -> list[str]:
        grants = self.browser.container.read_grants()(profile_id=self.ids[name])
        return [grant.name for grant in grants]

    def ask(self, who: str | None, method: str, path: str, **options: Any) -> TestResponse:
        return self.browser.ask(method, f"/admin{path}", who, **options)

    def set_active(self, who: str | None, whom: str, active: object) -> TestResponse:
        return self.ask(who, "PATCH", f"/profiles/{self.ids[whom]}", json={"active": active})

    def grant(self, who: str | None, whom: str, kind: str, method: str = "PUT") -> TestResponse:
        return self.ask(who, method, f"/profiles/{self.ids[whom]}/account-types/{kind}")

    def is_in(self, name: str) -> bool:
        return self.browser.ask("GET", "/profiles/me", name).status_code == 200

    def recorded(self, who: str, **wanted: Any) -> list[tuple[str, str, str]]:
        """Who did what, with its detail, the newest first, as ``who`` may read it."""
        entries = answered(self.ask(who, "GET", "/audit", query_string=wanted))["items"]
        return [(entry["by"], entry["action"], entry["detail"]) for entry in entries]


def answered(response: TestResponse, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    return response.json


def refused(response: TestResponse) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def names(items: Iterable[dict[str, Any]]) -> list[str]:
    return [item["username"] for item in items]
