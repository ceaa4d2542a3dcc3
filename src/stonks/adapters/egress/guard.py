"""Which requests may leave."""

from stonks.adapters.egress.addresses import Address, Network, is_public, is_within
from stonks.adapters.egress.names import Names, NameUnknown
from stonks.adapters.egress.refusals import failed, forbidden, nowhere, unresolved
from stonks.adapters.egress.urls import Target
from stonks.domain.errors import Invalid

SECONDS_TO_CHECK = 5.0


class Guard:
    """https to public addresses; to ``allowed`` networks http, too."""

    def __init__(self, names: Names, allowed: tuple[Network, ...] = ()) -> None:
        self._names, self._allowed = names, allowed

    def check(self, target: Target) -> None:
        """Raises ``Invalid`` for what may not be asked, and ``Unavailable`` where nobody can know.

        Of a name that leads inside and one that leads nowhere the same is said: or whoever saves
        addresses could ask which names there are inside.
        """
        if not (target.is_tls or self._allowed):
            raise forbidden("is no https URL")
        try:
            found = self._found(target, SECONDS_TO_CHECK)
        except NameUnknown:
            raise _not_public(target) from None
        except OSError as error:
            raise unresolved() from error
        self._check_each(target, found)

    def addresses(self, target: Target, seconds: float) -> tuple[Address, ...]:
        """Where ``target`` is, each checked. Raises ``Invalid``, and ``Unavailable`` (failed).

        Of a name that leads nowhere the same is said as of one that leads inside, here, too.
        """
        if not (target.is_tls or self._allowed):
            raise forbidden("is no https URL")
        try:
            found = self._found(target, seconds)
        except NameUnknown:
            raise nowhere(_not_public(target).detail) from None
        except OSError as error:
            raise failed("the host does not resolve") from error
        self._check_each(target, found)
        return found

    def _found(self, target: Target, seconds: float) -> tuple[Address, ...]:
        if target.address is not None:
            return (target.address,)
        return self._names.addresses(target.host, seconds)

    def _check_each(self, target: Target, found: tuple[Address, ...]) -> None:
        """One bad address among good ones refuses: somebody means to have it tried."""
        for address in found:
            is_fine = target.is_tls and is_public(address)
            if not (is_fine or is_within(address, self._allowed)):
                raise _not_public(target)


def _not_public(target: Target) -> Invalid:
    return forbidden("leads to where nothing public is" if target.is_tls else "is no https URL")
