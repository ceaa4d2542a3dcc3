"""The embedded PostgreSQL: the wheel's server on a socket in ``var``, as durable as any other."""

import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg2

from stonks.adapters.embedded import places, unprivileged
from stonks.adapters.embedded.folders import private
from stonks.adapters.embedded.process import Running, StoreFailed, group_of, run
from stonks.adapters.embedded.programs import VERSION, programs

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """PostgreSQL with its data under ``var``; ``options`` go to the server as they are."""

    var: Path
    options: Mapping[str, str] = field(default_factory=lambda: DURABLE)

    def start(self) -> Running:
        """Make the cluster where there is none, start it and wait for it.

        Raises ``StoreFailed``.
        """
        user = unprivileged.database_user()
        if user:
            unprivileged.show_programs(programs())
        self._make_cluster(user)
        end_leftover(self._data)
        running = run(
            "PostgreSQL", self._command(user), log=self._log, stop_signal=signal.SIGINT, user=user
        )
        try:
            running.wait_until(self._answers, seconds=60)
            self._make_database()
        except BaseException:
            running.stop()
            raise
        return running

    @property
    def _data(self) -> Path:
        return places.postgres_data(self.var)

    @property
    def _log(self) -> Path:
        return places.logs(self.var) / "postgres.log"

    def _make_cluster(self, user: str | None) -> None:
        if self._data.exists():
            check_version(self._data)
        else:
            self._make_new(user)

    def _make_new(self, user: str | None) -> None:
        unfinished = self._data.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        private(unfinished, user)
        _initdb(unfinished, user)
        unfinished.rename(self._data)  # there is a whole cluster or none, whatever dies

    def _command(self, user: str | None) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(private(places.sockets(self.var, "postgres"), user)),
            "unix_socket_permissions": "0700",
            **self.options,
        }
        return [programs() / "postgres", "-D", self._data, *_flags(settings)]

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f'CREATE DATABASE "{places.DATABASE}"')
        finally:
            connection.close()

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(
            host=str(places.sockets(self.var, "postgres")),
            user=places.SUPERUSER,
            dbname=database,
            connect_timeout=5,
        )


def check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != VERSION:
        raise StoreFailed(
            f"{data} was made by PostgreSQL {version} and this is {VERSION}:"
            " dump it with the old one, or move it away"
        )


def end_leftover(data: Path) -> None:
    """End a server that outlived its Stonks, or forget one that is long gone."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n")[0]))
        if process.name() != "postgres" or str(data) not in process.cmdline():
            raise psutil.NoSuchProcess(process.pid)  # another process has its number now
        process.send_signal(signal.SIGINT)
        process.wait(15)
    except (psutil.NoSuchProcess, ValueError):
        pid_file.unlink(missing_ok=True)
    except psutil.TimeoutExpired as error:
        raise StoreFailed(f"a PostgreSQL already runs on {data} and does not stop") from error


def _initdb(folder: Path, user: str | None) -> None:
    made = subprocess.run(  # noqa: S603 - our own words
        [
            programs() / "initdb",
            "--pgdata",
            folder,
            "--username",
            places.SUPERUSER,
            "--auth=trust",  # whoever may open the socket's folder
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",  # the same on every machine
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ],
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=user and group_of(user),
        extra_groups=[] if user else None,
    )
    if made.returncode:
        raise StoreFailed(f"PostgreSQL could not make {folder}: {made.stderr.strip()}")


def _flags(settings: Mapping[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
