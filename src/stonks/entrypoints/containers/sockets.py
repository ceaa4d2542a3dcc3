"""Sockets: one hub a process."""

from dependency_injector import providers

from stonks.adapters.wire.announce import BusAnnouncer
from stonks.adapters.wire.session_signals import BusSessionSignals
from stonks.adapters.wire.telling import BusTell
from stonks.entrypoints.containers.chat import ChatContainer
from stonks.entrypoints.containers.identity import IdentityContainer
from stonks.entrypoints.containers.presence import PresenceContainer
from stonks.entrypoints.containers.telling import TellingContainer
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.sockets.deps import SocketDeps
from stonks.entrypoints.sockets.hub import Hub
from stonks.entrypoints.sockets.limits import SocketLimits


def _limits(settings: Settings) -> SocketLimits:
    return SocketLimits(
        connections=settings.max_connections,
        outbox_bytes=settings.outbox_kib * 1024,
        frames_per_second=50 * settings.limits_scale,
    )


def _hub(
    deps: SocketDeps,
    limits: SocketLimits,
    announce: BusAnnouncer,
    signals: BusSessionSignals,
    tell: BusTell,
) -> Hub:
    hub = Hub(deps, limits)
    announce.deliver_here = hub.deliver
    announce.heed_here = signals.heed_here = tell.heed_here = hub.heed
    return hub


class SocketsContainer(IdentityContainer, ChatContainer, PresenceContainer, TellingContainer):
    socket_hub = providers.Singleton(
        _hub,
        providers.Factory(
            SocketDeps,
            authenticate=IdentityContainer.authenticate,
            writer=ChatContainer.chat_writer,
            apply_command=ChatContainer.apply_chat_command,
            reads=ChatContainer.chat_reads,
            alive_sessions=IdentityContainer.alive_sessions,
            presence=PresenceContainer.presence,
            people_online=PresenceContainer.people_online,
            attended=PresenceContainer.attended,
            attendance=PresenceContainer.attendance,
            missed=TellingContainer.missed,
            bus=ChatContainer.bus,
            now=ChatContainer.now,
            new_id=ChatContainer.new_id,
        ),
        providers.Factory(_limits, ChatContainer.settings),
        ChatContainer.announce,
        IdentityContainer.session_signals,
        TellingContainer.tell,
    )
