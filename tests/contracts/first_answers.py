"""What every store of first answers promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stonks.application.ports import FirstAnswer, FirstAnswers, Request
from stonks.domain.errors import Conflict, Invalid
from tests.contracts.town import START, Town

ANSWER = FirstAnswer(201, b'{"a": "\xc3\xbc"}')


class FirstAnswersContract:
    """Inherited with a fixture ``town``."""

    @pytest.fixture
    def answers(self, town: Town) -> FirstAnswers:
        found: FirstAnswers = town.container.first_answers()
        return found

    @pytest.fixture
    def request_(self, town: Town) -> Request:
        return Request(town.person("ann"), "a key", b"\x00fingerprint")

    def test_an_answer_comes_back_with_every_field(
        self, answers: FirstAnswers, request_: Request
    ) -> None:
        assert answers.claim(request_, START) is None
        answers.keep(request_, START, ANSWER)
        assert answers.claim(request_, START + timedelta(hours=23)) == ANSWER

    def test_a_key_under_way_is_refused(self, answers: FirstAnswers, request_: Request) -> None:
        answers.claim(request_, START)
        with pytest.raises(Conflict) as refused:
            answers.claim(request_, START + timedelta(seconds=59))
        assert refused.value.code == "idempotency_key_in_use"

    def test_a_key_belongs_to_one_request(self, answers: FirstAnswers, request_: Request) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        with pytest.raises(Invalid) as refused:
            answers.claim(replace(request_, fingerprint=b"another"), START)
        assert refused.value.code == "idempotency_key_reused"

    def test_a_key_belongs_to_one_person(
        self, town: Town, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        assert answers.claim(replace(request_, profile_id=town.person("bob")), START) is None

    def test_a_released_key_is_free(self, answers: FirstAnswers, request_: Request) -> None:
        answers.claim(request_, START)
        answers.release(request_, START)
        assert answers.claim(request_, START) is None

    def test_who_was_given_up_keeps_nothing(self, answers: FirstAnswers, request_: Request) -> None:
        later = START + timedelta(seconds=61)
        answers.claim(request_, START)
        assert answers.claim(request_, later) is None
        answers.keep(request_, START, ANSWER)
        answers.release(request_, START)
        with pytest.raises(Conflict):
            answers.claim(request_, later)

    def test_an_answer_is_forgotten_after_a_day(
        self, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        assert answers.claim(request_, START + timedelta(hours=25)) is None
