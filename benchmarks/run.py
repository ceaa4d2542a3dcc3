"""Measure Stonks beside its peers and its limits, all in one run: ``make bench``.

Stonks runs as it is run for real, stores included, and stores what it sends; the others keep
nothing. The servers share one core, in turn; the load and the stores have the rest.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rig.bench import FULL, QUICK, Bench
from rig.build import HERE, Missing
from rig.machine import raise_open_files
from rig.report import write

DOCUMENT = HERE.parent / "docs" / "benchmarks.md"


def main() -> int:
    asked = _arguments()
    raise_open_files()
    with tempfile.TemporaryDirectory(prefix="stonks-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another user
        bench = Bench(QUICK if asked.quick else FULL, Path(folder), asked.only, _say)
        try:
            report = bench("benchmarks/run.py --quick" if asked.quick else "make bench")
        except Missing as reason:
            sys.stderr.write(f"nothing can be measured here: {reason}\n")
            return 1
    sys.stdout.write(f"\n{report}\n")
    if asked.write:
        write(report, DOCUMENT)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small round of everything")
    parser.add_argument("--write", action="store_true", help="put the tables into the document")
    parser.add_argument("--only", default="", help="servers whose names match, as `stonks|ws`")
    return parser.parse_args()


def _say(line: str) -> None:
    sys.stderr.write(f"  {line}\n")


if __name__ == "__main__":
    sys.exit(main())
