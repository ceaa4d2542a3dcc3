"""What the machine has to allow."""

import resource
import socket

from stonks.entrypoints.settings import BadSetting, Settings


def raise_open_files(wanted: int) -> None:
    """Allow as many open files as ``wanted``, or as many as we may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def check_port(settings: Settings) -> None:
    """Raises ``BadSetting`` where nobody can listen."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise BadSetting(
            f"nothing can listen on {settings.host} port {settings.port}"
            f" ({error.strerror or error}); choose another by STONKS_PORT or STONKS_HOST"
        ) from error
