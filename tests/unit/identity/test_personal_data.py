"""No table is made without a word on what becomes of it when its person leaves, or asks for it."""

from stonks.adapters.postgres.identity.export import NOT_SHOWN, SHOWN, SHOWN_IN
from stonks.adapters.postgres.tables import metadata
from stonks.adapters.postgres.tables.identity import profile
from stonks.application.identity.export.ports import SECTIONS


def test_only_channels_keep_hold_of_a_profile_on_their_own() -> None:
    holding = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.references(profile) and key.ondelete != "CASCADE"
    }
    assert holding == {"channels"}


def test_every_table_is_exported_or_says_why_not() -> None:
    assert set(metadata.tables) == set(SHOWN_IN) | set(NOT_SHOWN)
    assert not set(SHOWN_IN) & set(NOT_SHOWN)
    assert all(NOT_SHOWN.values())


def test_sections_are_what_the_port_says() -> None:
    assert (*SHOWN, "messages") == SECTIONS
