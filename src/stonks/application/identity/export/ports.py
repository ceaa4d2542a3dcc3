"""What handing out one's data needs."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from stonks.domain.ids import ProfileId

Row = Mapping[str, object]
SECTIONS = (
    *("sessions", "accessTokens", "identities", "passkeys", "authenticatorApps", "recoveryCodes"),
    *("provenEmails", "accountTypes", "mailsOnTheirWay", "channels", "streams"),
    *(
        "webhookEndpoints",
        "adminOf",
        "sanctions",
        "following",
        "notifications",
        "notificationTraces",
        "notificationPreferences",
    ),
    *("pushDevices", "audit", "messages"),
)


class PersonalData(Protocol):
    def __call__(self, profile_id: ProfileId) -> Iterator[tuple[str, Iterator[Row]]]:
        """Everything that is kept beside a profile, by ``SECTIONS`` in this order.

        Rows are JSON-ready and in the order in which they came to be; they are read in pages as
        they are asked for, so that memory stays flat however many there are. No secrets, nor what
        secrets are checked by.
        """
