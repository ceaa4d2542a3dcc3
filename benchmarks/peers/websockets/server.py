"""One room on the `websockets` package and asyncio: what one says, everyone gets."""

import asyncio
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

room: set[ServerConnection] = set()


async def talk(connection: ServerConnection) -> None:
    room.add(connection)
    try:
        with suppress(ConnectionClosed):
            async for text in connection:
                broadcast(room, text)
    finally:
        room.discard(connection)


async def main() -> None:
    async with serve(talk, "127.0.0.1", int(sys.argv[1]), compression=None) as server:
        await server.serve_forever()


asyncio.run(main())
