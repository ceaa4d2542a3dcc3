"""The demo's channel on air."""

from contextlib import suppress
from dataclasses import dataclass

from stonks.entrypoints.client.api import Api, Refused, Unreachable
from stonks.entrypoints.client.login import Login
from stonks.entrypoints.demo.cast import SLUG

STREAMS = f"/channels/{SLUG}/streams"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The HOST's stream. What cannot be done now is tried again when it is asked for again."""

    api: Api
    host: Login

    def keep_live(self) -> None:
        """Say that the HOST is still there; go live where they are not, as at the beginning."""
        with suppress(Refused, Unreachable):
            if not self._is_kept():
                self._post("")

    def end(self) -> None:
        with suppress(Refused, Unreachable):
            self._post("/current/end")

    def _is_kept(self) -> bool:
        try:
            self._post("/current/beat")
        except Refused as refusal:
            if refusal.code != "not_live":
                raise
            return False
        return True

    def _post(self, path: str) -> None:
        self.api.post(STREAMS + path, {}, token=self.host.token())
