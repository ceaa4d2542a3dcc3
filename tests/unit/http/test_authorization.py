"""Who may do what over HTTP, in memory."""

from collections.abc import Iterator

import pytest

from tests.contracts.authorization import AuthorizationContract
from tests.contracts.http import Browser


class TestAuthorizationInMemory(AuthorizationContract):
    @pytest.fixture
    def browser(self, lasting_browser: Browser) -> Iterator[Browser]:
        """Empty for each: where thousands are, looking for one takes long."""
        yield lasting_browser
        lasting_browser.container.reset_singletons()
