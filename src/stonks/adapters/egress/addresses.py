"""Which addresses are of the public Internet.

``ipaddress.is_global`` is no guard: it holds for 64:ff9b::a9fe:a9fe, ::127.0.0.1, fec0::1 and
192.0.0.192. So the ranges stand here one by one, as the IANA special-purpose registries have them.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SPECIAL: tuple[Network, ...] = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, with the metadata of clouds
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # protocol assignments, with metadata at 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private use
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments: Teredo (2001::/32), benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
UNICAST = IPv6Network("2000::/3")
"""All that is assigned of IPv6. Outside are ::/96, ::ffff:0:0/96 (IPv4-mapped), 64:ff9b::/96 and
64:ff9b:1::/48 (NAT64), 100::/64, 5f00::/16, fc00::/7, fe80::/10, fec0::/10 and ff00::/8."""
ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""The half of an interface's id that says that an IPv4 address follows (RFC 5214, 6.1)."""


@lru_cache(1024)  # each request asks again, of the few addresses to which requests go
def is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and not _is_unicast(address):
        return False
    return not is_within(address, SPECIAL)


def is_within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _is_unicast(address: IPv6Address) -> bool:
    return address in UNICAST and (int(address) >> 32) & 0xFFFF_FFFF not in ISATAP
