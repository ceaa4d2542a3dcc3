"""Requests that nobody would write, made from the document."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import schemathesis
from dependency_injector import providers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from stonks.adapters.memory.identity.issuers import MemoryIssuers
from stonks.domain.errors import Forbidden
from tests.contracts.endpoint_props import an_endpoint
from tests.contracts.http import Browser

load_all_checks()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
LEAVING = {"logOut", "deactivateProfile", "scheduleDeletion"}
REAL = {"slug": "lounge", "username": "bruno", "provider": "google"}
FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@dataclass(slots=True)
class Fuzzed:
    """An app with a channel and people in it, of whom one may do everything."""

    browser: Browser
    numbers: Iterator[int]

    @classmethod
    def settled(cls, browser: Browser) -> "Fuzzed":
        issuers = MemoryIssuers({"google": "Google"})
        browser.container.issuers.override(providers.Object(issuers))
        browser.sign_up("hanna", is_staff=True)
        browser.sign_up("bruno")
        browser.open_channel("hanna")
        return cls(browser, count(1))

    def fuzz(self, operation_id: str) -> None:
        """Send what the document allows, and what it does not."""
        schema = schemathesis.openapi.from_wsgi("/openapi.json", self.browser.app)
        operation = schema.find_operation_by_id(operation_id)
        modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
        FEW(given(case=st.one_of(modes))(self._check))()

    def _check(self, case: Any) -> None:
        number = next(self.numbers)
        parameters = case.path_parameters or {}
        if number % 2:  # what is made up is rarely there
            real = REAL | (self._webhook() if "endpoint_id" in parameters else {})
            parameters.update({name: real[name] for name in real if name in parameters})
        case.call_and_validate(checks=CHECKS, headers=self._sign(case, number))

    def _sign(self, case: Any, number: int) -> dict[str, str]:
        if case.operation.definition.raw["operationId"] in LEAVING:
            return self._bearer(self.browser.sign_up(f"leaver{number}"))
        self._mend()
        return self._bearer("hanna") if number % 5 else {}

    def _mend(self) -> None:
        """Somebody may have deleted or suspended the channel."""
        if self.browser.ask("GET", "/channels/lounge").status_code == 404:
            self.browser.open_channel("hanna")

    def _webhook(self) -> dict[str, str]:
        """One of the channel's; none while it is suspended and has none.

        Its HOST may have another name by now.
        """
        self._mend()
        box = self.browser.container
        channel = box.read_channel()(slug="lounge")
        with box.begin_webhooks()() as work:
            host = work.channels.get(channel.id).host_id
            found = [endpoint.id for endpoint in work.endpoints.of(channel.id)]
        with suppress(Forbidden):
            return {
                "endpoint_id": str(next(iter(found), None) or an_endpoint(box, host, channel.id))
            }
        return {}

    def _bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.browser.tokens[who]}"}
