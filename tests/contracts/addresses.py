"""Every way to name a place inside, for whoever must refuse it."""

from collections.abc import Mapping, Sequence

NAMED = "hooks.example"
"""A host that leads wherever a test says."""

INSIDE: Mapping[str, Sequence[str]] = {
    "this-network": ("0.0.0.0", "0.1.2.3"),  # noqa: S104 - what is refused
    "loopback": ("127.0.0.1", "127.255.255.254", "::1"),
    "unspecified": ("::",),
    "private": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1"),
    "shared-by-carriers": ("100.64.0.1", "100.127.255.255"),
    "link-local": ("169.254.169.254", "fe80::1", "febf::1"),
    "link-local-in-a-zone": ("fe80::1%eth0", "fe80::1%1"),
    "protocol-assignments": ("192.0.0.192", "192.0.0.8"),
    "documentation": ("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"),
    "benchmarking": ("198.18.0.1", "198.19.255.255", "2001:2::1"),
    "relays-and-as112": ("192.88.99.1", "192.31.196.1", "192.175.48.1", "192.52.193.1"),
    "multicast": ("224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1"),
    "reserved": ("240.0.0.1", "255.255.255.255", "4000::1", "5f00::1", "100::1"),
    "unique-local": ("fc00::1", "fd00:ec2::254"),
    "site-local": ("fec0::1", "feff::1"),
    "ipv4-compatible": ("::127.0.0.1", "::a9fe:a9fe"),
    "ipv4-mapped": ("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:9.9.9.9"),
    "ipv4-translated": ("::ffff:0:127.0.0.1",),
    "nat64": ("64:ff9b::a9fe:a9fe", "64:ff9b::127.0.0.1"),
    "nat64-local": ("64:ff9b:1::a9fe:a9fe", "64:ff9b:1:fffe::7f00:1"),
    "6to4": ("2002:7f00:1::", "2002:a9fe:a9fe::1"),
    "teredo": ("2001:0:7f00:1::", "2001:0:909:909:0:0:8000:fffe"),
    "isatap": ("fe80::5efe:127.0.0.1", "2a00::5efe:10.0.0.1", "2a00::200:5efe:a9fe:a9fe"),
}
"""What a name may turn out to lead to; of trap 4, and the rest of the registries of IANA."""

HOSTS: Mapping[str, Sequence[str]] = {
    "decimal": ("2130706433", "0", "4294967295", "127.0.0.1.0", "256.0.0.1"),
    "octal": ("017700000001", "0177.0.0.1", "127.0.0.01", "00.0.0.0", "0177.1"),
    "hex": ("0x7f000001", "0x7f.1", "0X7F.0.0.1", "0x7f.0x0.0x0.0x1", "0x", "a.0x1"),
    "short": ("127.1", "127.0.1", "10.1"),
    "mixed": ("0x7f.0.0.01", "0251.254.0xa9fe", "169.0xfea9fe", "0xa9.254.0251.254"),
    "dot-at-the-end": ("127.0.0.1.", "localhost.", "hooks.example.", "127.1.", "[::1]."),
    "dots": (".", "..", "hooks..example", ".127.0.0.1"),
    "circled-digits": ("①②⑦.0.0.1", "①②⑦.⓪.⓪.①"),
    "other-digits": ("１２７.0.0.1", "٠.٠.٠.٠", "𝟙𝟚𝟟.0.0.1", "²130706433"),
    "other-dots": ("127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "hooks。example"),
    "other-letters": ("ｌocalhost", "ⓛocalhost", "loc\u00adalhost", "bücher.example", "ﬀ.example"),
    "percent": (
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "127.0.0.1%00",
        "a%2f.example",
        "%6cocalhost",
    ),
    "user": ("good@127.0.0.1", "127.0.0.1@good", "a:b@hooks.example", "@hooks.example"),
    "user-with-port": ("hooks.example:443@127.0.0.1", "127.0.0.1:443@hooks.example", ":@[::1]"),
    "privileged-port": tuple(f"{NAMED}:{port}" for port in (1, 22, 25, 110, 389, 445, 465, 1023)),
    "port-of-browsers": tuple(f"{NAMED}:{port}" for port in (2049, 5060, 6000, 6667, 10080)),
    "no-port": tuple(f"{NAMED}:{port}" for port in ("", "0", "65536", "99999", "-1", "+443")),
    "odd-port": tuple(f"{NAMED}:{port}" for port in ("0443", "443x", "4 43", "٤٤٣", "443:443")),
    "backslash": ("hooks.example\\@127.0.0.1", "127.0.0.1\\.hooks.example", "\\127.0.0.1"),
    "fragment": ("hooks.example#@127.0.0.1", "127.0.0.1#.hooks.example", "hooks.example/#x"),
    "tab-and-newline": ("127.0\t.0.1", "127.0.0.1\n", "hooks.example\r\nHost:b", "ho\noks.example"),
    "blank-and-nul": (" 127.0.0.1", "hooks.example ", "127.0.0.1\x00", "hooks.example/ x", "\x7f"),
    "bracket": ("[::1", "::1", "[127.0.0.1]", "[hooks.example]", "[::1]x", "x[::1]", "[]"),
    "zone": ("[::1%25eth0]", "[::1%eth0]", "[fe80::1%25lo]", "[fe80::1%1]"),
    "other-ipv6": ("[::127.1]", "[0:0:0:0:0:0:0:00001]", "[v1.127.0.0.1]", "[::FFFF:127.0.0.1]"),
    "nothing": ("", ":443", "@", "/hooks.example"),
    "long-label": ("a" * 64 + ".example", ".".join(["a" * 60] * 5)),
}
"""What stands for a host in a URL, or for a host and a port."""

URLS: Mapping[str, Sequence[str]] = {
    "http": ("http://hooks.example/", "http://127.0.0.1/", "HTTP://[::ffff:169.254.169.254]/"),
    "other-scheme": (
        *("ftp://hooks.example/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL"),
        *("dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "wss://hooks.example/", "ws://[::1]/"),
        *("javascript:alert(1)", "data:text/html,x", "unix:///run/x.sock"),
    ),
    "two-schemes": ("jar:https://hooks.example!/", "url:https://127.0.0.1/", "https:http://[::1]/"),
    "no-scheme": ("//hooks.example/", "hooks.example", "/hooks.example", "127.0.0.1:443", "?"),
    "few-slashes": ("https:/127.0.0.1", "https:127.0.0.1", "https:", "https:\\\\127.0.0.1/"),
    "before-the-scheme": ("\thttps://127.0.0.1/", " https://127.0.0.1/", "\nhttps://[::1]/"),
    "within-the-scheme": ("ht\ttps://127.0.0.1/", "https\n://127.0.0.1/", "ｈttps://127.0.0.1/"),
    "very-long": ("https://hooks.example/?" + "x" * 2048, "https://" + "a." * 2000 + "example/"),
}


def _literal(address: str) -> str:
    return f"https://[{address}]/" if ":" in address else f"https://{address}/"


def _each(forms: Mapping[str, Sequence[str]]) -> Sequence[tuple[str, str]]:
    return [
        (f"{form}-{number}", spelling)
        for form, spellings in forms.items()
        for number, spelling in enumerate(spellings, 1)
    ]


LED_TO: Mapping[str, str] = dict(_each(INSIDE))
"""Each form of an address inside to which a name may lead."""
WRITTEN: Mapping[str, str] = {
    **{f"literal-{form}": _literal(address) for form, address in _each(INSIDE)},
    **{form: f"https://{host}/" for form, host in _each(HOSTS)},
    **dict(_each(URLS)),
}
"""Each form of a URL that is refused whatever the resolver would say."""
