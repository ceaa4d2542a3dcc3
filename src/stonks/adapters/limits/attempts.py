"""How often somebody may sign up and guess."""

from collections.abc import Sequence

from limits import RateLimitItem

from stonks.adapters.limits.keys import hidden, network_of
from stonks.adapters.limits.scaled import scaled, told
from stonks.adapters.limits.windows import Windows
from stonks.application.ports import Limit
from stonks.domain.errors import Limited

DAY = 24 * 3600


class LimitedAttempts:
    """``Attempts`` in moving windows, each limit multiplied by ``scale``.

    Guesses at an account from one address: 10 in 5 min. Wrong guesses from one address, at
    whatever account: 100 in 5 min. Wrong guesses at one account, from wherever: 100 in an hour,
    except from addresses from which it was entered within 30 days. Signups from one address:
    50 in an hour. An address is an IPv4 address or a /64 of IPv6.
    """

    def __init__(self, windows: Windows, scale: float = 1) -> None:
        self._windows = windows
        self._pair = _limit(10, 300, scale, "account-and-address")
        self._address = _limit(100, 300, scale, "address")
        self._account = _limit(100, 3600, scale, "account")
        self._known = _limit(1, 30 * DAY, 1, "known")
        self._signups = _limit(50, 3600, scale, "signups")

    @property
    def signup_limits(self) -> Sequence[Limit]:
        return [told(self._signups)]

    @property
    def login_limits(self) -> Sequence[Limit]:
        return [told(limit) for limit in (self._pair, self._address, self._account)]

    def sign_up(self, address: str) -> None:
        address = network_of(address)
        if not self._windows.hit(self._signups, address):
            raise self._limited("too_many_signups", self._signups, address)

    def log_in(self, login: str, address: str) -> None:
        account, address = _account(login), network_of(address)
        if not self._windows.has_room(self._address, address):
            raise self._limited("too_many_attempts", self._address, address)
        if not self._windows.has_room(self._account, account) and self._windows.is_empty(
            self._known, account, address
        ):
            raise self._limited("too_many_attempts", self._account, account)
        if not self._windows.hit(self._pair, account, address):
            raise self._limited("too_many_attempts", self._pair, account, address)

    def failed(self, login: str, address: str) -> None:
        self._windows.hit(self._address, network_of(address))
        self._windows.hit(self._account, _account(login))

    def succeeded(self, login: str, address: str) -> None:
        account, address = _account(login), network_of(address)
        self._windows.clear(self._pair, account, address)
        self._windows.hit(self._known, account, address)

    def _limited(self, code: str, limit: RateLimitItem, *key: str) -> Limited:
        wait = self._windows.seconds_left(limit, *key)
        detail = "too many attempts; try again later"
        return Limited(code, detail, retry_after=wait, limit=limit.namespace)


def _limit(amount: int, seconds: int, scale: float, name: str) -> RateLimitItem:
    return scaled(Limit(name, amount, seconds), scale)


def _account(login: str) -> str:
    """One short key for a login, whatever its case; what people type is not kept."""
    return hidden(login.lower())
