"""The store of following on PostgreSQL, and what it answers to its neighbours."""

from collections.abc import Sequence

import pytest
from redis import Redis
from sqlalchemy import select

from stonks.adapters.limits import LimitedPace, memory_windows, redis_windows
from stonks.adapters.outbox.writing import read
from stonks.adapters.postgres.tables.outbox import outbox
from stonks.adapters.postgres.tables.social import follows
from stonks.application.outbox.ports import Envelope
from stonks.domain.ids import ProfileId
from tests.contracts.follows import FollowCountsContract, FollowsContract
from tests.contracts.paces import MakePace, PacesContract
from tests.contracts.social import SocialStoreContract
from tests.contracts.town import Town


class TestSocialOnPostgres(SocialStoreContract):
    def kept(self, town: Town) -> set[tuple[ProfileId, ProfileId]]:
        with town.container.engine().connect() as connection:
            rows = connection.execute(select(follows.c.follower_id, follows.c.followed_id))
            return {(ProfileId(follower), ProfileId(followed)) for follower, followed in rows}

    def published(self, town: Town) -> Sequence[object]:
        columns = outbox.c.id, outbox.c.kind, outbox.c.at, outbox.c.data
        with town.container.engine().connect() as connection:
            rows = connection.execute(select(*columns).order_by(outbox.c.id))
            return [read(Envelope(*row)) for row in rows]


class TestFollowsOnPostgres(FollowsContract):
    pass


class TestFollowCountsOnPostgres(FollowCountsContract):
    pass


class TestPacesOnRedis(PacesContract):
    @pytest.fixture
    def make_pace(self, redis_url: str) -> MakePace:
        redis = Redis.from_url(redis_url)
        redis.flushdb()
        return lambda paced, scale: LimitedPace(
            redis_windows(redis), memory_windows(), paced, scale
        )
