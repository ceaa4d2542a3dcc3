"""The container of the chat's tests serves here too."""

from tests.integration.chat.conftest import real_container

__all__ = ["real_container"]
