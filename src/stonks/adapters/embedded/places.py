"""Where the embedded stores keep things, worked out from ``var`` alone, so that any process knows.

Sockets are files that only this user may open; no port is taken.
"""

import os
from hashlib import blake2s
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import quote

from sqlalchemy import URL

LONGEST = 80  # Linux takes 107 bytes for a socket's path, macOS 103; `/.s.PGSQL.5432.lock` is 19
DATABASE = "stonks"
SUPERUSER = "postgres"


def postgres_data(var: Path) -> Path:
    return var / "postgres"


def valkey_data(var: Path) -> Path:
    return var / "valkey"


def logs(var: Path) -> Path:
    return var / "log"


def key_file(var: Path) -> Path:
    return var / "secrets" / "token_private_key.pem"


def sealing_keys_file(var: Path) -> Path:
    return var / "secrets" / "sealing_keys"


def vapid_key_file(var: Path) -> Path:
    return var / "secrets" / "vapid_private_key.pem"


def sockets(var: Path, store: str) -> Path:
    """The folder of a store's socket: in ``var``, or a temporary one where that is too long."""
    home = var / "run" / store
    if len(os.fsencode(home)) <= LONGEST and "," not in str(home):
        return home
    name = blake2s(os.fsencode(var), digest_size=8).hexdigest()
    return Path(gettempdir()) / f"stonks-{os.getuid()}-{name}-{store}"


def valkey_socket(var: Path) -> Path:
    return sockets(var, "valkey") / "valkey.sock"


def database_url(var: Path, database: str = DATABASE) -> str:
    return URL.create(
        "postgresql+psycopg2",
        username=SUPERUSER,
        database=database,
        query={"host": str(sockets(var, "postgres"))},
    ).render_as_string(hide_password=False)


def redis_url(var: Path) -> str:
    return f"unix://{quote(str(valkey_socket(var)))}"


def stored_key(var: Path) -> str:
    """The signing key that was generated here; empty where there is none."""
    return _text(key_file(var))


def stored_sealing_keys(var: Path) -> str:
    """The sealing keys that were generated here; empty where there are none."""
    return _text(sealing_keys_file(var))


def stored_vapid_key(var: Path) -> str:
    """The key by which pushes are signed that was generated here; empty where there is none."""
    return _text(vapid_key_file(var))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
