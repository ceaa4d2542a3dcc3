"""Which scope what is written asks for."""

from stonks.domain.chat.commands import RULES
from stonks.entrypoints.scopes import NEEDED


def test_every_command_has_its_scope() -> None:
    assert set(NEEDED) == set(RULES)
