"""What every store of first answers promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stonks.adapters.sealing import AesSealer, SealedFirstAnswers, new_sealing_key, read_key
from stonks.application.ports import FirstAnswer, FirstAnswers, Request
from stonks.domain.errors import Conflict, Invalid
from tests.contracts.town import START, Town

ANSWER = FirstAnswer(201, b'{"a": "\xc3\xbc", "secret": "whsec_5Hq9"}')


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

    def test_an_answer_with_nothing_in_it_comes_back_too(
        self, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, FirstAnswer(204, b""))
        assert answers.claim(request_, START) == FirstAnswer(204, b"")

    def test_an_answer_is_forgotten_after_a_day(
        self, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        assert answers.claim(request_, START + timedelta(hours=25)) is None

    def test_what_nobody_asks_for_any_more_is_forgotten_after_a_day_a_few_at_a_time(
        self, town: Town, answers: FirstAnswers, request_: Request
    ) -> None:
        bob = replace(request_, profile_id=town.person("bob"))
        keys = [replace(request_, key=str(number)) for number in range(2)]
        for each in (*keys, bob):
            answers.claim(each, START)
        answers.keep(keys[0], START, ANSWER)
        young = replace(request_, key="young")
        answers.claim(young, START + timedelta(hours=1))
        answers.keep(young, START + timedelta(hours=1), ANSWER)
        later = START + timedelta(hours=24, seconds=1)
        forget = replace(town.container.maintenance()["old-answers"], now=lambda: later, most=2)
        assert [forget(), forget(), forget()] == [True, False, False]
        assert answers.claim(young, later) == ANSWER
        assert answers.forget(later, 9) == 1
        assert answers.claim(young, later) is None

    def test_sealed_at_rest_no_answer_is_kept_as_it_is(
        self, town: Town, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        kept = town.container.kept_answers().claim(request_, START)
        assert kept.status == 201
        assert b"whsec_" not in kept.body
        assert b"secret" not in kept.body

    @pytest.mark.parametrize("of_another", ["person", "key"])
    def test_an_answer_that_is_put_under_another_person_or_key_is_not_repeated(
        self, town: Town, answers: FirstAnswers, request_: Request, of_another: str
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        kept = town.container.kept_answers()
        other = {"person": {"profile_id": town.person("bob")}, "key": {"key": "another"}}
        moved = replace(request_, **other[of_another])
        kept.claim(moved, START)
        kept.keep(moved, START, kept.claim(request_, START))
        with pytest.raises(Conflict) as refused:
            answers.claim(moved, START)
        assert refused.value.code == "idempotency_answer_lost"

    def test_where_no_key_opens_an_answer_nobody_is_told_to_do_it_again(
        self, town: Town, answers: FirstAnswers, request_: Request
    ) -> None:
        answers.claim(request_, START)
        answers.keep(request_, START, ANSWER)
        sealer = AesSealer([read_key(new_sealing_key())])
        without = SealedFirstAnswers(town.container.kept_answers(), sealer)
        for _ in range(2):
            with pytest.raises(Conflict) as refused:
                without.claim(request_, START + timedelta(hours=1))
            assert refused.value.code == "idempotency_answer_lost"
        assert answers.claim(request_, START) == ANSWER
