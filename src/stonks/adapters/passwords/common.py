"""The commonest passwords."""

from functools import cache

from stonks.domain.identity.password import SHORTEST_PASSWORD


class ZxcvbnCommonPasswords:
    """``CommonPasswords`` from the frequency list that zxcvbn (MIT) carries.

    Of its 30,000, those that are long enough to be chosen; read when first asked for.
    """

    def __contains__(self, folded: object) -> bool:
        return folded in _passwords()


@cache
def _passwords() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # large: not at start

    listed = FREQUENCY_LISTS["passwords"]
    return frozenset(word for word in listed if len(word) >= SHORTEST_PASSWORD)
