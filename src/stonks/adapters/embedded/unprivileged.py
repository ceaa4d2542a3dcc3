"""PostgreSQL refuses to run as root; this gives it somebody else to be."""

import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

USER = "pgserver"  # the name that the wheel of PostgreSQL uses too
NOBODY = "nobody"
USERADD = "/usr/sbin/useradd"
EVERYBODY = stat.S_IRGRP | stat.S_IROTH | stat.S_IXGRP | stat.S_IXOTH


def database_user() -> str | None:
    """Who PostgreSQL runs as; None for whoever we are."""
    if os.geteuid() != 0:
        return None
    if not _exists(USER):
        with suppress(OSError):  # a machine without useradd has nobody at least
            subprocess.run(  # noqa: S603 - our own words
                [USERADD, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER],
                capture_output=True,
                check=False,
            )
    return USER if _exists(USER) else NOBODY


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def give(folder: Path, user: str) -> None:
    """Let ``user`` own an empty or a former folder of its own, and reach it."""
    shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    _reachable(folder.parent)


def show_programs(programs: Path) -> None:
    """Let everybody run the programs of the wheel, which may lie in a private folder."""
    if not (programs / "postgres").stat().st_mode & stat.S_IXOTH:
        _open_up(programs.parent)
    _reachable(programs)


def _open_up(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | EVERYBODY)


def _reachable(folder: Path) -> None:
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)  # to pass through it, not to list it
