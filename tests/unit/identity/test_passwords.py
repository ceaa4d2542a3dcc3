"""Hashes of passwords, made and checked a few at a time."""

from threading import Event, Thread
from time import perf_counter

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from stonks.adapters.passwords import PwdlibPasswords, Turns, ZxcvbnCommonPasswords, argon2id
from stonks.application.identity.ports import CommonPasswords, Passwords
from stonks.domain.errors import Unavailable
from tests.contracts.passwords import STRONG, CommonPasswordsContract, PasswordsContract

QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


def test_hashes_are_argon2id_with_salt_and_the_agreed_cost() -> None:
    passwords = PwdlibPasswords(argon2id(), Turns())
    hashed = passwords.hash(STRONG)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashed != passwords.hash(STRONG)
    assert STRONG not in hashed


class TestPwdlibPasswords(PasswordsContract):
    @pytest.fixture
    def passwords(self) -> Passwords:
        return PwdlibPasswords(QUICK, Turns())

    @pytest.fixture
    def busy(self) -> Passwords:
        return PwdlibPasswords(QUICK, Turns(at_once=0, waiting=0))


class TestZxcvbnCommonPasswords(CommonPasswordsContract):
    @pytest.fixture
    def common(self) -> CommonPasswords:
        return ZxcvbnCommonPasswords()


def test_an_outdated_hash_is_renewed_when_it_matches() -> None:
    old = PwdlibPasswords(QUICK, Turns()).hash(STRONG)
    newer = PwdlibPasswords(Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1), Turns())
    renewed = newer.match(STRONG, old).renewed
    assert renewed is not None
    assert newer.match(STRONG, renewed).is_right
    assert newer.match(STRONG, renewed).renewed is None
    assert newer.match("wrong", old).renewed is None


def test_an_unknown_person_costs_as_much_as_a_known_one() -> None:
    passwords = PwdlibPasswords(argon2id(), Turns())
    hashed = passwords.hash(STRONG)

    def seconds(against: str | None) -> float:
        began = perf_counter()
        passwords.match("a wrong one", against)
        return perf_counter() - began

    pairs = [(seconds(hashed), seconds(None)) for _ in range(9)]
    known, unknown = (min(column) for column in zip(*pairs, strict=True))
    assert unknown > known * 0.5, "without the work it would take next to nothing"


def test_work_beyond_what_may_wait_is_refused_at_once() -> None:
    turns, begun, go_on = Turns(at_once=1, waiting=0), Event(), Event()

    def work() -> None:
        begun.set()
        go_on.wait(10)

    busy = Thread(target=turns, args=(work,))
    busy.start()
    assert begun.wait(10)
    with pytest.raises(Unavailable) as refusal:
        turns(lambda: None)
    go_on.set()
    busy.join(10)
    assert refusal.value.code == "busy"
    assert turns(lambda: "next") == "next"


def test_what_work_raises_is_raised_and_frees_its_turn() -> None:
    turns = Turns(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            turns(lambda: 1 // 0)
