"""One unit of work of notifications on PostgreSQL."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from stonks.adapters.postgres.notifications.deliveries import PostgresDeliveries
from stonks.adapters.postgres.notifications.fanouts import PostgresBatches, PostgresFanouts
from stonks.adapters.postgres.notifications.groups import PostgresGroups
from stonks.adapters.postgres.notifications.neighbours import PostgresNeighbours
from stonks.adapters.postgres.notifications.notices import PostgresInboxes, PostgresNotices
from stonks.adapters.postgres.notifications.retention import PostgresRetention
from stonks.adapters.postgres.notifications.standings import PostgresStandings
from stonks.adapters.postgres.outbox.outbox import PostgresOutbox


@dataclass(slots=True)
class PostgresNotificationsWork:
    """``NotificationsWork`` in one transaction."""

    connection: Connection
    outbox: PostgresOutbox = field(init=False)
    notices: PostgresNotices = field(init=False)
    inboxes: PostgresInboxes = field(init=False)
    fanouts: PostgresFanouts = field(init=False)
    batches: PostgresBatches = field(init=False)
    groups: PostgresGroups = field(init=False)
    standings: PostgresStandings = field(init=False)
    deliveries: PostgresDeliveries = field(init=False)
    retention: PostgresRetention = field(init=False)
    neighbours: PostgresNeighbours = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = PostgresOutbox(self.connection)
        self.notices = PostgresNotices(self.connection)
        self.inboxes = PostgresInboxes(self.connection)
        self.fanouts = PostgresFanouts(self.connection)
        self.batches = PostgresBatches(self.connection)
        self.groups = PostgresGroups(self.connection)
        self.standings = PostgresStandings(self.connection)
        self.deliveries = PostgresDeliveries(self.connection)
        self.retention = PostgresRetention(self.connection)
        self.neighbours = PostgresNeighbours(self.connection)
