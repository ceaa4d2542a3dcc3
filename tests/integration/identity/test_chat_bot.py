"""The example of a chat bot, run as its page says."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import Person, call, open_channel, sign_up

BOT = Path(__file__).parents[3] / "examples" / "chat-bot" / "bot.py"
PATIENCE = 30  # seconds, for Python to start on a busy machine


def made_token(server: RunningServer, person: Person, *scopes: str) -> dict[str, str]:
    body = {"name": "Chat bot", "scopes": list(scopes)}
    made: dict[str, str] = call(
        server, "POST", "/profiles/me/tokens", person=person, json=body
    ).json()
    return made


@contextmanager
def bot(server: RunningServer, token: str, slug: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, str(BOT), server.ws_url, slug],
        env={**server.environ, "STONKS_TOKEN": token},
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_bot_answers_until_its_token_is_revoked(serve: Servers) -> None:
    server = serve()
    owner, guest = sign_up(server, "florist"), sign_up(server, "guest")
    room = open_channel(server, "botany", owner)
    made = made_token(server, owner, "chat:write")
    with (
        Client(server, "/ws/channels/botany", guest) as reader,
        bot(server, made["token"], "botany") as process,
    ):
        reader.until(PATIENCE, type="viewers", count=2)
        reader.ask(room, "!ping")
        answer = reader.until(PATIENCE, type="entry", data={"text": "pong"})
        assert answer["actor"]["username"] == "florist"
        call(server, "DELETE", f"/profiles/me/tokens/{made['id']}", person=owner)
        assert process.wait(PATIENCE) == 1
        assert process.stderr is not None
        assert b"this session is over" in process.stderr.read()


def test_revoking_a_token_closes_its_sockets_on_every_server_at_once(
    two_servers: tuple[RunningServer, RunningServer],
) -> None:
    here, there = two_servers
    owner = sign_up(here, "revoker")
    made = made_token(here, owner, "chat:write")
    program = Person("revoker", owner.id, made["token"], "")
    with (
        Client(here, person=program) as near,
        Client(there, person=program) as far,
        Client(here, person=owner) as own,
    ):
        call(here, "DELETE", f"/profiles/me/tokens/{made['id']}", person=owner)
        assert near.closed(AT_ONCE) == 4001
        assert far.closed(AT_ONCE) == 4001
        own.send(type="ping")
        own.until(type="pong")
    call(there, "GET", "/profiles/me", person=program, expected=(401,))
