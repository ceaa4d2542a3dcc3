"""Only addresses of the public Internet are public."""

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stonks.adapters.egress.addresses import SPECIAL, UNICAST, is_public

EMBEDDING = [
    "::{}",  # IPv4-compatible
    "::ffff:{}",  # IPv4-mapped
    "::ffff:0:{}",  # IPv4-translated
    "64:ff9b::{}",  # NAT64
    "64:ff9b:1::{}",  # NAT64 of one's own network
    "2002:{hex}::",  # 6to4
    "2002:{hex}:1::7",
    "2001:0:{hex}::",  # Teredo, by its server
    "2001:0:909:909:0:0:{hex}",  # and its client
    "fe80::5efe:{}",  # ISATAP
    "2a00::5efe:{}",
    "2a00::200:5efe:{}",
]
"""With an IPv4 address in its place, dotted or as two groups."""


def embedded(form: str, address: IPv4Address) -> str:
    groups = f"{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"
    return form.format(address, hex=groups)


@pytest.mark.parametrize("network", SPECIAL, ids=str)
def test_ssrf_special_ranges_are_not_public_from_end_to_end(network: object) -> None:
    assert not is_public(network[0])  # type: ignore[index]
    assert not is_public(network[-1])  # type: ignore[index]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.255.255.255", "172.31.255.255", "192.168.0.1", "169.254.169.254"),
        *("100.64.0.1", "100.127.255.255", "192.0.0.192", "198.19.0.1", "0.1.2.3", "224.0.0.1"),
        *("239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1", "203.0.113.9"),
    ],
)
def test_ssrf_ipv4_of_no_public_range_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("::", "::1", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "febf::1"),
        *("fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "5f00::1", "4000::1"),
        *("2001:2::1", "2001:10::1", "2001:20::1", "1fff::1"),
    ],
)
def test_ssrf_ipv6_of_no_public_range_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("form", EMBEDDING)
@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "9.9.9.9"])
def test_ssrf_ipv4_inside_ipv6_is_refused_in_every_form(form: str, inside: str) -> None:
    address = ip_address(embedded(form, IPv4Address(inside)))
    assert not is_public(address), address


@pytest.mark.parametrize(
    "address",
    [
        *("9.9.9.9", "1.1.1.1", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("128.0.0.0", "169.253.255.255", "172.32.0.0", "192.0.1.0", "198.20.0.0", "223.255.255.1"),
        *("2606:4700:4700::1111", "2a00:1450:4001:82b::200a", "2001:4860:4860::8888", "2001:200::"),
    ],
)
def test_what_is_beside_a_special_range_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(some.ip_addresses(v=6))
def test_nothing_outside_global_unicast_is_public(address: object) -> None:
    if is_public(address):  # type: ignore[arg-type]
        assert address in UNICAST
        assert address.is_global  # type: ignore[attr-defined]


@given(some.ip_addresses(v=4))
def test_whatever_the_standard_library_calls_private_is_not_public(address: IPv4Address) -> None:
    assert not (is_public(address) and (address.is_private or address.is_multicast))
