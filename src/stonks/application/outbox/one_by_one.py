"""Doing what waits in a store, one thing a transaction."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from stonks.application.ports import Begin

Work = TypeVar("Work")
Item = TypeVar("Item")


class Waiting(Protocol[Item]):
    """Things to be done, kept in the store of the unit of work, and on its clock."""

    def take(self) -> Item | None:
        """One that may be done now, removed; None where there is none that is free.

        It is the caller's until the unit of work ends: rolled back, also by a crash, it is there
        again, at once. Of several callers each gets another.
        """

    def postpone(self, item: Item) -> None:
        """It failed: leave it alone for a while, which doubles each time, up to ten minutes."""


def one(
    begin: Begin[Work], queue: Callable[[Work], Waiting[Item]], do: Callable[[Work, Item], None]
) -> bool:
    """Do one thing, and commit that it is done; False where nothing waits.

    What fails is postponed, so that it holds up nothing else, and raised with a note that names it.
    """
    item: Item | None = None
    try:
        with begin() as work:
            item = queue(work).take()
            if item is None:
                return False
            do(work, item)
    except Exception as error:
        if item is not None:
            error.__notes__ = [str(item)]  # not one more each time, should it be raised again
            with begin() as work:
                queue(work).postpone(item)
        raise
    return True
