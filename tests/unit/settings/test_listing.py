"""People see what holds and where it comes from, and never a secret."""

from pathlib import Path

from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import listing
from stonks.entrypoints.settings.variables import Variables

DOCS = Path(__file__).parents[3] / "docs" / "settings.md"


def test_the_page_is_current() -> None:
    assert DOCS.read_text() == listing.markdown(), "run: stonks settings --markdown"


def test_sources_are_told() -> None:
    given = Variables({"STONKS_PORT": "9000"}, {"STONKS_HOST": "::1"})
    lines = list(listing.lines(given))
    assert "STONKS_PORT=9000  (environment)" in lines
    assert "STONKS_HOST=::1  (.env)" in lines
    assert "STONKS_TOKENS=jwt  (default)" in lines


def test_secrets_stay_hidden(tmp_path: Path) -> None:
    key = new_private_key()
    (tmp_path / "metrics").write_text("a-metrics-token-of-some-length")
    given = Variables(
        {
            "STONKS_DATABASE_URL": "postgresql://stonks:hunter2@db/stonks",
            "STONKS_REDIS_URL": "redis://:hunter2@redis/0",
            "STONKS_TOKEN_PRIVATE_KEY": key,
            "STONKS_METRICS_TOKEN_FILE": str(tmp_path / "metrics"),
        },
        {},
    )
    told = "\n".join(listing.lines(given))
    assert "hunter2" not in told
    assert key.splitlines()[1] not in told
    assert "a-metrics-token" not in told
    assert "postgresql://stonks:***@db/stonks" in told


def test_misspelt_variables_are_found() -> None:
    given = Variables({"STONKS_PROT": "1", "STONKS_PORT": "1", "STONKS_PORT_FILE": "x"}, {})
    assert listing.unknown(given) == ["STONKS_PROT"]
