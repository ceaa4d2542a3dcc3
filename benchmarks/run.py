"""Measure Stonks beside its peers and its limits, all in one run: ``make bench``.

Stonks runs as it is run for real, stores included, and stores what it sends; the others keep
nothing. The servers share one core, in turn; the load and the stores have the rest.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from rig.bench import FULL, QUICK, Bench
from rig.build import HERE, Missing
from rig.followers import FULL_CROWDS, QUICK_CROWDS, Followers
from rig.followers_report import FollowersReport
from rig.machine import raise_open_files
from rig.report import FOLLOWERS, ROOMS, WEBHOOKS, write
from rig.webhooks import FULL_AMOUNTS, QUICK_AMOUNTS, Webhooks
from rig.webhooks import PARTS as OF_WEBHOOKS
from rig.webhooks_report import WebhooksReport

DOCUMENT = HERE.parent / "docs" / "benchmarks.md"


def main() -> int:
    asked = _arguments()
    raise_open_files()
    for part in asked.parts or PARTS:
        name = "stonks-bench-"
        with tempfile.TemporaryDirectory(prefix=name, ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)  # PostgreSQL may run as another user
            try:
                report = PARTS[part](asked, Path(folder))
            except Missing as reason:
                sys.stderr.write(f"nothing can be measured here: {reason}\n")
                return 1
        sys.stdout.write(f"\n{report}\n")
        if asked.write:
            write(report, part, DOCUMENT)
    return 0


def _rooms(asked: argparse.Namespace, folder: Path) -> str:
    bench = Bench(QUICK if asked.quick else FULL, folder, asked.only, _say)
    return str(bench("benchmarks/run.py --quick" if asked.quick else "make bench"))


def _followers(asked: argparse.Namespace, folder: Path) -> str:
    followers = Followers(QUICK_CROWDS if asked.quick else FULL_CROWDS, folder, _say)
    quick = " --quick" if asked.quick else ""
    return str(FollowersReport(followers(f'make bench BENCH="followers{quick}"')))


def _webhooks(asked: argparse.Namespace, folder: Path) -> str:
    parts = tuple(part for part in OF_WEBHOOKS if re.search(asked.only, part, re.IGNORECASE))
    webhooks = Webhooks(QUICK_AMOUNTS if asked.quick else FULL_AMOUNTS, folder, _say, parts)
    quick = " --quick" if asked.quick else ""
    return str(WebhooksReport(webhooks(f'make bench BENCH="webhooks{quick}"')))


PARTS = {ROOMS: _rooms, FOLLOWERS: _followers, WEBHOOKS: _webhooks}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{' or '.join(PARTS)}; without one, all")
    parser.add_argument("--quick", action="store_true", help="a small round of everything")
    parser.add_argument("--write", action="store_true", help="put the tables into the document")
    parser.add_argument(
        "--only", default="", help="servers (or parts of webhooks) that match: `stonks|ws`"
    )
    asked = parser.parse_args()
    if unknown := {*asked.parts} - {*PARTS}:
        parser.error(f"there is no {', '.join(unknown)} to measure")
    return asked


def _say(line: str) -> None:
    sys.stderr.write(f"  {line}\n")


if __name__ == "__main__":
    sys.exit(main())
