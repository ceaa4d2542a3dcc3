"""One unit of work of notifications in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.notifications.deliveries import MemoryDeliveries
from stonks.adapters.memory.notifications.departing import Looking
from stonks.adapters.memory.notifications.fanouts import Audience, MemoryBatches, MemoryFanouts
from stonks.adapters.memory.notifications.groups import MemoryGroups
from stonks.adapters.memory.notifications.neighbours import MemoryNeighbours
from stonks.adapters.memory.notifications.notices import MemoryInboxes, MemoryNotices
from stonks.adapters.memory.notifications.retention import MemoryRetention
from stonks.adapters.memory.notifications.standings import MemoryStandings, Wishes
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.adapters.memory.outbox.tables import MemoryOutbox, OutboxTables


@dataclass(slots=True)
class MemoryNotificationsWork:
    """``NotificationsWork`` on tables in memory."""

    tables: NotificationTables
    outbox_tables: OutboxTables
    identity: IdentityTables
    channels: ChannelTables
    wishes: Wishes
    audience: Audience
    outbox: MemoryOutbox = field(init=False)
    notices: MemoryNotices = field(init=False)
    inboxes: MemoryInboxes = field(init=False)
    fanouts: MemoryFanouts = field(init=False)
    batches: MemoryBatches = field(init=False)
    groups: MemoryGroups = field(init=False)
    standings: MemoryStandings = field(init=False)
    deliveries: MemoryDeliveries = field(init=False)
    retention: MemoryRetention = field(init=False)
    neighbours: MemoryNeighbours = field(init=False)

    def __post_init__(self) -> None:
        looking = Looking(self.tables, self.identity, self.wishes, self.audience)
        self.outbox = MemoryOutbox(self.outbox_tables)
        self.notices = MemoryNotices(self.tables)
        self.inboxes = MemoryInboxes(self.tables)
        self.fanouts = MemoryFanouts(self.tables, self.audience)
        self.batches = MemoryBatches(self.tables)
        self.groups = MemoryGroups(self.tables)
        self.standings = MemoryStandings(self.tables, self.identity, self.wishes)
        self.deliveries = MemoryDeliveries(self.tables, self.identity, looking)
        self.retention = MemoryRetention(self.tables)
        self.neighbours = MemoryNeighbours(self.channels, self.identity)
