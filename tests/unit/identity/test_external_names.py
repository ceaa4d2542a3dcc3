"""Names for people who bring theirs along, and pages that they may go on to."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.domain.errors import Invalid
from stonks.domain.identity.next_page import check_next
from stonks.domain.identity.profile import check_full_name
from stonks.domain.identity.suggested_names import (
    numbered,
    suggested_full_name,
    suggested_username,
)
from stonks.domain.identity.username import check_username


@pytest.mark.parametrize(
    ("names", "username"),
    [
        (["mara"], "mara"),
        (["Mara Lindqvist"], "mara.lindqvist"),
        (["Åsa  Öberg"], "asa.oberg"),
        (["mara@example.org", "Mara L"], "mara.l"),
        ([None, "", "ab", "Bo"], "member"),
        (["李小龍"], "member"),
        (["..__--"], "member"),
        (["a" * 100], "a" * 25),
    ],
)
def test_a_username_is_made_of_names_and_never_of_an_address(
    names: list[str | None], username: str
) -> None:
    assert suggested_username(names) == username


def test_a_reserved_name_gets_a_number_at_once() -> None:
    assert list(islice(numbered("admin", [7, 8]), 2)) == ["admin7", "admin8"]
    assert list(numbered("mara", [7])) == ["mara", "mara7"]


@pytest.mark.parametrize(
    ("names", "full_name"),
    [
        ([" Mara  Lindqvist "], "Mara  Lindqvist"),
        ([None, "mara"], "mara"),
        (["\u202eevil", "mara"], "mara"),
        (["", None], "Member"),
        (["a" * 500], "a" * 100),
    ],
)
def test_a_full_name_can_be_shown(names: list[str | None], full_name: str) -> None:
    assert suggested_full_name(names) == full_name


@given(st.lists(st.one_of(st.none(), st.text(max_size=200)), max_size=4))
def test_whatever_they_are_called_the_names_keep_the_rules(names: list[str | None]) -> None:
    for username in numbered(suggested_username(names), [99_999]):
        assert check_username(username) == username
    assert check_full_name(suggested_full_name(names))


@given(st.text(max_size=60))
def test_next_is_refused_or_stays_on_the_site(page: str) -> None:
    try:
        checked = check_next(page)
    except Invalid:
        return
    assert checked == page
    assert page.startswith("/")
    assert page.isascii()
    assert not set(page) & set('\\#\t\r\n "<>')
    assert "//" not in page.partition("?")[0]
