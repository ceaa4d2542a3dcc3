"""Real people get an answer, and not too many."""

from random import Random
from uuid import uuid4

import pytest

from stonks.adapters.wire.frames import EntryActor, EntryFrame
from stonks.domain.ids import ProfileId, RoomId
from stonks.entrypoints.demo import audience as module
from stonks.entrypoints.demo.audience import Audience
from stonks.entrypoints.demo.script import scenes

ROOM = RoomId(uuid4())


def said(who: str | None, text: str = "hello", kind: str = "message") -> EntryFrame:
    actor = EntryActor(id=ProfileId(uuid4()), username=who, role="member")
    at = "2026-11-20T18:30:00.125Z"
    return EntryFrame(room=ROOM, seq=1, at=at, kind=kind, actor=actor, data={"text": text})


def test_who_writes_is_welcomed_by_name_once_in_a_while() -> None:
    audience = Audience(cast={"mira"}, random=Random(1))
    assert audience.answer() is None
    audience.hear(said("ada"))
    line = audience.answer()
    assert line is not None
    assert "@ada" in line.text
    audience.hear(said("ada"))
    assert audience.answer() is None


def test_who_is_known_is_answered_by_what_they_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BETWEEN_ANSWERS", 0)
    audience, answers = Audience(cast={"mira"}, random=Random(1)), []
    for text in ("hello", "what is that?", "I see"):
        audience.hear(said("ada", text))
        answer = audience.answer()
        assert answer is not None
        answers.append(answer.text.replace("@ada", "@{name}"))
    written = {scene.name: [line.text for line in scene.lines] for scene in scenes("replies")}
    for kind, answer_text in zip(("first", "question", "again"), answers, strict=True):
        assert answer_text in written[kind]


def test_the_cast_does_not_answer_itself_nor_moderation_nor_nobody() -> None:
    audience = Audience(cast={"mira"}, random=Random(1))
    for entry in (said("mira"), said("ada", kind="member_muted"), said(None)):
        audience.hear(entry)
        assert audience.answer() is None
