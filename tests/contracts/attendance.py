"""What every ``Attendance`` promises."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from stonks.application.presence.ports import Attendance
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import FEW, Present
from stonks.domain.presence.beat import ATTENDANCE_SETTLES
from tests.contracts.people_online import LetPass, crowd

MakeAttendance = Callable[[str], Attendance]
"""The end of one process, by its name; all of one test share what they remember."""
ADA, BOB, CY = (ProfileId(uuid4()) for _ in range(3))
LOUNGE, GARDEN, EMPTY = (RoomId(uuid4()) for _ in range(3))


class AttendanceContract:
    """Inherited with fixtures ``make_attendance``, who have said nothing yet, and ``let_pass``.

    Some other process said long ago that nobody is there.
    """

    def test_people_are_present_wherever_they_are_connected(
        self, make_attendance: MakeAttendance
    ) -> None:
        one, two = make_attendance("one"), make_attendance("two")
        one.beat({LOUNGE: {ADA, BOB}, GARDEN: {ADA}})
        two.beat({LOUNGE: {BOB, CY}})
        for end in (one, two, make_attendance("a worker, which has no sockets")):
            assert end.present(LOUNGE) == Present(3, {ADA, BOB, CY})
            assert end.present(GARDEN) == Present(1, {ADA})
            assert end.present(EMPTY) == Present(0, set())

    def test_who_is_not_said_again_is_believed_for_fifteen_seconds(
        self, make_attendance: MakeAttendance, let_pass: LetPass
    ) -> None:
        one, two = make_attendance("one"), make_attendance("two")
        one.beat({LOUNGE: {ADA, BOB}})
        let_pass(10)
        one.beat({LOUNGE: {BOB}})
        two.beat({})
        assert two.present(LOUNGE) == Present(2, {ADA, BOB})
        let_pass(5.5)
        assert two.present(LOUNGE) == Present(1, {BOB})
        one.beat({})
        let_pass(10)
        two.beat({})
        assert two.present(LOUNGE) == Present(0, set())

    def test_who_left_one_process_and_is_on_another_is_present(
        self, make_attendance: MakeAttendance, let_pass: LetPass
    ) -> None:
        one, two = make_attendance("one"), make_attendance("two")
        one.beat({LOUNGE: {ADA}})
        for _ in range(4):
            let_pass(10)
            one.beat({LOUNGE: {BOB}})
            two.beat({LOUNGE: {ADA}})
        assert one.present(LOUNGE) == Present(2, {ADA, BOB})

    def test_of_many_only_the_number_is_told(
        self, make_attendance: MakeAttendance, let_pass: LetPass
    ) -> None:
        one, two = make_attendance("one"), make_attendance("two")
        few = crowd(FEW)
        one.beat({LOUNGE: few})
        assert two.present(LOUNGE) == Present(FEW, few)
        two.beat({LOUNGE: {ADA}})
        assert two.present(LOUNGE) == Present(FEW + 1, None)
        one.beat({LOUNGE: few | crowd(3000)})
        assert two.present(LOUNGE) == Present(FEW + 3001, None)
        let_pass(14)
        two.beat({LOUNGE: {ADA}})
        let_pass(2)
        assert two.present(LOUNGE) == Present(1, {ADA})

    def test_where_no_process_says_anything_nobody_knows(
        self, make_attendance: MakeAttendance, let_pass: LetPass
    ) -> None:
        one = make_attendance("one")
        let_pass(16)
        assert unknown(one)
        one.beat({})
        let_pass(ATTENDANCE_SETTLES)
        assert one.present(LOUNGE) == Present(0, set())


def unknown(end: Attendance) -> bool:
    with pytest.raises(Unavailable) as refused:
        end.present(LOUNGE)
    return refused.value.code == "presence_unknown"
