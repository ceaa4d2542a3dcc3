"""From an empty server to a full bench."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import TypeVar

from stonks.entrypoints.client.api import Api, Refused, Unreachable
from stonks.entrypoints.client.login import Login
from stonks.entrypoints.client.seat import Seat
from stonks.entrypoints.demo import cast
from stonks.entrypoints.demo.arriving import arrive, open_channel
from stonks.entrypoints.demo.audience import Audience
from stonks.entrypoints.demo.broadcast import Broadcast
from stonks.entrypoints.demo.director import Director, Wait, programme
from stonks.entrypoints.demo.player import Player
from stonks.entrypoints.demo.script import scenes

Found = TypeVar("Found")
FEW = 10  # entries; a channel with fewer looks empty
BETWEEN_BREAKS = 30  # scenes; some ten minutes
AGAIN = 1.0  # seconds until a server that does not answer is asked again


def perform(api: Api, password: str, wait: Wait, random: Random) -> None:
    """Play until the process ends. Raises ``NotOurs`` where the names are taken."""
    logins = patiently(wait, lambda: _assemble(api, password))
    director = _direct(api, logins, wait, random)
    broadcast = Broadcast(api, logins[cast.HOST])
    broadcast.keep_live()
    director.prepare()
    if patiently(wait, lambda: _is_new(api)):
        director.play(scenes("conversations")[0], is_quick=True)
    for number, scene in enumerate(programme(random), start=1):
        broadcast.keep_live()
        director.play(scene)
        if number % BETWEEN_BREAKS == 0:
            take_a_break(director, broadcast)


def take_a_break(director: Director, broadcast: Broadcast) -> None:
    """The stream ends, and starts again soon."""
    before, meanwhile, after = scenes("breaks")
    director.play(before)
    broadcast.end()
    director.play(meanwhile)
    broadcast.keep_live()
    director.play(after)


def patiently(wait: Wait, ask: Callable[[], Found]) -> Found:
    """The answer of a server that may be starting, or stopping, or in a hurry."""
    while True:
        try:
            return ask()
        except Unreachable:
            wait(AGAIN)
        except Refused as refusal:
            if not refusal.may_pass:
                raise
            wait(AGAIN)


def _assemble(api: Api, password: str) -> dict[str, Login]:
    people = {**cast.CAST, **cast.GUESTS}
    logins = {name: arrive(api, name, full, password) for name, full in people.items()}
    open_channel(api, logins[cast.HOST])
    return logins


def _direct(api: Api, logins: dict[str, Login], wait: Wait, random: Random) -> Director:
    audience = Audience(cast.CAST, random)
    address = f"{api.sockets}/ws/channels/{cast.SLUG}"
    players = {name: Player(name, partial(Seat, address, logins[name])) for name in cast.CAST}
    players[cast.HOST].overhear = audience.hear
    return Director(players, audience, wait, random)


def _is_new(api: Api) -> bool:
    return len(api.get(f"/channels/{cast.SLUG}/messages?limit={FEW}")["items"]) < FEW
