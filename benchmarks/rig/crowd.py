"""People who follow somebody, put in by a statement a table: they are not what is measured."""

from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class

EVERY = 100
"""One follower in so many has a device."""

_PEOPLE = """
CREATE UNLOGGED TABLE bench_crowd AS
  SELECT n, uuidv7(make_interval(secs => (n - %(count)s) * 20)) AS id
    FROM generate_series(1, %(count)s) AS n;
INSERT INTO "Profile" (id, "fullName", username, email, active, "createdAt", "updatedAt")
  SELECT id, 'Fan ' || n, 'fan' || n, 'fan' || n || '@example.com', true, now(), now()
    FROM bench_crowd
"""
_FOLLOWS = """
INSERT INTO follows (followed_id, follower_id, bell, since)
SELECT %(host)s::uuid, id, 'all', now() - random() * interval '300 days'
  FROM bench_crowd WHERE n <= %(count)s ORDER BY random()
"""
_DEVICES = """
INSERT INTO sessions (id, profile_id, device, started_at, used_at, expires_at)
  SELECT uuidv7(), id, 'A browser', now(), now(), now() + interval '30 days'
    FROM bench_crowd WHERE n %% %(every)s = 0;
INSERT INTO push_subscriptions
  (id, profile_id, session_id, endpoint, p256dh, auth, device, created_at)
  SELECT uuidv7(), profile_id, id, %(endpoint)s || id, %(p256dh)s, %(auth)s, device, now()
    FROM sessions WHERE device = 'A browser'
"""
_INBOXES = "notifications, notification_batches, fanouts, notices, deliveries"
_OLD = """
INSERT INTO notifications (profile_id, notice_id, read_at)
SELECT id, notice_id, now()
  FROM bench_crowd, (SELECT uuidv7() AS notice_id FROM generate_series(1, %(each)s)) AS old
 ORDER BY id, notice_id
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is pushed to, and the keys that it tells."""

    endpoint: str
    p256dh: str
    auth: str


def gather(cursor: Cursor, count: int, browser: Browser) -> None:
    """Make so many people, of whom some have a device."""
    _untriggered(cursor, _PEOPLE, {"count": count})
    _untriggered(
        cursor,
        _DEVICES,
        {
            "every": EVERY,
            "endpoint": browser.endpoint,
            "p256dh": browser.p256dh,
            "auth": browser.auth,
        },
    )


def follow(cursor: Cursor, username: str, count: int) -> str:
    """Have the first of them follow somebody, in any order; whose id it is."""
    cursor.execute('SELECT id::text FROM "Profile" WHERE username = %s', (username,))
    (host,) = cursor.fetchone() or ("",)
    _untriggered(cursor, _FOLLOWS, {"host": host, "count": count})
    return str(host)


def settle(cursor: Cursor) -> None:
    """Let PostgreSQL do at once what it would do within a minute."""
    cursor.execute("VACUUM ANALYZE")
    cursor.execute("CHECKPOINT")


def empty(cursor: Cursor) -> None:
    """Every round starts alike."""
    cursor.execute(f"TRUNCATE {_INBOXES}")
    cursor.execute(f"VACUUM {_INBOXES}")
    cursor.execute("CHECKPOINT")


def fill(cursor: Cursor, each: int) -> None:
    """Give everybody so many old notifications."""
    cursor.execute(_OLD, {"each": each})
    settle(cursor)


def _untriggered(cursor: Cursor, statement: str, values: dict[str, object]) -> None:
    cursor.execute("SET session_replication_role = replica")
    cursor.execute(statement, values)
    cursor.execute("SET session_replication_role = origin")
