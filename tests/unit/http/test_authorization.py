"""Who may do what over HTTP, in memory."""

import pytest

from tests.contracts.authorization import AuthorizationContract
from tests.contracts.http import Browser


class TestAuthorizationInMemory(AuthorizationContract):
    @pytest.fixture
    def browser(self, lasting_browser: Browser) -> Browser:
        return lasting_browser
