"""What counts as a message."""

import pytest

from stonks.domain.chat.message import LONGEST_TEXT, is_command, message_text
from stonks.domain.errors import Invalid


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  hello\n", "hello"),
        ("two\nlines", "two\nlines"),
        ("//help", "/help"),
        ("e\u0301", "\u00e9"),
        ("👩‍🍳", "👩‍🍳"),
        ("x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
        ("//" + "x" * (LONGEST_TEXT - 1), "/" + "x" * (LONGEST_TEXT - 1)),
        ("<b>raw</b>", "<b>raw</b>"),
    ],
)
def test_it_is_stored_as_it_was_meant(raw: str, text: str) -> None:
    assert message_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "text_too_short"),
        (" \n ", "text_too_short"),
        ("\u200b", "text_too_short"),
        ("\ufeff\u2060", "text_too_short"),
        ("x" * (LONGEST_TEXT + 1), "text_too_long"),
        ("x" * 10_000, "text_too_long"),
        ("nul\x00", "text_bad_characters"),
        ("bell\x07", "text_bad_characters"),
        ("\u202egnp.exe", "text_bad_characters"),
        ("half \ud800", "text_bad_characters"),
    ],
)
def test_what_is_no_message_is_told_why(raw: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        message_text(raw)
    assert refused.value.code == code
    assert "501" not in refused.value.detail


def test_one_slash_makes_a_command_and_two_do_not() -> None:
    assert is_command("/help")
    assert is_command("  /help")
    assert not is_command("//help")
    assert not is_command("help /me")
