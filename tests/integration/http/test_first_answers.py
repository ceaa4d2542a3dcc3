"""First answers on PostgreSQL."""

import pytest
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.endpoint_props import URL
from tests.contracts.first_answers import FirstAnswersContract
from tests.contracts.http import browser_of
from tests.contracts.town import SteppingClock, Town

TOKEN = {"name": "Bot", "scopes": ["chat:write"]}
_ROWS = "SELECT encode(convert_to(row::text, 'UTF8'), 'escape') || encode(body, 'escape')"
_ALL = text(f"{_ROWS} FROM first_answers AS row")


class TestFirstAnswersOnPostgres(FirstAnswersContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())


def test_canary_no_secret_is_to_be_read_in_the_database(real_container: Container) -> None:
    browser = browser_of(real_container)
    browser.sign_up("hanna")
    browser.open_channel("hanna")
    secrets = []
    for path, body, name in (
        ("/channels/lounge/webhooks", {"url": URL}, "secret"),
        ("/profiles/me/tokens", TOKEN, "token"),
    ):
        headers = {"Idempotency-Key": path}
        first, again = (
            browser.ask("POST", path, "hanna", json=body, headers=headers) for _ in range(2)
        )
        assert (first.status_code, again.data) == (201, first.data)
        secrets.append(first.json[name])
    with real_container.engine().connect() as connection:
        rows = list(connection.scalars(_ALL))
    assert len(rows) == len(secrets)
    for secret in secrets:
        shown = secret.removeprefix("whsec_").removeprefix("stonks_pat_")
        assert [row for row in rows if shown in row or shown.encode().hex() in row] == []
