"""Links by which people unsubscribe, signed by ``itsdangerous``."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from stonks.application.notifications.preferences import Subscription
from stonks.domain.errors import Invalid
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind

SALT = "stonks.unsubscribe"


class SignedUnsubscribeTokens:
    """``UnsubscribeTokens``: the first key signs, and each of them is believed.

    The keys are made of those that seal: what one of them signs tells nothing of what it seals.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ValueError("there is no key to sign with")
        signing = [hmac.digest(key, SALT.encode(), "sha256") for key in reversed(keys)]
        self._serializer = URLSafeSerializer(
            signing, salt=SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": sha256}
        )

    def token(self, subscription: Subscription) -> str:
        named = [subscription.profile_id.hex, subscription.kind.value, subscription.way]
        return str(self._serializer.dumps(named))

    def read(self, token: str) -> Subscription:
        try:
            profile_id, kind, way = self._serializer.loads(token)
            return Subscription(ProfileId(UUID(hex=profile_id)), NoticeKind(kind), way)
        except (BadData, ValueError) as error:
            raise Invalid(
                "unsubscribe_link_invalid",
                "this link is not whole; use the one in the mail",
                errors={"token": ["is no token that we gave"]},
            ) from error
