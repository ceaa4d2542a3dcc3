"""Signatures are those of Standard Webhooks 1.0."""

import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from stonks.adapters.webhooks.signing import StandardSign, new_secret, written_secret
from stonks.application.webhooks.ports import NewSecret, Sign

BODY = '{"text":"Zürich 🎈 \\u0000"}'.encode()
ID = "evt_0198c0ffee_12"

sign: Sign = StandardSign()


def by_hand(secret: bytes, id_: str, seconds: int, body: bytes) -> str:
    """What the specification says, in other words than the library's."""
    signed = b"%b.%d.%b" % (id_.encode(), seconds, body)
    return "v1," + b64encode(hmac.digest(secret, signed, "sha256")).decode()


def headers(at: datetime, signature: str) -> dict[str, str]:
    seconds = str(int(at.timestamp()))
    return {"webhook-id": ID, "webhook-timestamp": seconds, "webhook-signature": signature}


def test_the_signature_of_the_specifications_own_example() -> None:
    secret = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    signature = sign([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("microseconds", [0, 1, 999_999])
def test_a_signature_is_an_hmac_of_id_time_and_body(microseconds: int) -> None:
    secret = new_secret()
    at = datetime(2026, 1, 5, 20, 16, 4, microseconds, tzinfo=UTC)
    assert sign([secret], ID, at, BODY) == by_hand(secret, ID, int(at.timestamp()), BODY)


def test_the_same_moment_elsewhere_has_the_same_signature() -> None:
    secret, at = new_secret(), datetime(2026, 1, 5, 20, 16, 4, tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=-7)))
    assert sign([secret], ID, elsewhere, BODY) == sign([secret], ID, at, BODY)


def test_the_library_of_receivers_takes_it() -> None:
    secret, at = new_secret(), datetime.now(UTC)
    given = headers(at, sign([secret], ID, at, BODY))
    assert Webhook(written_secret(secret)).verify(BODY, given)["text"].startswith("Zürich")
    for forged in (BODY + b" ", BODY.replace(b"text", b"test")):
        with pytest.raises(WebhookVerificationError):
            Webhook(written_secret(secret)).verify(forged, given)
    with pytest.raises(WebhookVerificationError):
        Webhook(written_secret(new_secret())).verify(BODY, given)
    with pytest.raises(WebhookVerificationError):
        Webhook(written_secret(secret)).verify(BODY, given | {"webhook-id": ID + "3"})


def test_each_of_several_secrets_signs_in_their_order() -> None:
    secrets, at = [new_secret(), new_secret()], datetime.now(UTC)
    signature = sign(secrets, ID, at, BODY)
    seconds = int(at.timestamp())
    assert signature.split(" ") == [by_hand(secret, ID, seconds, BODY) for secret in secrets]
    for secret in secrets:
        assert Webhook(written_secret(secret)).verify(BODY, headers(at, signature))


def test_a_secret_is_32_random_bytes() -> None:
    make: NewSecret = new_secret
    secrets = [make() for _ in range(100)]
    assert {len(secret) for secret in secrets} == {32}
    assert len(set(secrets)) == 100


def test_a_secret_is_written_as_base64_after_a_prefix() -> None:
    assert written_secret(bytes(32)) == "whsec_" + "A" * 43 + "="
    secret = new_secret()
    assert b64decode(written_secret(secret).removeprefix("whsec_"), validate=True) == secret
