"""``stonks keys``."""

from pathlib import Path

from click.testing import CliRunner, Result

from stonks.adapters.sealing import read_key
from stonks.adapters.tokens import ed25519_key
from stonks.entrypoints.cli.main import main


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments])


def test_a_key_that_signs_is_printed_and_nothing_else() -> None:
    assert ed25519_key(keys().output)
    assert keys().output != keys().output


def test_a_key_that_seals_is_printed_and_nothing_else() -> None:
    assert len(read_key(keys("sealing").output.strip())) == 32
    assert keys("sealing").output != keys("sealing").output


def test_both_are_kept_in_files_and_never_replaced(tmp_path: Path) -> None:
    signing, sealing = tmp_path / "keys" / "token.pem", tmp_path / "keys" / "sealing"
    given = ("--into", str(signing), "--sealing-into", str(sealing))
    first = keys(*given)
    assert first.exit_code == 0
    held = signing.read_text(), sealing.read_text()
    assert ed25519_key(held[0])
    assert read_key(held[1].strip())
    assert keys(*given).exit_code == 0
    assert (signing.read_text(), sealing.read_text()) == held
    assert [path.stat().st_mode & 0o777 for path in (signing, sealing)] == [0o600, 0o600]
    assert not any(secret in first.output for secret in held)
