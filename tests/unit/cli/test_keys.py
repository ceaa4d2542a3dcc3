"""``stonks keys``."""

from pathlib import Path

from click.testing import CliRunner, Result

from stonks.adapters.sealing import read_key
from stonks.adapters.tokens import ed25519_key
from stonks.adapters.webpush import read_vapid_key
from stonks.entrypoints.cli.main import main


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments])


def test_a_key_that_signs_is_printed_and_nothing_else() -> None:
    assert ed25519_key(keys().output)
    assert keys().output != keys().output


def test_a_key_that_seals_is_printed_and_nothing_else() -> None:
    assert len(read_key(keys("sealing").output.strip())) == 32
    assert keys("sealing").output != keys("sealing").output


def test_a_key_for_web_push_is_printed_and_nothing_else() -> None:
    assert read_vapid_key(keys("vapid").output)
    assert keys("vapid").output != keys("vapid").output


def test_all_are_kept_in_files_and_never_replaced(tmp_path: Path) -> None:
    files = [tmp_path / "keys" / name for name in ("token.pem", "sealing", "vapid.pem")]
    options = ("--into", "--sealing-into", "--vapid-into")
    given = [f"{option}={file}" for option, file in zip(options, files, strict=True)]
    first = keys(*given)
    assert first.exit_code == 0
    held = [file.read_text() for file in files]
    assert ed25519_key(held[0])
    assert read_key(held[1].strip())
    assert read_vapid_key(held[2])
    assert keys(*given).exit_code == 0
    assert [file.read_text() for file in files] == held
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert not any(secret in first.output for secret in held)
