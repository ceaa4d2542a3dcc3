"""A process that asks a receiver nine times, as a worker of some kind would."""

import sys


def with_gevent(url: str, bundle: str) -> None:
    """Four at once, after one that never ends and is cut off."""
    from gevent.monkey import patch_all

    patch_all()
    import pytest
    from gevent.pool import Pool

    from stonks.domain.errors import Unavailable
    from tests.integration.egress.listening import drip, listening

    egress = _egress(bundle)
    with (
        listening(drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 600)) as listener,
        pytest.raises(Unavailable, match="it took too long"),
    ):
        egress.post(f"https://receiver.example:{listener.port}/", b"", {}, seconds=0.5)
    statuses = list(Pool(4).imap(lambda _: egress.post(url, b"x", {}).status, range(9)))
    sys.stdout.write(" ".join(map(str, statuses)))


def with_fork(url: str, bundle: str) -> None:
    """One before, and four in each of two children."""
    import os

    egress = _egress(bundle)
    sys.stdout.write(f"{egress.post(url, b'', {}).status} ")
    sys.stdout.flush()
    for _ in range(2):
        if os.fork() == 0:
            for _ in range(4):
                sys.stdout.write(f"{egress.post(url, b'', {}).status} ")
            sys.stdout.flush()
            os._exit(0)
    for _ in range(2):
        assert os.wait()[1] == 0


def _egress(bundle: str):  # type: ignore[no-untyped-def]
    import ssl

    from stonks.adapters.egress import HttpsEgress
    from stonks.adapters.egress.names import Names
    from tests.integration.egress.conftest import HERE

    context = ssl.create_default_context(cafile=bundle)
    return HttpsEgress(HERE, Names(lambda _: ["127.0.0.1"]), context)


if __name__ == "__main__":
    way, origin, authority = sys.argv[1:]
    {"gevent": with_gevent, "fork": with_fork}[way](origin, authority)
