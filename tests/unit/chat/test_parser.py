"""Chat commands as they are typed."""

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stonks.domain.chat import commands as c
from stonks.domain.chat.duration import parse_duration, spell_duration
from stonks.domain.chat.parser import parse_command
from stonks.domain.errors import Invalid

READ = {
    "/set admin @bob": c.SetAdmin("bob"),
    "/SET   Admin @Bob": c.SetAdmin("Bob"),
    "/unset admin @bob": c.UnsetAdmin("bob"),
    "/mute @bob": c.Mute("bob"),
    "/unmute @bob": c.Unmute("bob"),
    "/ban @bob": c.Ban("bob"),
    "/ban @bob being a bore": c.Ban("bob", "being a bore"),
    '/ban @bob "a \\"bore\\" \\\\ worse"': c.Ban("bob", 'a "bore" \\ worse'),
    "/unban @bob": c.Unban("bob"),
    "/timeout @bob": c.Timeout("bob", timedelta(minutes=10)),
    "/timeout @bob 1h30m": c.Timeout("bob", timedelta(minutes=90)),
    "/timeout @bob 30s too loud": c.Timeout("bob", timedelta(seconds=30), "too loud"),
    '/timeout @bob "30s is too short"': c.Timeout("bob", timedelta(minutes=10), "30s is too short"),
    "/suspend": c.Suspend(),
    "/suspend for good": c.Suspend("for good"),
    "/unsuspend": c.Unsuspend(),
    '/set title "Late night"': c.SetTitle("Late night"),
    "/set title Late night": c.SetTitle("Late night"),
    '/set description ""': c.SetDescription(""),
    "/delete 12": c.Delete(12),
    "/delete #12": c.Delete(12),
    "/clear @bob": c.Clear("bob"),
    "/slow 30s": c.Slow(timedelta(seconds=30)),
    "/slow OFF": c.Slow(None),
    "/followers 10m": c.Followers(timedelta(minutes=10)),
    "/followers off": c.Followers(None),
    "/pin 3": c.Pin(3),
    "/unpin": c.Unpin(),
    "/help": c.Help(),
}


@pytest.mark.parametrize("line", READ)
def test_every_command_is_read(line: str) -> None:
    assert parse_command(line) == READ[line]


def test_the_table_above_has_every_command() -> None:
    assert {type(command) for command in READ.values()} == set(c.RULES)


@pytest.mark.parametrize(
    "line",
    [
        '/set title "never closed',
        '/set title "closed" "twice"x',
        "/set title",
        "/ban",
        "/ban bob",
        "/ban @bo",
        '/ban "@bob"',
        "/mute @bob @eve",
        "/timeout @bob 99z",
        "/timeout @bob 9" + "9" * 20 + "d",
        "/slow",
        "/slow soon",
        "/slow 30s now",
        "/delete one",
        "/delete 0",
        "/delete ١٢",
        "/pin -1",
        "/help me",
    ],
)
def test_a_malformed_command_tells_the_usage(line: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_command(line)
    assert refused.value.code == "bad_command"
    assert "usage: /" in refused.value.detail


@pytest.mark.parametrize(
    "line", ["/", "/ ban @bob", "/frobnicate", "/set", "/set nothing", "/\x00"]
)
def test_an_unknown_command_points_to_help(line: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_command(line)
    assert refused.value.code == "unknown_command"


@pytest.mark.parametrize(
    "line",
    [
        "/mute @bоb",
        "/mute @ｂｏｂ",
        "/mute @ K\u212aK",
        "/ban @bob\u202e",
        "/\u212aick @bob",
        "/müte @bob",
    ],
)
def test_no_look_alike_stands_for_a_name_or_a_command(line: str) -> None:
    with pytest.raises(Invalid):
        parse_command(line)


@given(st.text(max_size=5_000))
@example("/ban @bob \\")
@example('/ban @bob "\\')
@example("/set title \ud800")
@example("/timeout @bob " + "9" * 4_000 + "s")
def test_the_parser_raises_nothing_but_invalid(text: str) -> None:
    for line in (text, "/" + text, "/set title " + text, "/timeout @bob " + text, "/ban " + text):
        try:
            parse_command(line)
        except Invalid as refused:
            assert refused.detail  # noqa: PT017 - anything else that is raised fails the test


@given(st.sampled_from(sorted(READ)), st.text(max_size=40))
def test_more_text_never_makes_another_command(line: str, more: str) -> None:
    """What follows the words of a command cannot turn it into one with other rights."""
    try:
        command = parse_command(f"{line} {more}")
    except Invalid:
        return
    assert type(command) is type(READ[line])


@given(st.integers(1, 14 * 86_400))
def test_a_duration_is_read_as_it_is_spelled(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(spell_duration(length)) == length
