"""The rules of live chat, which hold on every store."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from stonks.application.chat.ports import Attempt
from stonks.application.chat.post_messages import Draft, Outcome, Posted, PostMessages
from stonks.domain.chat.commands import RULES
from stonks.domain.chat.entry import EntryKind
from stonks.domain.errors import Limited, Refusal
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from tests.contracts.town import Town, code_of

LINES = {
    "/set admin": "/set admin @bob",
    "/unset admin": "/unset admin @bob",
    "/mute": "/mute @bob",
    "/unmute": "/unmute @bob",
    "/ban": "/ban @bob being rude",
    "/unban": "/unban @bob",
    "/timeout": "/timeout @bob 10m",
    "/suspend": "/suspend for a test",
    "/unsuspend": "/unsuspend",
    "/set title": '/set title "A new title"',
    "/set description": '/set description "New words"',
    "/delete": "/delete {seq}",
    "/clear": "/clear @bob",
    "/slow": "/slow 30s",
    "/followers": "/followers 10m",
    "/pin": "/pin {seq}",
    "/unpin": "/unpin",
    "/help": "/help",
}
HOST_ONLY = {"/set admin", "/unset admin"}
CHANNEL = {"/set title", "/set description", "/slow", "/followers", "/pin", "/unpin"}
MODERATION = {"/mute", "/unmute", "/ban", "/unban", "/timeout", "/delete", "/clear"}
STAFF = {"/suspend", "/unsuspend"}
ALLOWED = {
    "member": {"/help"},
    "stranger's HOST": {"/help"},
    "ADMIN": {"/help"} | CHANNEL | MODERATION,
    "HOST": {"/help"} | CHANNEL | MODERATION | HOST_ONLY,
    "SUPERADMIN": {"/help"} | MODERATION | STAFF,
    "muted": {"/help"},
    "muted ADMIN": {"/help"},
    "banned": set[str](),
}


@dataclass(frozen=True, slots=True)
class Chat:
    """One channel with somebody in every role; bob, a member, wrote message 1."""

    town: Town
    room: RoomId
    channel: ChannelId
    people: dict[str, ProfileId]

    def say(self, who: str, text: str, nonce: str | None = None) -> Outcome:
        (outcome,) = self.post((who, text, nonce))
        return outcome

    def post(self, *messages: tuple[str, str, str | None]) -> Sequence[Outcome]:
        drafts = [
            Draft.written(self.room, self.people[who], text, nonce) for who, text, nonce in messages
        ]
        return self.town.container.post_messages()(drafts=drafts)

    def do(self, who: str, line: str) -> str:
        """The code of the refusal that a command met, or nothing."""
        command = self.town.container.apply_chat_command()
        try:
            command(actor=self.people[who], room_id=self.room, line=line)
        except Refusal as refusal:
            return refusal.code
        return ""

    def kinds(self) -> list[EntryKind]:
        entries = self.town.container.chat_reads().after(self.room, 0, 1000)
        assert [view.entry.seq for view in entries] == list(range(1, len(entries) + 1))
        return [view.entry.kind for view in entries]

    def texts(self) -> list[object]:
        """The messages that are shown."""
        entries = self.town.container.chat_reads().after(self.room, 0, 1000)
        return [
            view.entry.data["text"]
            for view in entries
            if view.entry.kind is EntryKind.MESSAGE and view.hidden is None
        ]


@dataclass(frozen=True, slots=True)
class Deleting:
    """A pace that takes so long that the channel is deleted meanwhile."""

    chat: Chat

    def admit(self, attempts: Sequence[Attempt]) -> Sequence[Limited | None]:
        delete = self.chat.town.container.delete_channel()
        delete(actor=self.chat.people["HOST"], channel_id=self.chat.channel)
        return [None] * len(attempts)


def open_chat(town: Town) -> Chat:
    names = ["host", "admin", "super", "bob", "member", "other", "muted", "banned", "hushed"]
    ids = {name: town.person(name, is_staff=name == "super") for name in names}
    channel, room = town.channel("lounge", ids["host"])
    town.channel("elsewhere", ids["other"])
    people = ids | {
        "HOST": ids["host"],
        "ADMIN": ids["admin"],
        "SUPERADMIN": ids["super"],
        "stranger's HOST": ids["other"],
        "muted ADMIN": ids["hushed"],
    }
    chat = Chat(town, room, channel, people)
    assert isinstance(chat.say("bob", "the first message"), Posted)
    assert chat.do("HOST", "/set admin @admin") == ""
    assert chat.do("HOST", "/set admin @hushed") == ""
    assert chat.do("HOST", "/mute @hushed") == ""
    assert chat.do("HOST", "/mute @muted") == ""
    assert chat.do("HOST", "/ban @banned") == ""
    return chat


class ChatRules:
    """Inherited for each store; ``chat`` is made by ``open_chat``."""

    def test_the_table_of_this_test_has_every_command(self) -> None:
        assert set(LINES) == {rule.word for rule in RULES.values()}

    @pytest.mark.parametrize("role", ALLOWED)
    def test_each_role_may_use_its_commands_and_no_other(self, chat: Chat, role: str) -> None:
        for word, line in LINES.items():
            chat.do("SUPERADMIN", "/unban @bob")
            chat.do("SUPERADMIN", "/unmute @bob")
            chat.do("HOST", "/slow off")
            chat.do("HOST", "/followers off")
            message = chat.say("bob", f"something for {role} and {word}")
            assert isinstance(message, Posted)
            line = line.format(seq=message.seq)
            before = chat.kinds()
            code = chat.do(role, line)
            if word in ALLOWED[role]:
                assert code == "", (role, line)
                chat.do("SUPERADMIN", "/unsuspend")
            else:
                assert code in {"not_allowed", "muted", "banned"}, (role, line, code)
                assert chat.kinds() == before, "a refused command changes nothing"

    @pytest.mark.parametrize("role", ["ADMIN", "HOST", "member"])
    def test_a_suspended_channel_takes_nothing(self, chat: Chat, role: str) -> None:
        assert chat.do("SUPERADMIN", "/suspend rude") == ""
        for word in set(LINES) - STAFF - {"/help"}:
            code = chat.do(role, LINES[word].format(seq=1))
            assert code in {"channel_suspended", "not_allowed"}, word
        assert code_of(chat.say(role, "anybody here?")) == "channel_suspended"
        assert chat.do("SUPERADMIN", "/unsuspend") == ""
        assert code_of(chat.say(role, "anybody here?")) == ""

    @pytest.mark.parametrize("line", ["/mute @{}", "/ban @{}", "/timeout @{}", "/clear @{}"])
    def test_nobody_sanctions_an_equal_or_a_higher_rank_or_themselves(
        self, chat: Chat, line: str
    ) -> None:
        for who, whom in [
            ("ADMIN", "hushed"),
            ("ADMIN", "host"),
            ("HOST", "super"),
            ("ADMIN", "super"),
        ]:
            assert chat.do(who, line.format(whom)) == "outranked", (who, whom)
        for who, name in [("ADMIN", "admin"), ("HOST", "host"), ("SUPERADMIN", "super")]:
            assert chat.do(who, line.format(name)) == "not_yourself"
        for who, whom in [("HOST", "admin"), ("SUPERADMIN", "host")]:
            assert chat.do(who, line.format(whom)) == "", (who, whom)

    def test_a_muted_person_reads_and_does_not_write(self, chat: Chat) -> None:
        assert chat.do("ADMIN", "/mute @BOB") == ""
        assert code_of(chat.say("bob", "hello?")) == "muted"
        assert chat.do("ADMIN", "/unmute @bob") == ""
        assert code_of(chat.say("bob", "hello!")) == ""

    def test_a_timeout_ends_by_itself(self, chat: Chat) -> None:
        assert chat.do("ADMIN", "/timeout @bob 30s too loud") == ""
        refused = chat.say("bob", "hello?")
        assert isinstance(refused, Limited)
        assert refused.code == "timed_out"
        assert 29 < refused.retry_after <= 30
        (told,) = chat.town.container.chat_reads().before(chat.room, None, 1)
        assert told.entry.data["until"] == "2026-01-01T12:00:30.000Z"
        chat.town.clock.pass_(seconds=30)
        assert code_of(chat.say("bob", "hello!")) == ""

    def test_a_timeout_does_not_shorten_a_mute(self, chat: Chat) -> None:
        assert chat.do("ADMIN", "/mute @bob") == ""
        assert chat.do("ADMIN", "/timeout @bob 1s") == ""
        chat.town.clock.pass_(seconds=2)
        assert code_of(chat.say("bob", "free?")) == "muted"

    def test_a_channel_deleted_while_somebody_writes_takes_nothing(self, chat: Chat) -> None:
        container = chat.town.container
        post = PostMessages(
            container.begin_chat(), Deleting(chat), container.follows(), chat.town.clock
        )
        draft = Draft.written(chat.room, chat.people["member"], "too late")
        assert [code_of(outcome) for outcome in post(drafts=[draft])] == ["unknown_room"]
        assert chat.town.container.chat_reads().after(chat.room, 0, 10) == []

    @pytest.mark.parametrize("length", ["0s", "15d", "14d1s"])
    def test_a_timeout_lasts_1s_to_14d(self, chat: Chat, length: str) -> None:
        assert chat.do("ADMIN", f"/timeout @bob {length}") == "bad_duration"

    def test_a_ban_hides_what_was_written_and_its_end_shows_it(self, chat: Chat) -> None:
        chat.say("bob", "the second message")
        chat.say("bob", "a bad message")
        seq = len(chat.kinds())
        assert chat.do("ADMIN", f"/delete {seq}") == ""
        chat.say("member", "somebody else's")
        assert chat.do("ADMIN", "/ban @bob") == ""
        assert chat.texts() == ["somebody else's"]
        assert code_of(chat.say("bob", "let me in")) == "banned"
        assert chat.do("ADMIN", "/unban @bob") == ""
        shown = ["the first message", "the second message", "somebody else's"]
        assert chat.texts() == shown, "what was deleted stays hidden"

    def test_a_pinned_message_that_is_hidden_is_not_pinned_any_more(self, chat: Chat) -> None:
        assert chat.do("ADMIN", "/pin 1") == ""
        assert chat.do("ADMIN", "/ban @bob") == ""
        room = chat.town.container.chat_reads().room(chat.room)
        assert room is not None
        assert room.pinned is None
        assert chat.kinds()[-1] is EntryKind.MESSAGE_UNPINNED

    def test_a_repeated_command_changes_nothing(self, chat: Chat) -> None:
        for line in ["/mute @bob", "/slow 30s", "/pin 1", "/set admin @member", "/ban @muted"]:
            assert chat.do("HOST", line) == ""
            before = chat.kinds()
            assert chat.do("HOST", line) == ""
            assert chat.kinds() == before, line

    def test_unknown_people_and_messages_are_not_found(self, chat: Chat) -> None:
        assert chat.do("HOST", "/mute @nobody") == "unknown_profile"
        assert chat.do("HOST", "/delete 999") == "unknown_message"
        assert chat.do("HOST", "/pin 999") == "unknown_message"

    def test_slow_mode_is_for_members(self, chat: Chat) -> None:
        assert chat.do("ADMIN", "/slow 2s") == "bad_duration"
        assert chat.do("ADMIN", "/slow 30s") == ""
        assert code_of(chat.say("member", "one")) == ""
        refused = chat.say("member", "two")
        assert code_of(refused) == "slow_mode"
        assert all(code_of(chat.say(who, "me")) == "" for who in ("ADMIN", "HOST", "SUPERADMIN"))
        assert all(code_of(chat.say(who, "us")) == "" for who in ("ADMIN", "HOST", "SUPERADMIN"))
        chat.town.clock.pass_(seconds=30)
        assert code_of(chat.say("member", "three")) == ""
        assert [code_of(x) for x in chat.post(("other", "a", None), ("other", "b", None))] == [
            "",
            "slow_mode",
        ]

    def test_only_followers_of_long_enough_write_in_followers_mode(self, chat: Chat) -> None:
        assert chat.do("HOST", "/followers 10m") == ""
        assert code_of(chat.say("member", "hello")) == "followers_only"
        follow = chat.town.container.follow_profile()
        assert follow(actor=chat.people["member"], username="host")
        assert follow(actor=chat.people["other"], username="admin")
        refused = chat.say("member", "hello")
        assert isinstance(refused, Limited)
        assert refused.code == "followers_only"
        chat.town.clock.pass_(minutes=10)
        assert code_of(chat.say("member", "hello")) == ""
        assert code_of(chat.say("ADMIN", "hello")) == ""
        assert code_of(chat.say("other", "hello")) == "followers_only"
        assert chat.town.container.unfollow_profile()(actor=chat.people["member"], username="host")
        assert code_of(chat.say("member", "and I am gone")) == "followers_only"
        assert chat.do("HOST", "/followers off") == ""
        assert code_of(chat.say("other", "hello")) == ""

    def test_a_nonce_names_one_message(self, chat: Chat) -> None:
        first = chat.say("bob", "once", "n1")
        again = chat.say("bob", "once", "n1")
        other_words = chat.say("bob", "twice?", "n1")
        assert isinstance(first, Posted)
        assert first == again == other_words
        someone_elses = chat.say("member", "once", "n1")
        assert isinstance(someone_elses, Posted)
        assert someone_elses.seq == first.seq + 1
        both = chat.post(("bob", "both", "n2"), ("bob", "both", "n2"))
        assert both[0] == both[1]
        assert chat.texts().count("both") == 1

    def test_a_retry_is_answered_although_its_sender_may_not_write_any_more(
        self, chat: Chat
    ) -> None:
        first = chat.say("bob", "just in time", "n1")
        assert chat.do("HOST", "/mute @bob") == ""
        assert chat.say("bob", "just in time", "n1") == first

    def test_a_batch_refuses_each_on_its_own(self, chat: Chat) -> None:
        outcomes = chat.post(
            ("bob", "fine", None),
            ("muted", "not fine", None),
            ("banned", "not fine", None),
            ("member", "fine, too", None),
        )
        assert [code_of(outcome) for outcome in outcomes] == ["", "muted", "banned", ""]
        assert chat.texts()[-2:] == ["fine", "fine, too"]

    def test_an_unknown_room_is_refused(self, chat: Chat) -> None:
        draft = Draft.written(RoomId(chat.channel), chat.people["bob"], "hello")
        (outcome,) = chat.town.container.post_messages()(drafts=[draft])
        assert code_of(outcome) == "unknown_room"

    def test_an_inactive_profile_may_not_write_and_loses_its_name(self, chat: Chat) -> None:
        with chat.town.container.begin_identity()() as work:
            profile = work.profiles.lock(chat.people["bob"])
            profile.deactivate(at=chat.town.clock())
            work.profiles.save(profile)
        assert code_of(chat.say("bob", "still here?")) == "profile_inactive"
        (first, *_) = chat.town.container.chat_reads().after(chat.room, 0, 1)
        assert first.entry.actor.username is None
        assert chat.do("HOST", "/mute @bob") == "unknown_profile"
        assert chat.do("HOST", "/delete 1") == ""

    def test_help_lists_what_this_person_may_use(self, chat: Chat) -> None:
        result = chat.town.container.apply_chat_command()(
            actor=chat.people["ADMIN"], room_id=chat.room, line="/help"
        )
        listed = result.data["commands"]
        assert isinstance(listed, list)
        assert {rule["usage"] for rule in listed} == {
            rule.usage for rule in RULES.values() if rule.word in ALLOWED["ADMIN"]
        }

    def test_staff_who_host_a_channel_are_its_host_too(self, chat: Chat) -> None:
        _, room = chat.town.channel("staffroom", chat.people["super"])
        command = chat.town.container.apply_chat_command()
        for line in ["/set admin @bob", "/slow 3s", "/suspend", "/unsuspend"]:
            command(actor=chat.people["super"], room_id=room, line=line)

    def test_the_author_hides_their_own_message(self, chat: Chat) -> None:
        hide = chat.town.container.hide_message()
        with pytest.raises(Refusal) as refused:
            hide(actor=chat.people["member"], room_id=chat.room, seq=1)
        assert refused.value.code == "not_allowed"
        hide(actor=chat.people["bob"], room_id=chat.room, seq=1)
        assert chat.texts() == []
