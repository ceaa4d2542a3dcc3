"""Every reason of a trace has its sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stonks
from stonks.domain.notifications.explaining import BY_WAY, REASONS, UNKNOWN, explain
from stonks.domain.notifications.way import EMAIL, IN_APP, PUSH

PACKAGE = Path(stonks.__file__).parent
DECIDING = PACKAGE / "domain/notifications/deciding.py"
OUTCOMES = PACKAGE / "adapters/webpush/outcomes.py"
WITH_OUTCOMES = [
    *PACKAGE.glob("application/notifications/*.py"),
    *PACKAGE.glob("adapters/webpush/*.py"),
    *PACKAGE.glob("adapters/notifiers/*.py"),
    *PACKAGE.glob("adapters/memory/notifications/*.py"),
]
IS_REASON = re.compile(r"[a-z]+(?:_[a-z]+)*").fullmatch
NAMES_STATES = {"Verdict", "State"}


def of_decisions() -> set[str]:
    """Whatever the functions that decide hold, but for their docstrings and signs."""
    tree = ast.parse(DECIDING.read_text())
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and IS_REASON(text)}


def of_outcomes() -> Iterator[str]:
    """Texts beside a verdict or a state: ``Outcome(Verdict.GONE, "push_gone")``."""
    for path in WITH_OUTCOMES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and any(map(is_state, node.args)):
                yield from texts_of(node)


def is_state(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in NAMES_STATES
    )


def texts_of(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                yield node.value


def of_pushes() -> set[str]:
    return set(re.findall(r'"(push_\w+)"', OUTCOMES.read_text()))


def of_mails() -> set[str]:
    text = "".join(path.read_text() for path in PACKAGE.glob("adapters/mail/*.py"))
    return set(re.findall(r'"(mail_\w+)", ', text))


def test_every_reason_that_the_code_gives_has_a_sentence() -> None:
    given = of_decisions() | {*of_outcomes()} | of_pushes() | of_mails()
    assert {"online", "devices_gone", "sender_died", "push_gone", "mail_refused"} <= given
    explained = {*REASONS} | {reason for _, reason in BY_WAY}
    assert given - explained == set()
    assert explained - given == set()


@pytest.mark.parametrize("way", [IN_APP, PUSH, EMAIL, "sms"])
def test_each_is_one_sentence_to_whoever_reads_it(way: str) -> None:
    for reason in REASONS:
        said = explain(way, reason)
        assert re.fullmatch(r"[A-Z][^.]*\.", said), said
        assert not re.search(r"\byou", said, re.I)


def test_a_reason_depends_on_the_way_where_it_must() -> None:
    assert "inbox" in explain(IN_APP, "offline")
    assert "pushes" in explain(EMAIL, "offline")
    assert "not wanted" in explain(EMAIL, "not_shown").lower()


def test_reasons_that_a_package_brought_are_told_from_ours() -> None:
    assert explain("sms", "pigeon_got_lost") == UNKNOWN
