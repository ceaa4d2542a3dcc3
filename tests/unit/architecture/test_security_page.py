"""The page on security names tests that exist, and answers every kind of threat."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
PAGE = (TESTS.parent / "docs" / "security.md").read_text()
ROW = re.compile(r"^\| `([\w/]+\.py)::(test_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
NUMBERS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(, \d{1,2}\.\d{1,2}\.\d{1,2})*")
KINDS = {
    *("Authentication", "Second factors", "OAuth", "Sessions", "Personal access tokens"),
    *("Authorization", "Chat", "Sockets", "Uploads", "Webhooks and push endpoints"),
    "Abuse and privacy",
}


def test_every_test_that_is_named_exists() -> None:
    rows = ROW.findall(PAGE)
    assert len(rows) > 100
    missing = [
        f"{path}::{name}"
        for path, name, _, _ in rows
        if not (TESTS / path).exists() or f"def {name}(" not in (TESTS / path).read_text()
    ]
    assert missing == []


def test_every_row_says_what_it_answers() -> None:
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            assert ROW.match(line), line
    assert [row for row in ROW.findall(PAGE) if not NUMBERS.fullmatch(row[3])] == []


def test_every_kind_of_threat_has_its_tests() -> None:
    parts = re.split(r"^### (.+)$", PAGE, flags=re.MULTILINE)[1:]
    kinds = dict(zip(parts[::2], parts[1::2], strict=True))
    assert set(kinds) == KINDS
    assert [kind for kind, text in kinds.items() if not ROW.search(text)] == []
