"""Where requests may go that members ask for."""

from ipaddress import ip_network

from stonks.adapters.egress import HttpsEgress, Network
from stonks.entrypoints.own_machine import LOOPBACK, is_own_machine
from stonks.entrypoints.settings import Settings

HERE: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def allowed_networks(settings: Settings) -> tuple[Network, ...]:
    """Those of ``STONKS_EGRESS_ALLOW``. Where only this machine listens, its members are at it
    and may have receivers on it.
    """
    if settings.egress_allow or settings.host not in LOOPBACK:
        return settings.egress_allow
    return HERE if is_own_machine(settings) else ()


def make_egress(settings: Settings) -> HttpsEgress:
    return HttpsEgress(allowed_networks(settings))
