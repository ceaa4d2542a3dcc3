"""A chat bot, which answers "!ping" and "!time" in one channel until its token ends.

STONKS_TOKEN=stonks_pat_… python bot.py ws://localhost:8000 night-trades
"""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

ANSWERS = {"!ping": lambda: "pong", "!time": lambda: f"{datetime.now(UTC):%H:%M} UTC"}
OVER = {"token_invalid", "session_ended"}


async def follow(socket: ClientConnection) -> None:
    await socket.send(json.dumps({"type": "authenticate", "token": os.environ["STONKS_TOKEN"]}))
    async for message in socket:
        frame = json.loads(message)
        if frame["type"] == "error" and frame["code"] in OVER:
            sys.exit(frame["detail"])
        elif frame["type"] == "entry" and frame["data"].get("text") in ANSWERS:
            answer, nonce = ANSWERS[frame["data"]["text"]](), f"answer-{frame['seq']}"
            said = {"type": "send", "room": frame["room"], "text": answer, "nonce": nonce}
            await socket.send(json.dumps(said))


async def main(server: str, slug: str) -> None:
    async for socket in connect(f"{server}/ws/channels/{slug}"):  # again, when it is cut off
        try:
            await follow(socket)
        except ConnectionClosed:
            continue


asyncio.run(main(*sys.argv[1:]))
