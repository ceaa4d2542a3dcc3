"""Following, wired."""

from dependency_injector import providers

from stonks.adapters.limits import FOLLOWING, LimitedPace
from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.outbox.tables import MemoryPublish
from stonks.adapters.memory.social.reads import MemoryFollowReads
from stonks.adapters.memory.social.work import (
    MemoryFollowStore,
    MemoryPeopleToFollow,
    MemorySocialWork,
)
from stonks.adapters.postgres.social.reads import PostgresFollowReads
from stonks.adapters.postgres.social.work import PostgresSocialWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.social.follow_profile import FollowProfile
from stonks.application.social.reads import ListFollowers, ListFollowing
from stonks.application.social.unfollow_profile import UnfollowProfile
from stonks.entrypoints.containers.identity import IdentityContainer


class SocialContainer(IdentityContainer):
    begin_social = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(
            MemoryBegin,
            IdentityContainer.database,
            providers.Factory(
                MemorySocialWork,
                providers.Factory(MemoryFollowStore, IdentityContainer.social_tables),
                providers.Factory(MemoryPeopleToFollow, IdentityContainer.identity_tables),
                providers.Factory(MemoryPublish, IdentityContainer.outbox_tables),
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin, IdentityContainer.engine, providers.Object(PostgresSocialWork.on)
        ),
    )
    follow_reads = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(
            MemoryFollowReads, IdentityContainer.social_tables, IdentityContainer.identity_tables
        ),
        postgres=providers.Singleton(PostgresFollowReads, IdentityContainer.reads_connection),
    )
    follow_pace = providers.Singleton(
        LimitedPace,
        IdentityContainer.windows,
        IdentityContainer.windows_alone,
        providers.Object(FOLLOWING),
        IdentityContainer.settings.provided.limits_scale,
    )

    follow_profile = providers.Singleton(
        FollowProfile, begin_social, follow_pace, IdentityContainer.now
    )
    unfollow_profile = providers.Singleton(UnfollowProfile, begin_social)
    list_followers = providers.Singleton(ListFollowers, follow_reads)
    list_following = providers.Singleton(ListFollowing, follow_reads)
