"""The process of a real provider: ``oidc-provider-mock``, through its own pages."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import requests

from tests.integration.servers import free_port

SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class MockProvider:
    """Where it answers, with people whom it knows by their subject."""

    url: str

    def know(self, subject: str, **claims: Any) -> None:
        response = requests.put(f"{self.url}/users/{subject}", json=claims, timeout=30)
        assert response.ok, response.text

    def authorize(self, address: str, subject: str) -> str:
        """Where its page leads the browser of somebody who agrees."""
        return self._answered(address, {"sub": subject})

    def deny(self, address: str) -> str:
        return self._answered(address, {"action": "deny"})

    def _answered(self, address: str, form: Mapping[str, str]) -> str:
        assert requests.get(address, timeout=30).ok  # the page with the form
        response = requests.post(address, data=form, allow_redirects=False, timeout=30)
        assert response.status_code in (302, 303), response.text
        return response.headers["Location"]


@contextmanager
def mock_provider() -> Iterator[MockProvider]:
    """Started for the block, and ended for certain."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    provider = MockProvider(f"http://127.0.0.1:{port}")
    try:
        _wait_for(provider, process)
        yield provider
    finally:
        process.kill()
        process.wait()


def _wait_for(provider: MockProvider, process: "subprocess.Popen[bytes]") -> None:
    end = monotonic() + SECONDS_TO_START
    while monotonic() < end:
        assert process.poll() is None, "the provider ended"
        try:
            told = requests.get(f"{provider.url}/.well-known/openid-configuration", timeout=5)
        except requests.RequestException:
            sleep(0.1)
            continue
        assert json.loads(told.text)["issuer"] == provider.url
        return
    raise AssertionError("the provider did not start")
