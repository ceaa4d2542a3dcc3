"""Measure how many pushes a process sends: encrypted, signed and answered by a server on loopback.

PYTHONPATH=. .venv/bin/python benchmarks/pushes.py [PUSHES]
"""

import resource
import socket
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_network
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter

from tests.contracts.one_delivery import a_delivery, a_device
from tests.integration.egress.certificates import Authority, new_authority
from tests.push_browser import PushBrowser

from stonks.adapters import clock
from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names
from stonks.adapters.webpush import Vapid, WebPushNotifier, new_vapid_key, read_vapid_key
from stonks.application.notifications.notifier import Verdict

HOST = "push.example"
ANSWER = b"HTTP/1.1 201 Created\r\nLocation: https://push.example/m/1\r\nContent-Length: 0\r\n\r\n"
LENGTH = b"Content-Length: "
BROWSERS = 200


def main() -> None:
    pushes = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with TemporaryDirectory() as folder:
        authority = new_authority(Path(folder))
        forked = get_context("fork")
        ports: Queue[int] = forked.Queue()
        server = forked.Process(target=serve, args=(authority.serving(HOST), ports), daemon=True)
        server.start()
        port = ports.get()
        for threads in (1, 16, 32):
            told = measured(authority, port, threads, pushes)
            sys.stdout.write(f"{threads:>2} threads: {told}\n")
        server.kill()


def measured(authority: Authority, port: int, threads: int, pushes: int) -> str:
    egress = HttpsEgress(
        (ip_network("127.0.0.0/8"),), Names(lambda _: ["127.0.0.1"]), authority.trusting()
    )
    vapid = Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", clock.now)
    notifier = WebPushNotifier(egress, vapid, "https://stonks.example", clock.now)
    endpoint = f"https://{HOST}:{port}/send/"
    deliveries = [a_delivery(a_device(PushBrowser(), f"{endpoint}{n}")) for n in range(BROWSERS)]
    with notifier.sending() as send, ThreadPoolExecutor(threads) as pool:
        list(pool.map(send, deliveries))
        before, start = _cpu(), perf_counter()
        many = (deliveries[n % BROWSERS] for n in range(pushes))
        verdicts = {outcome.verdict for outcome in pool.map(send, many)}
        seconds, cpu = perf_counter() - start, _cpu() - before
    if verdicts != {Verdict.SENT}:
        raise RuntimeError(f"not all were sent: {verdicts}")
    return f"{pushes / seconds:.0f} pushes/s, {cpu / pushes * 1e6:.0f} µs of CPU each"


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def serve(context: ssl.SSLContext, ports: "Queue[int]") -> None:
    """Take whatever comes, with as little work as can be."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        ports.put(server.getsockname()[1])
        while True:
            Thread(target=_take, args=(server.accept()[0], context), daemon=True).start()


def _take(connection: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError), context.wrap_socket(connection, server_side=True) as secret:
        read = b""
        while True:
            while b"\r\n\r\n" not in read:
                if not (part := secret.recv(65536)):
                    return
                read += part
            head, _, read = read.partition(b"\r\n\r\n")
            length = int(head.partition(LENGTH)[2].split(b"\r\n")[0])
            while len(read) < length:
                read += secret.recv(65536)
            read = read[length:]
            secret.sendall(ANSWER)


if __name__ == "__main__":
    main()
