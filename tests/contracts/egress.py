"""What every way out promises."""

from collections.abc import Callable, Sequence

import pytest

from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer, Egress
from stonks.domain.errors import Invalid, Unavailable

FORBIDDEN = [
    "http://receiver.example/",
    "ftp://receiver.example/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "file:///etc/passwd",
    "//receiver.example/",
    "receiver.example",
    "https://",
    "https:///path",
    "https://127.0.0.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://192.0.0.192/",
    "https://0.0.0.0/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b:1::a9fe:a9fe]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[fec0::1]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
]
"""Whatever the resolver would say."""

Answers = Callable[[Answer], None]
"""Makes the receiver answer so, after what it was told to answer before."""


class EgressContract:
    """Inherited with fixtures ``egress``, ``url`` of a receiver that it may ask, ``answers`` and
    ``asked``: what the receiver was asked, in order; and ``strict``, which is allowed no network.
    """

    def test_every_field_of_an_answer_comes_back(
        self, egress: Egress, url: str, answers: Answers
    ) -> None:
        answers(Answer(202, {"X-Told": "so", "Retry-After": "7"}, b'{"challenge": "\xc3\xa5"}'))
        answer = egress.post(url, b"", {})
        assert (answer.status, answer.body) == (202, b'{"challenge": "\xc3\xa5"}')
        assert {"x-told": "so", "retry-after": "7"}.items() <= answer.headers.items()

    def test_what_is_asked_arrives(
        self, egress: Egress, url: str, asked: Callable[[], Sequence[Asked]]
    ) -> None:
        headers = {"Webhook-Id": "1 2", "Content-Type": "application/json"}
        egress.post(f"{url}?a=b%20c", b'{"a":\x00}', headers)
        egress.post(url, b"", {})
        first, second = asked()
        assert (first.url, first.body) == (f"{url}?a=b%20c", b'{"a":\x00}')
        assert headers.items() <= first.headers.items()
        assert (second.url, second.body) == (url, b"")

    @pytest.mark.parametrize(("largest", "read"), [(0, b""), (3, b"abc"), (6, b"abcdef")])
    def test_no_more_is_read_than_is_wanted(
        self, egress: Egress, url: str, answers: Answers, largest: int, read: bytes
    ) -> None:
        answers(Answer(200, {}, b"abcdef"))
        assert egress.post(url, b"", {}, largest=largest).body == read

    @pytest.mark.parametrize("status", [302, 307, 404, 410, 429, 500, 503])
    def test_ssrf_a_redirect_is_an_answer_as_every_other(
        self,
        egress: Egress,
        url: str,
        answers: Answers,
        asked: Callable[[], Sequence[Asked]],
        status: int,
    ) -> None:
        answers(Answer(status, {"Location": "http://169.254.169.254/latest/"}, b"there"))
        assert egress.post(url, b"", {}).status == status
        assert len(asked()) == 1

    @pytest.mark.parametrize("forbidden", FORBIDDEN)
    def test_ssrf_nothing_forbidden_is_saved_or_asked(
        self, strict: Egress, forbidden: str, asked: Callable[[], Sequence[Asked]]
    ) -> None:
        for refused in (
            lambda: strict.check(forbidden),
            lambda: strict.post(forbidden, b"", {}),
        ):
            with pytest.raises(Invalid) as told:
                refused()
            assert told.value.code == "egress_forbidden"
        assert not asked()

    def test_what_may_be_asked_may_be_saved(self, egress: Egress, url: str) -> None:
        egress.check(url)

    def test_what_does_not_resolve_is_not_saved_and_fails_when_it_is_asked(
        self, egress: Egress, asked: Callable[[], Sequence[Asked]]
    ) -> None:
        with pytest.raises(Invalid) as told:
            egress.check("https://no-such-host.invalid/")
        assert told.value.code == "egress_forbidden"
        with pytest.raises(Unavailable) as failed:
            egress.post("https://no-such-host.invalid/", b"", {})
        assert (failed.value.code, failed.value.detail) == ("egress_nowhere", told.value.detail)
        assert not asked()

    @pytest.mark.parametrize(
        "header",
        [
            {"X": "a\r\nHost: b"},
            {"X\r\nY": "a"},
            {"X": "é"},
            {"": "a"},
            {"Host": "127.0.0.1"},
            {"content-length": "7"},
            {"Transfer-Encoding": "chunked"},
        ],
    )
    def test_header_injection_a_header_is_one_line_and_none_of_ours(
        self,
        egress: Egress,
        url: str,
        asked: Callable[[], Sequence[Asked]],
        header: dict[str, str],
    ) -> None:
        with pytest.raises(ValueError, match="cannot be sent"):
            egress.post(url, b"", header)
        assert not asked()
