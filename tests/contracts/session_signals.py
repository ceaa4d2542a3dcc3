"""What every ``SessionSignals`` promises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from stonks.application.identity.ports import SessionSignals
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.bus import eventually


@dataclass(frozen=True, slots=True)
class Signalled:
    """Signals to test, and what each process heard of them until now."""

    signals: SessionSignals
    heard: Callable[[], Sequence[Sequence[SessionId]]]
    looked_at: Callable[[], Sequence[Sequence[ProfileId]]]


class SessionSignalsContract:
    """Inherited with fixtures ``signalled``, and ``unheard``, to which nobody listens."""

    def test_every_process_hears_of_all_that_ended(self, signalled: Signalled) -> None:
        ended = [SessionId(uuid4()) for _ in range(3)]
        signalled.signals.ended(ended[:2])
        signalled.signals.ended(ended[2:])
        assert signalled.heard()
        assert eventually(lambda: all(sorted(it) == sorted(ended) for it in signalled.heard()))

    def test_where_nothing_ended_nothing_is_heard(self, signalled: Signalled) -> None:
        last = SessionId(uuid4())
        signalled.signals.ended([])
        signalled.signals.ended({last})
        assert eventually(lambda: all(list(it) == [last] for it in signalled.heard()))

    def test_every_process_hears_who_changed(self, signalled: Signalled) -> None:
        person = ProfileId(uuid4())
        signalled.signals.changed(person)
        assert signalled.looked_at()
        assert eventually(lambda: all(list(it) == [person] for it in signalled.looked_at()))
        assert not any(signalled.heard())

    def test_what_nobody_hears_is_no_error(self, unheard: SessionSignals) -> None:
        unheard.ended([SessionId(uuid4())])
        unheard.changed(ProfileId(uuid4()))
