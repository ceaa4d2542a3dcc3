"""Whether this process is on its way out."""

from dataclasses import dataclass


@dataclass(slots=True)
class Draining:
    """Set once, when the process is told to stop: ``/readyz`` fails from then on."""

    is_on: bool = False

    def begin(self) -> None:
        self.is_on = True
