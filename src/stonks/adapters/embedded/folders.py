"""Folders that one server alone may enter."""

import os
import pwd
from pathlib import Path

from stonks.adapters.embedded import unprivileged
from stonks.adapters.embedded.process import StoreFailed


def private(folder: Path, user: str | None = None) -> Path:
    """A folder of ``user``, or of ours. Raises ``StoreFailed`` where somebody else made it."""
    folder.mkdir(parents=True, exist_ok=True)
    owners = {os.getuid(), pwd.getpwnam(user).pw_uid if user else os.getuid()}
    if folder.is_symlink() or folder.stat().st_uid not in owners:
        raise StoreFailed(f"{folder} belongs to somebody else")
    if user:
        unprivileged.give(folder, user)
    folder.chmod(0o700)
    return folder
