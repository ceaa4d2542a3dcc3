"""Codes of authenticator apps, held against RFC 6238 and another library."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from oathtool import generate_otp

from stonks.adapters.second_factors import PyotpCodes, qr_svg
from stonks.domain.identity.totp import code_digits, step_at

CODES = PyotpCodes("stonks.example")
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [  # the last six digits of eight
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
NOW = datetime(2026, 3, 4, 5, 6, 15, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert CODES.step_of(RFC_SECRET, code, at) == seconds // 30 == step_at(at)


@pytest.mark.parametrize("turn", range(20))
def test_codes_are_those_of_another_library(turn: int) -> None:
    secret, at = CODES.new_secret(), NOW + turn * timedelta(days=17, seconds=13)
    code = generate_otp(secret, hotp_value=step_at(at))
    assert CODES.step_of(secret, code, at) == step_at(at)


@pytest.mark.parametrize(("apart", "is_taken"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_clock_may_be_one_step_wrong_and_no_more(apart: int, is_taken: bool) -> None:
    code = generate_otp(RFC_SECRET, hotp_value=step_at(NOW) + apart)
    expected = step_at(NOW) + apart if is_taken else None
    assert CODES.step_of(RFC_SECRET, code, NOW) == expected


def test_one_second_after_its_neighbour_ended_a_code_is_too_old() -> None:
    begins = datetime.fromtimestamp(step_at(NOW) * 30, UTC)
    code = generate_otp(RFC_SECRET, hotp_value=step_at(NOW))
    last = begins + 2 * STEP - timedelta(microseconds=1)
    assert CODES.step_of(RFC_SECRET, code, last) is not None
    assert CODES.step_of(RFC_SECRET, code, begins + 2 * STEP) is None


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("123456", "123456"),
        (" 123 456\n", "123456"),
        ("123-456", "123456"),
        ("000000", "000000"),
        ("12345", None),
        ("1234567", None),
        ("١٢٣٤٥٦", None),
        ("１２３４５６", None),
        ("12345a", None),
        ("", None),
        ("\x00" * 6, None),
        ("1" * 100_000, None),
    ],
)
def test_six_digits_are_read_however_they_are_spaced(typed: str, digits: str | None) -> None:
    assert code_digits(typed) == digits


def test_secrets_have_160_bits_and_none_is_like_another() -> None:
    secrets = {CODES.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}


def test_the_address_says_all_that_an_app_must_know() -> None:
    parts = urlsplit(CODES.uri(RFC_SECRET, "mara"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/stonks.example:mara"
    told = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert told.pop("secret") == RFC_SECRET
    assert told.pop("issuer") == "stonks.example"
    defaults = {"algorithm": "SHA1", "digits": "6", "period": "30"}
    assert told.items() <= defaults.items()


def test_a_qr_code_is_a_picture_with_a_title_and_nothing_that_runs() -> None:
    svg = qr_svg(CODES.uri(RFC_SECRET, "mara"), title="Scan <this> & go")
    assert svg.startswith("<svg xmlns=")
    assert 'role="img"' in svg
    assert "<title>Scan &lt;this&gt; &amp; go</title>" in svg
    for bad in ("<script", "style=", "href", "onload", "<!ENTITY"):
        assert bad not in svg
