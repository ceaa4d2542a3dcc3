"""Which requests may leave."""

from stonks.adapters.egress.addresses import Address, Network, is_public, is_within
from stonks.adapters.egress.names import Names
from stonks.adapters.egress.refusals import failed, forbidden
from stonks.adapters.egress.urls import Target

SECONDS_TO_CHECK = 5.0


class Guard:
    """https to public addresses; to ``allowed`` networks http, too."""

    def __init__(self, names: Names, allowed: tuple[Network, ...] = ()) -> None:
        self._names, self._allowed = names, allowed

    def check(self, target: Target) -> None:
        """Raises ``Invalid`` for what may never be asked; what does not resolve passes."""
        if not (target.is_tls or self._allowed):
            raise forbidden("is no https URL")
        try:
            found = self._found(target, SECONDS_TO_CHECK)
        except OSError:
            return
        self._check_each(target, found)

    def addresses(self, target: Target, seconds: float) -> tuple[Address, ...]:
        """Where ``target`` is, each checked. Raises ``Invalid``, and ``Unavailable`` (failed)."""
        if not (target.is_tls or self._allowed):
            raise forbidden("is no https URL")
        try:
            found = self._found(target, seconds)
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
            if not is_within(address, self._allowed):
                if not target.is_tls:
                    raise forbidden("is no https URL")
                if not is_public(address):
                    raise forbidden("leads to where nothing public is")
