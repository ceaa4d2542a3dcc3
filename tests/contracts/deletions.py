"""What every store promises of people who leave for good, and of files that are nobody's."""

from dataclasses import asdict
from datetime import timedelta

from stonks.domain.identity.deletion import GRACE, SLACK, Deletion
from tests.contracts.identity import HOUR, NOW, IdentityStore, a_live_session


class LooseMediaContract:
    """``LooseMedia``. Subclasses give ``store``."""

    def test_what_is_due_is_claimed_and_what_is_not_stays(self, store: IdentityStore) -> None:
        with store.begin() as work:
            work.loose_media.add("avatars/late", NOW + HOUR)
            work.loose_media.add("avatars/first", NOW - HOUR)
            work.loose_media.add("avatars/second", NOW)
        claimed = []
        for _ in range(3):
            with store.begin() as work:
                name = work.loose_media.claim(NOW)
                claimed.append(name)
                if name is not None:
                    assert work.loose_media.take(name)
        assert claimed == ["avatars/first", "avatars/second", None]

    def test_what_is_taken_is_loose_no_more(self, store: IdentityStore) -> None:
        with store.begin() as work:
            work.loose_media.add("avatars/one", NOW)
        with store.begin() as work:
            assert work.loose_media.take("avatars/one")
            assert not work.loose_media.take("avatars/one")
            assert not work.loose_media.take("avatars/never")
            assert work.loose_media.claim(NOW) is None

    def test_added_again_it_waits_until_the_later_word(self, store: IdentityStore) -> None:
        with store.begin() as work:
            work.loose_media.add("avatars/one", NOW)
            work.loose_media.add("avatars/one", NOW + HOUR)
            assert work.loose_media.claim(NOW) is None
            assert work.loose_media.claim(NOW + HOUR) == "avatars/one"


class DeletionsContract:
    """``DeletionRepository``. Subclasses give ``store``."""

    def test_every_field_of_a_deletion_comes_back(self, store: IdentityStore) -> None:
        deletion = Deletion(store.profile().id, NOW, NOW + GRACE, NOW + 2 * GRACE)
        with store.begin() as work:
            work.deletions.put(deletion)
        with store.begin() as work:
            kept = work.deletions.of(deletion.profile_id)
            assert kept is not None
            assert asdict(kept) == asdict(deletion)

    def test_the_last_word_holds_and_can_be_called_off(self, store: IdentityStore) -> None:
        profile = store.profile()
        with store.begin() as work:
            work.deletions.put(Deletion.asked(profile.id, at=NOW))
            work.deletions.put(Deletion.asked(profile.id, at=NOW + HOUR))
        with store.begin() as work:
            kept = work.deletions.of(profile.id)
            assert kept is not None
            assert kept.asked_at == NOW + HOUR
            assert work.deletions.remove(profile.id)
            assert not work.deletions.remove(profile.id)
            assert work.deletions.of(profile.id) is None

    def test_only_those_are_due_whose_time_is_over(self, store: IdentityStore) -> None:
        people = [store.profile(name).id for name in ("ada", "bruno", "cleo", "dora")]
        late, early, done, open_ = people
        with store.begin() as work:
            work.deletions.put(Deletion(late, NOW, NOW + HOUR))
            work.deletions.put(Deletion(early, NOW, NOW))
            work.deletions.put(Deletion(done, NOW, NOW, NOW))
            work.deletions.put(Deletion(open_, NOW, NOW + 9 * HOUR))
        with store.begin() as work:
            due = [*work.deletions.due(NOW + HOUR + SLACK, 9)]
            assert due == [early, late]
            assert [*work.deletions.due(NOW + HOUR + SLACK, 1)] == [early]
            assert [*work.deletions.due(NOW + SLACK - timedelta(seconds=1), 9)] == []

    def test_erasing_takes_what_is_theirs_and_nobody_elses(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        for profile in (mara, bruno):
            with store.begin() as work:
                work.passwords.put(profile.id, "hash", NOW)
                work.sessions.add(a_live_session(profile.id))
                work.deletions.put(Deletion.asked(profile.id, at=NOW))
        with store.begin() as work:
            work.deletions.erase(mara.id)
        with store.begin() as work:
            assert work.profiles.lock(mara.id) == mara
            assert work.deletions.of(mara.id) is not None
            assert not work.sessions.end_all(mara.id, NOW)
            assert len(work.sessions.end_all(bruno.id, NOW)) == 1
        assert store.reads.credentials("mara") is None
        assert store.reads.credentials("bruno") is not None
