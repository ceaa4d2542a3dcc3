"""A URL that can be asked has one spelling."""

from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from stonks.adapters.egress.urls import Target, read_url
from stonks.domain.errors import Invalid


def refused(url: str) -> str:
    with pytest.raises(Invalid) as told:
        read_url(url)
    assert told.value.code == "egress_forbidden"
    return told.value.detail


def test_every_part_of_a_url_is_read() -> None:
    url = "https://Push.Example.com:8443/a/b%20c?d=e&f"
    target = read_url(url)
    assert target == Target("https", "push.example.com", 8443, "/a/b%20c?d=e&f", None)
    assert target.authority == "push.example.com:8443"
    assert target.origin == "https://push.example.com:8443"


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://a.example", "a.example", "/"),
        ("https://a.example:443/", "a.example", "/"),
        ("https://a.example?x", "a.example", "/?x"),
        ("http://a.example:80/", "a.example", "/"),
        ("http://a_b.example:8080", "a_b.example:8080", "/"),
        ("HTTPS://xn--bcher-kva.example/", "xn--bcher-kva.example", "/"),
        ("https://9.9.9.9/", "9.9.9.9", "/"),
        ("https://[2A00::1]:8443/", "[2a00::1]:8443", "/"),
        ("https://postgres:5433/", "postgres:5433", "/"),
    ],
)
def test_it_is_asked_as_it_is_written(url: str, authority: str, path: str) -> None:
    assert (read_url(url).authority, read_url(url).path) == (authority, path)


def test_a_host_that_is_an_address_is_known_as_one() -> None:
    assert read_url("https://127.0.0.1/").address == ip_address("127.0.0.1")
    assert read_url("https://[::1]/").address == ip_address("::1")
    assert read_url("https://a.example/").address is None


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "0X7F.0.0.1", "017700000001", "0177.0.0.1", "127.1"),
        *("127.0.1", "0x7f.1", "127.0.0.01", "00.0.0.0", "0", "0x", "1.2.3.4.5", "256.0.0.1"),
        *("a.1", "a.0x1", "127.0.0.1.0"),
    ],
)
def test_ssrf_decimal_octal_and_hex_are_no_spelling_of_an_address(host: str) -> None:
    assert "number" in refused(f"https://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "①②⑦.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "ｌocalhost",
        "bücher.example",
        "ﬀ.example",
        "a\u00ad.example",
    ],
)
def test_ssrf_full_width_digits_and_other_scripts_are_refused(host: str) -> None:
    assert "xn--" in refused(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.example@127.0.0.1/", "https://127.0.0.1@a.example/", "https://@a.example/"),
        *("https://a:b@c.example/", "https://a.example:443@127.0.0.1/"),
    ],
)
def test_ssrf_a_user_in_a_url_is_refused(url: str) -> None:
    assert "user" in refused(url)


@pytest.mark.parametrize("host", ["127.0.0.1.", "localhost.", "a.example.", "a..example", "."])
def test_ssrf_a_dot_at_the_end_is_refused(host: str) -> None:
    refused(f"https://{host}/")


@pytest.mark.parametrize(
    "port",
    [
        *("0", "1", "22", "25", "110", "143", "389", "445", "465", "587", "993", "1023"),
        *("2049", "5060", "6000", "6667", "10080", "65536", "99999"),
    ],
)
def test_ssrf_ports_of_other_services_are_refused(port: str) -> None:
    assert "port" in refused(f"https://a.example:{port}/")


@pytest.mark.parametrize("port", ["", "-1", "+443", "443x", "0443", "4 43", "443:443", "٤٤٣"])
def test_ssrf_a_port_is_a_plain_number(port: str) -> None:
    refused(f"https://a.example:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.example\\@127.0.0.1/", "https://127.0.0.1\\.a.example/"),
        *("https://a.example#@127.0.0.1/", "https://a.example/#x"),
        *(
            "https://a.example/ x",
            "https://a.example/\r\nHost:b",
            "\thttps://a.example",
            "https:/a",
        ),
        *("https://[::1", "https://[::1]x/", "https://x[::1]/", "https://[::1%25eth0]/"),
        *("https://[a.example]/", "https://[127.0.0.1]/x", "https://-a.example/", "https://a%2e/"),
        *("https://a.example/" + "x" * 2048, "https://" + "a" * 64 + ".example/", "", "https:"),
        *("javascript:alert(1)", "data:text/html,x", "unix:///run/x.sock", "wss://a.example/"),
    ],
)
def test_ssrf_whatever_parsers_read_differently_is_refused(url: str) -> None:
    refused(url)


@given(some.text() | some.text().map("https://{}/".format))
@example("https://\N{DEGREE CELSIUS}/")
@example("https://\N{FULLWIDTH SOLIDUS}/")
def test_nothing_but_a_refusal_comes_of_any_text(text: str) -> None:
    with suppress(Invalid):
        assert read_url(text).host
