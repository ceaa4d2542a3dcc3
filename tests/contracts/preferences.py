"""What every store of preferences promises, and what people do with theirs."""

from contextlib import suppress
from dataclasses import dataclass

import pytest

from stonks.adapters.clock import new_id
from stonks.application.notifications.change_preferences import ChangePreferences
from stonks.application.notifications.preferences import PreferencesWork, Subscription
from stonks.application.notifications.read_preferences import ReadPreferences
from stonks.application.ports import Begin
from stonks.domain.errors import Invalid
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.preferences import is_wanted_by_default
from stonks.entrypoints.container import Container

STREAM, FOLLOWER, WEBHOOK = NoticeKind
WAYS = ("inApp", "push", "email", "pigeon")


def unsubscribe_token(container: Container, profile_id: ProfileId) -> str:
    """What stands in a letter to this person."""
    return container.unsubscribe_tokens().token(Subscription(profile_id, STREAM, "email"))


@dataclass(frozen=True, slots=True)
class PreferenceStore:
    """Where preferences are kept, and two people who are there."""

    begin: Begin[PreferencesWork]
    mara: ProfileId
    bruno: ProfileId

    @property
    def read(self) -> ReadPreferences:
        return ReadPreferences(self.begin, WAYS)

    @property
    def change(self) -> ChangePreferences:
        return ChangePreferences(self.begin, WAYS)


class PreferencesContract:
    """Inherited with a fixture ``preference_store``."""

    def test_what_somebody_said_is_read_again(self, preference_store: PreferenceStore) -> None:
        said = {(kind, way): False for kind in NoticeKind for way in WAYS} | {
            (FOLLOWER, "email"): True
        }
        with preference_store.begin() as work:
            work.preferences.put(preference_store.mara, said)
        with preference_store.begin() as work:
            assert work.preferences.of(preference_store.mara) == said
            assert work.preferences.of(preference_store.bruno) == {}

    def test_what_is_said_again_replaces_and_all_else_stays(
        self, preference_store: PreferenceStore
    ) -> None:
        mara = preference_store.mara
        with preference_store.begin() as work:
            work.preferences.put(mara, {(STREAM, "email"): False, (STREAM, "push"): False})
            work.preferences.put(mara, {(STREAM, "email"): True})
        with preference_store.begin() as work:
            said = work.preferences.of(mara)
        assert said == {(STREAM, "email"): True, (STREAM, "push"): False}

    def test_who_rolls_back_said_nothing(self, preference_store: PreferenceStore) -> None:
        with suppress(ZeroDivisionError), preference_store.begin() as work:
            work.preferences.put(preference_store.mara, {(STREAM, "email"): False})
            raise ZeroDivisionError
        with preference_store.begin() as work:
            assert work.preferences.of(preference_store.mara) == {}

    def test_who_said_nothing_has_what_holds_for_everybody(
        self, preference_store: PreferenceStore
    ) -> None:
        holding = preference_store.read(actor=preference_store.mara)
        assert holding == {
            kind: {way: is_wanted_by_default(kind, way) for way in WAYS} for kind in NoticeKind
        }
        assert holding[FOLLOWER] == {"inApp": True, "push": True, "email": False, "pigeon": False}
        assert all(holding[STREAM].values())
        assert all(holding[WEBHOOK].values())

    def test_a_change_leaves_what_it_does_not_name(self, preference_store: PreferenceStore) -> None:
        mara = preference_store.mara
        preference_store.change(actor=mara, change={"new_follower": {"pigeon": True}})
        holding = preference_store.change(actor=mara, change={"stream_started": {"email": False}})
        assert holding == preference_store.read(actor=mara)
        assert holding[STREAM] == {"inApp": True, "push": True, "email": False, "pigeon": True}
        assert holding[FOLLOWER] == {"inApp": True, "push": True, "email": False, "pigeon": True}
        assert preference_store.change(actor=mara, change={}) == holding

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"earthquake": {"email": False}}, "earthquake"),
            ({"new_follower": {"email": True, "smoke": True}}, "new_follower.smoke"),
            ({"new_follower": {"email": True}, "webhook_disabled": {"\0": True}}, None),
        ],
    )
    def test_what_there_is_not_is_refused_and_changes_nothing(
        self,
        preference_store: PreferenceStore,
        change: dict[str, dict[str, bool]],
        field: str | None,
    ) -> None:
        before = preference_store.read(actor=preference_store.mara)
        with pytest.raises(Invalid) as refusal:
            preference_store.change(actor=preference_store.mara, change=change)
        assert refusal.value.code == "unknown_preference"
        assert list(refusal.value.errors) == [field or "webhook_disabled.\0"]
        assert preference_store.read(actor=preference_store.mara) == before

    def test_who_is_no_more_is_no_reason_to_fail(self, preference_store: PreferenceStore) -> None:
        with preference_store.begin() as work:
            work.preferences.put(somebody(), {(STREAM, "email"): False})


def somebody() -> ProfileId:
    return ProfileId(new_id())
