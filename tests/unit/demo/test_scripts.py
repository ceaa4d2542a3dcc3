"""What the people of the demo say, and that they may."""

from itertools import islice
from random import Random

import pytest

from stonks.domain.chat.message import is_command
from stonks.domain.chat.parser import parse_command
from stonks.domain.text import clean
from stonks.entrypoints.demo.cast import CAST
from stonks.entrypoints.demo.director import programme
from stonks.entrypoints.demo.script import Line, Scene, parsed, scenes

ALL = [*scenes("conversations"), *scenes("moderation"), *scenes("breaks"), *scenes("replies")]
PLAYED = [*scenes("conversations"), *scenes("moderation")]


def test_a_script_is_read_as_it_is_written() -> None:
    text = "= One: two\nmira: Hello: you\n\npim: hi\n\n= Three\nmira: /pin {seq}\n"
    assert parsed(text) == [
        Scene("One: two", [Line("mira", "Hello: you"), Line("pim", "hi")]),
        Scene("Three", [Line("mira", "/pin {seq}")]),
    ]


def test_there_is_much_to_say() -> None:
    assert sum(len(scene.lines) for scene in ALL) >= 200
    assert len({scene.name for scene in PLAYED}) == len(PLAYED)


@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.name)
def test_everything_can_be_said(scene: Scene) -> None:
    for line in scene.lines:
        assert line.who in CAST
        text = line.text.replace("{seq}", "1").replace("{name}", "somebody")
        assert "{" not in text
        if is_command(text):
            parse_command(text)
        else:
            assert clean(text, field="text", longest=500) == text


@pytest.mark.parametrize("scene", PLAYED, ids=lambda scene: scene.name)
def test_nobody_repeats_themselves_in_a_scene(scene: Scene) -> None:
    assert len(set(scene.lines)) == len(scene.lines)


def test_a_message_comes_before_what_is_done_to_it() -> None:
    for scene in PLAYED:
        for before, line in zip(scene.lines, scene.lines[1:], strict=False):
            if "{seq}" in line.text:
                assert not is_command(before.text)


def test_the_programme_never_ends_and_plays_everything() -> None:
    rounds = len(scenes("conversations")) * 3
    names = [scene.name for scene in islice(programme(Random(7)), rounds * 3)]
    assert set(names) == {scene.name for scene in PLAYED}
    assert names[:20] != [scene.name for scene in islice(programme(Random(8)), 20)]
