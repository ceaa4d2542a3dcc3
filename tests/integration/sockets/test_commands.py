"""Each role and each command, by real clients on two servers at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

import pytest

from stonks.domain.chat.commands import RULES
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import call, history
from tests.integration.sockets.stage import HERE, ROLES, SLUG, Stage

numbers = count(1)

# What must be so on the other server, once a command was answered; bob's message is `seq`.


def bob_is_admin(stage: Stage, seq: int) -> None:
    assert stage.reader("target").ask(stage.room, "/slow 3s")["type"] == "result"
    assert stage.reader("target").ask(stage.room, "/slow off")["type"] == "result"


def bob_is_no_admin(stage: Stage, seq: int) -> None:
    assert stage.reader("target").ask(stage.room, "/slow 3s")["code"] == "not_allowed"


def bob_is_refused(code: str) -> Callable[[Stage, int], None]:
    def bites(stage: Stage, seq: int) -> None:
        answer = stage.bob_says(f"refused with {code}")
        assert (answer["type"], answer["code"]) == ("error", code), answer

    return bites


def bob_is_out(stage: Stage, seq: int) -> None:
    assert stage.reader("target").closed(AT_ONCE) == 4003
    stage.forget("target")
    with Client(stage.there, HERE) as again:
        again.send(type="authenticate", token=stage.people["target"].token)
        assert again.closed() == 4003, "nor is he let in again"
    answer = call(
        stage.there,
        "POST",
        f"/channels/{SLUG}/messages",
        person=stage.people["target"],
        json={"text": "by the back door"},
        expected=(403,),
    )
    assert answer.json()["code"] == "banned"
    seq_is_hidden(stage, seq)


def bob_writes(stage: Stage, seq: int) -> None:
    assert stage.bob_says(f"here I am {next(numbers)}")["type"] == "ack"


def seq_is_hidden(stage: Stage, seq: int) -> None:
    (entry,) = [entry for entry in history(stage.there, SLUG) if entry["seq"] == seq]
    assert entry["data"] == {"hidden": True}


def seq_is_shown(stage: Stage, seq: int) -> None:
    (entry,) = [entry for entry in history(stage.there, SLUG) if entry["seq"] == seq]
    assert "text" in entry["data"]
    bob_writes(stage, seq)


def seq_is_pinned(stage: Stage, seq: int) -> None:
    with Client(stage.there, HERE) as newcomer:
        assert newcomer.subscribed["pinned"]["seq"] == seq


def nothing_is_pinned(stage: Stage, seq: int) -> None:
    with Client(stage.there, HERE) as newcomer:
        assert newcomer.subscribed["pinned"] is None


def the_channel_is_shut(stage: Stage, seq: int) -> None:
    for who in ("anonymous", "target"):
        assert stage.reader(who).closed(AT_ONCE) == 4010
        stage.forget(who)
    assert stage.actor("HOST").ask(stage.room, "anybody?")["code"] == "channel_suspended"
    stage.reader("SUPERADMIN").send(type="ping")
    assert stage.reader("SUPERADMIN").until(type="pong"), "staff stay"


def the_channel_is(**wanted: str) -> Callable[[Stage, int], None]:
    def bites(stage: Stage, seq: int) -> None:
        said = call(stage.there, "GET", f"/channels/{SLUG}").json()
        assert wanted.items() <= said.items()

    return bites


def slow_mode_bites(stage: Stage, seq: int) -> None:
    answer = stage.bob_says("too fast")
    assert answer["code"] == "slow_mode"
    assert 0 < answer["retryAfter"] <= 30


def nothing(stage: Stage, seq: int) -> None:
    """Only who asked notices."""


@dataclass(frozen=True, slots=True)
class Case:
    """A line, what it leaves in the log, what bites then, what comes before and after it."""

    line: str
    kind: str
    bites: Callable[[Stage, int], None]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


CASES: Mapping[str, Case] = {
    "/set admin": Case("/set admin @bob", "admin_set", bob_is_admin, after=("/unset admin @bob",)),
    "/unset admin": Case("/unset admin @Bob", "admin_unset", bob_is_no_admin, ("/set admin @bob",)),
    "/mute": Case("/mute @BOB", "member_muted", bob_is_refused("muted"), (), ("/unmute @bob",)),
    "/unmute": Case("/unmute @bob", "member_unmuted", bob_writes, ("/mute @bob",)),
    "/ban": Case("/ban @bob rude", "member_banned", bob_is_out, (), ("/unban @bob",)),
    "/unban": Case("/unban @bob", "member_unbanned", seq_is_shown, ("/ban @bob",)),
    "/timeout": Case(
        "/timeout @bob 10m too loud",
        "member_timed_out",
        bob_is_refused("timed_out"),
        (),
        ("/unmute @bob",),
    ),
    "/suspend": Case(
        "/suspend for a test", "channel_suspended", the_channel_is_shut, (), ("/unsuspend",)
    ),
    "/unsuspend": Case("/unsuspend", "channel_unsuspended", bob_writes, ("/suspend",)),
    "/set title": Case(
        '/set title "A \\"new\\" title"',
        "title_changed",
        the_channel_is(title='A "new" title'),
        (),
        ('/set title "The old one"',),
    ),
    "/set description": Case(
        '/set description "New words"',
        "description_changed",
        the_channel_is(description="New words"),
        (),
        ('/set description "Old words"',),
    ),
    "/delete": Case("/delete {seq}", "message_hidden", seq_is_hidden),
    "/clear": Case("/clear @bob", "messages_cleared", seq_is_hidden),
    "/slow": Case("/slow 30s", "slow_mode_changed", slow_mode_bites, (), ("/slow off",)),
    "/followers": Case(
        "/followers 10m",
        "followers_mode_changed",
        bob_is_refused("followers_only"),
        (),
        ("/followers off",),
    ),
    "/pin": Case("/pin {seq}", "message_pinned", seq_is_pinned, (), ("/unpin",)),
    "/unpin": Case("/unpin", "message_unpinned", nothing_is_pinned, ("/pin {seq}",)),
    "/help": Case("/help", "", nothing),
}
CHANNEL = {"/set title", "/set description", "/slow", "/followers", "/pin", "/unpin"}
MODERATION = {"/mute", "/unmute", "/ban", "/unban", "/timeout", "/delete", "/clear"}
ADMINS = {"/help"} | CHANNEL | MODERATION
ALLOWED: Mapping[str, set[str]] = {
    "anonymous": set(),
    "banned": set(),
    "member": {"/help"},
    "another channel's HOST": {"/help"},
    "muted": {"/help"},
    "muted ADMIN": {"/help"},
    "ADMIN": ADMINS,
    "HOST": ADMINS | {"/set admin", "/unset admin"},
    "SUPERADMIN": {"/help", "/suspend", "/unsuspend"} | MODERATION,
}


def refusal(role: str, word: str) -> str:
    if role == "anonymous":
        return "unauthenticated"
    if role == "banned":
        return "banned"
    return "muted" if role == "muted ADMIN" and word in ADMINS else "not_allowed"


def by(line: str) -> str:
    """Who may do what this test itself does."""
    return "SUPERADMIN" if "suspend" in line else "HOST"


def test_no_cell_is_missing() -> None:
    assert set(CASES) == {rule.word for rule in RULES.values()}
    assert set(ALLOWED) == set(ROLES)


@pytest.mark.parametrize("word", CASES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_uses_its_commands_and_no_other(stage: Stage, role: str, word: str) -> None:
    case = CASES[word]
    stage.reader(), stage.reader("SUPERADMIN")
    seq = stage.bob_says(f"message {next(numbers)}")["seq"]
    for line in case.before:
        stage.must(by(line), line.format(seq=seq))
        forget_who_is_out(stage, line)
    line = case.line.format(seq=seq)
    before = history(stage.there, SLUG)
    answer = stage.do(role, line)
    if word in ALLOWED[role]:
        assert (answer["type"], answer["command"]) == ("result", word), answer
        if case.kind:
            see(stage, role, int(str(before[-1]["seq"])) + 1, case.kind)
        case.bites(stage, seq)
    else:
        assert (answer["type"], answer["code"]) == ("error", refusal(role, word)), answer
        assert history(stage.there, SLUG) == before, "a refused command changes nothing"
    clean_up(stage, case)


def see(stage: Stage, role: str, seq: int, kind: str) -> None:
    """A reader on the other server sees the entry; of the line itself nobody sees anything."""
    watcher = "SUPERADMIN" if kind == "channel_unsuspended" else "anonymous"
    entry = stage.reader(watcher).entry(seq, AT_ONCE)
    assert entry["kind"] == kind
    assert entry["actor"]["username"] == stage.people[role].username
    assert entry["actor"]["role"] == role


def clean_up(stage: Stage, case: Case) -> None:
    for line in case.after:
        stage.do(by(line), line)
    for line in case.before:
        if line.startswith(("/mute", "/ban", "/suspend", "/set admin")):
            stage.do(by(line), line.replace("/", "/un", 1).split(" rude")[0])
    for line in (case.line, *case.before):
        forget_who_is_out(stage, line)


def forget_who_is_out(stage: Stage, line: str) -> None:
    if line.startswith("/ban"):
        stage.forget("target")
    elif line.startswith("/suspend"):
        stage.forget("target", "anonymous")


def test_help_names_what_one_may_use(stage: Stage) -> None:
    for role, allowed in ALLOWED.items():
        if allowed and role != "muted ADMIN":
            listed = stage.do(role, "/help")["data"]["commands"]
            words = {
                rule.word
                for rule in RULES.values()
                if rule.usage in {each["usage"] for each in listed}
            }
            assert words == allowed, role
