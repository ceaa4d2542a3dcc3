"""What is sealed opens where it was sealed for, and nowhere else."""

import pytest

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.domain.errors import Unavailable

OLD, NEW = new_sealing_key(), new_sealing_key()
SECRET = b"a secret of any bytes \x00\xff"


def sealer(*keys: str) -> AesSealer:
    return AesSealer([read_key(key) for key in keys])


def refused(by: AesSealer, sealed: bytes, context: str) -> str:
    with pytest.raises(Unavailable) as refusal:
        by.open(sealed, context=context)
    return refusal.value.code


@pytest.mark.parametrize("secret", [SECRET, b"", b"\x00", b"x" * 100_000])
def test_what_was_sealed_comes_back(secret: bytes) -> None:
    sealed = sealer(OLD).seal(secret, context="totp:mara")
    assert not secret or secret == b"\x00" or secret not in sealed
    assert sealer(OLD).open(sealed, context="totp:mara") == secret


def test_sealed_at_rest_no_secret_reads_like_itself_or_twice_the_same() -> None:
    one, other = (sealer(OLD).seal(SECRET, context="totp:mara") for _ in range(2))
    assert SECRET not in one
    assert one[-40:] != other[-40:]


@pytest.mark.parametrize("context", ["totp:bruno", "", "totp:mara ", "other:mara"])
def test_a_row_copied_to_another_person_does_not_open(context: str) -> None:
    sealed = sealer(OLD).seal(SECRET, context="totp:mara")
    assert refused(sealer(OLD), sealed, context) == "sealing_key_missing"


def test_not_one_changed_byte_goes_unnoticed() -> None:
    sealed = sealer(OLD).seal(SECRET, context="totp:mara")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        refused(sealer(OLD), bytes(changed), "totp:mara")


@pytest.mark.parametrize("length", [0, 1, 8, 9, 20, 21, 36])
def test_a_piece_of_it_does_not_open(length: int) -> None:
    sealed = sealer(OLD).seal(SECRET, context="totp:mara")
    refused(sealer(OLD), sealed[:length], "totp:mara")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    before = sealer(OLD).seal(SECRET, context="totp:mara")
    rotated = sealer(NEW, OLD)
    assert rotated.open(before, context="totp:mara") == SECRET
    assert not rotated.is_current(before)
    after = rotated.seal(SECRET, context="totp:mara")
    assert rotated.is_current(after)
    assert sealer(NEW).open(after, context="totp:mara") == SECRET
    refused(sealer(NEW), before, "totp:mara")
    assert (sealer(NEW).knows(after), sealer(NEW).knows(before)) == (True, False)


def test_without_a_key_there_is_no_sealer() -> None:
    with pytest.raises(ValueError, match="no key"):
        AesSealer([])


@pytest.mark.parametrize("key", ["", "short", "A" * 42, "A" * 44, "A" * 42 + "!", "ä" * 43])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        read_key(key)


def test_a_sealer_shows_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    one = sealer(OLD)
    refused(one, b"\x01" + b"x" * 60, "totp:mara")
    assert OLD not in repr(one) + str(vars(one)) + "".join(capsys.readouterr())
