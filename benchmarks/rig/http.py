"""HTTP load beside the sockets: connections that ask again as soon as they are answered."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from rig.build import compiled
from rig.machine import REST, pinned
from rig.processes import Failed

CONNECTIONS = 8


@contextmanager
def http_load(port: int, path: str, seconds: float, told: list[float]) -> Iterator[None]:
    """Ask for ``path`` while the block runs; ``told`` gains the requests a second."""
    command = [str(compiled("http")), str(port), path, str(CONNECTIONS), str(seconds)]
    with pinned(REST):
        asking = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield
        output, _ = asking.communicate(timeout=seconds + 30)
    finally:
        asking.kill()
        asking.wait()
    answer = json.loads(output)
    if answer["errors"]:
        raise Failed(f"GET {path}: {answer['errors']} of {answer['requests']} went wrong")
    told.append(answer["requests"] / answer["seconds"])
