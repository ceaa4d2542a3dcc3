"""Tidying up answers that are repeated no more."""

from dataclasses import dataclass

from stonks.application.ports import ANSWERS_LAST, Clock, FirstAnswers

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ForgetAnswers:
    """Forget first answers after 24 hours, also those of people who never ask again."""

    answers: FirstAnswers
    now: Clock
    most: int = AT_ONCE

    def __call__(self) -> bool:
        """Whether there may be more."""
        return self.answers.forget(self.now() - ANSWERS_LAST, self.most) >= self.most
