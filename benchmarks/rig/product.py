"""Stonks as it is run for real: one web process, PostgreSQL, Valkey, people who signed up."""

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rig.load import Dialect
from rig.machine import SERVER
from rig.people import ask, room_of, sign_up, wait_until_ready
from rig.processes import Failed, Program, Tree, free_port
from rig.servers import STONKS
from rig.stores import Stores

PEOPLE = 8
STONKS_COMMAND = (str(Path(sys.executable).with_name("stonks")),)

DIALECT = Dialect(
    path="/ws/channels/{slug}",
    receiver=('wait:"type":"subscribed"',),
    sender=(
        'wait:"type":"subscribed"',
        'say:{"type":"authenticate","token":"{token}"}',
        'wait:"type":"authenticated"',
    ),
    message='{"type":"send","room":"{room}","text":"{text}","nonce":"{nonce}"}',
    ack='"type":"ack"',
    refusal='"type":"error"',
)


@dataclass(frozen=True, slots=True)
class Product:
    """A running Stonks and the people who will write in it."""

    program: Program
    folder: Path
    tokens: Sequence[str]
    dialect: Dialect
    environ: Mapping[str, str]
    name: str = STONKS

    @property
    def port(self) -> int:
        return self.program.port

    @property
    def tree(self) -> Tree:
        return self.program.tree

    def stop(self) -> None:
        self.program.stop()

    @property
    def page(self) -> str:
        """Something that people read over HTTP: the channel that is under load."""
        lines = self.dialect.rooms.read_text() if self.dialect.rooms else ""
        return f"/api/v1/channels/{lines.split()[0]}"

    def rooms(self, count: int) -> Dialect:
        """How to talk in ``count`` new rooms: connections take them in turn."""
        lines = [self._open_channel() for _ in range(count)]
        path = self.folder / f"rooms-{secrets.token_hex(4)}"
        path.write_text("".join(f"{slug} {room}\n" for slug, room in lines))
        return replace(self.dialect, rooms=path)

    def channel_of(self, person: int) -> str:
        """The slug of a new channel of one of those who signed up."""
        slug = f"bench-{secrets.token_hex(5)}"
        body = {"slug": slug, "title": "A room that is measured"}
        ask(self.port, "/api/v1/channels", body, token=self.tokens[person])
        return slug

    def _open_channel(self) -> tuple[str, str]:
        slug = self.channel_of(0)
        return slug, room_of(self.port, slug)


def start_product(folder: Path, behind: Stores, also: Mapping[str, str] | None = None) -> Product:
    """Migrate, serve, and sign people up, over HTTP as anybody would; ``also`` are variables."""
    port = free_port()
    environ = _environ(folder, behind, port) | dict(also or {})
    _migrate(environ)
    command = (*STONKS_COMMAND, "serve")
    program = Program.start(
        command, port=port, cores=SERVER, log=folder / "stonks.log", environ=environ, cwd=folder
    )
    try:
        wait_until_ready(port)
        tokens = [sign_up(port, number) for number in range(PEOPLE)]
        path = folder / "tokens"
        path.write_text("".join(f"{token}\n" for token in tokens))
        product = Product(program, folder, tokens, replace(DIALECT, tokens=path), environ)
        return replace(product, dialect=product.rooms(1))
    except BaseException as error:
        program.stop()
        error.add_note(program.log.read_text()[-2000:])
        raise


def _environ(folder: Path, behind: Stores, port: int) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("STONKS_")
    }
    key = Ed25519PrivateKey.generate()
    return inherited | {
        "STONKS_DATABASE_URL": behind.database_url,
        "STONKS_REDIS_URL": behind.redis_url,
        "STONKS_VAR": str(behind.var),
        "STONKS_PORT": str(port),
        "STONKS_WEB_WORKERS": "1",
        "STONKS_LIMITS_SCALE": "1000000",
        "STONKS_ACCESS_TOKEN_SECONDS": "7200",
        "STONKS_LOG_LEVEL": "warning",
        "STONKS_MAIL_URL": "memory:",
        "STONKS_SEALING_KEYS": secrets.token_urlsafe(32),
        "STONKS_VAPID_PRIVATE_KEY": secrets.token_urlsafe(32),
        "STONKS_TOKEN_PRIVATE_KEY": key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode(),
    }


def _migrate(environ: Mapping[str, str]) -> None:
    command = (*STONKS_COMMAND, "migrate")
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"stonks migrate: {(done.stderr or done.stdout)[-1000:]}")
