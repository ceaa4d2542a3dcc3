"""The store of following in memory, and what it answers to its neighbours."""

from collections.abc import Sequence

from stonks.adapters.outbox.writing import read
from stonks.domain.ids import ProfileId
from tests.contracts.follows import FollowCountsContract, FollowsContract
from tests.contracts.social import SocialStoreContract
from tests.contracts.town import Town


class TestSocialInMemory(SocialStoreContract):
    def kept(self, town: Town) -> set[tuple[ProfileId, ProfileId]]:
        rows = town.container.social_tables().follows.where(lambda _: True)
        return {(row.follower_id, row.followed_id) for row in rows}

    def published(self, town: Town) -> Sequence[object]:
        return [*map(read, town.container.outbox_tables().events.items.where(lambda _: True))]


class TestFollowsInMemory(FollowsContract):
    pass


class TestFollowCountsInMemory(FollowCountsContract):
    pass
