"""The ordinary way to store a message: its own transaction, on one of eight connections."""

import threading
import time
from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg2
from psycopg2.extras import Json

CONNECTIONS = 8

TABLES = """
DROP TABLE IF EXISTS bench_rooms, bench_entries;
CREATE TABLE bench_rooms (id uuid PRIMARY KEY, last_seq bigint NOT NULL DEFAULT 0);
CREATE TABLE bench_entries (
    room_id uuid, seq bigint, at timestamptz NOT NULL, kind text NOT NULL, actor_id uuid NOT NULL,
    actor_role smallint NOT NULL, nonce text, data jsonb NOT NULL, hidden text,
    PRIMARY KEY (room_id, seq)
);
CREATE INDEX ON bench_entries (room_id, actor_id, seq DESC);
CREATE UNIQUE INDEX ON bench_entries (room_id, actor_id, nonce) WHERE nonce IS NOT NULL;
"""
NEXT = "UPDATE bench_rooms SET last_seq = last_seq + 1 WHERE id = %s RETURNING last_seq"
STORE = "INSERT INTO bench_entries VALUES (%s, %s, now(), 'message', %s, 0, %s, %s, NULL)"


def one_transaction_each(database_url: str, rooms: int, seconds: float) -> float:
    """Messages a second that are committed one by one, in tables shaped as Stonks shapes them."""
    names = _make_rooms(database_url, rooms)
    until = time.monotonic() + seconds
    counts = [0] * CONNECTIONS
    writers = [
        threading.Thread(target=_write, args=(database_url, names, until, counts, place))
        for place in range(CONNECTIONS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(counts) / seconds


def _make_rooms(database_url: str, count: int) -> list[str]:
    names = [str(uuid4()) for _ in range(count)]
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.executemany("INSERT INTO bench_rooms (id) VALUES (%s)", [(name,) for name in names])
    connection.close()
    return names


def _write(
    database_url: str, rooms: Sequence[str], until: float, counts: list[int], place: int
) -> None:
    actor = str(UUID(int=place))
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        while time.monotonic() < until:
            counts[place] += 1
            room, nonce = rooms[(place + counts[place]) % len(rooms)], f"{place}-{counts[place]}"
            cursor.execute(NEXT, (room,))
            (seq,) = cursor.fetchone() or (0,)
            text = f"message {nonce} ".ljust(120, "x")
            cursor.execute(STORE, (room, seq, actor, nonce, Json({"text": text})))
            connection.commit()
    connection.close()
