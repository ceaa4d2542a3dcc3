"""By what the tries of one and the same somebody are known."""

from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network


def network_of(address: str) -> str:
    """An IPv4 address itself; of an IPv6 address its /64, which one customer has to themselves."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), 64), strict=False))


def hidden(text: str) -> str:
    """A short key for what people type, which is not kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
