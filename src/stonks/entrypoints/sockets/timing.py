"""Later, in the hub."""

from collections.abc import Callable

from gevent import get_hub

Later = Callable[[float, Callable[[], None]], None]


def later(seconds: float, act: Callable[[], None]) -> None:
    """Call ``act`` in the hub once ``seconds`` have gone by; it must not block."""
    timer = get_hub().loop.timer(seconds)

    def fire() -> None:
        timer.close()
        act()

    timer.start(fire)
