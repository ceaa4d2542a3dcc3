"""What every store of second factors promises."""

from dataclasses import asdict, replace
from datetime import timedelta

from stonks.adapters.clock import new_id
from stonks.application.identity.second_factors.ports import SecondFactorReads
from stonks.domain.identity.half_session import HalfSession
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.second_factors import SecondFactors
from stonks.domain.identity.totp import TotpEnrolment, TotpFactor
from stonks.domain.ids import ProfileId
from tests.contracts.identity import HOUR, NOW, IdentityStore

NOTHING = SecondFactors()
CODES = [digest_of(f"code {number}") for number in range(3)]


def a_half(profile_id: ProfileId, name: str = "one") -> HalfSession:
    """A half session with a value of its own in every field."""
    return HalfSession(digest_of(name), profile_id, "Firefox on Debian", NOW, NOW + HOUR)


def a_factor(profile_id: ProfileId, step: int = 55_000_000) -> TotpFactor:
    return TotpFactor(profile_id, b"\x00sealed\xff", NOW, step)


class HalfSessionsContract:
    """``HalfSessionRepository``. Subclasses give ``store``."""

    def test_every_field_of_a_half_session_comes_back(self, store: IdentityStore) -> None:
        half = a_half(store.profile().id)
        with store.begin() as work:
            work.half_sessions.add(half)
        with store.begin() as work:
            found = work.half_sessions.get(half.digest)
            assert found is not None
            assert asdict(found) == asdict(half)

    def test_an_unknown_one_is_nobodys(self, store: IdentityStore) -> None:
        with store.begin() as work:
            assert work.half_sessions.get(digest_of("unknown")) is None
            assert not work.half_sessions.remove(digest_of("unknown"))

    def test_one_is_removed_once(self, store: IdentityStore) -> None:
        half = a_half(store.profile().id)
        with store.begin() as work:
            work.half_sessions.add(half)
        with store.begin() as work:
            assert work.half_sessions.remove(half.digest)
            assert not work.half_sessions.remove(half.digest)
            assert work.half_sessions.get(half.digest) is None

    def test_they_end_with_the_sessions_of_their_person(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        kept = store.session(mara.id)
        with store.begin() as work:
            work.half_sessions.add(a_half(mara.id, "hers"))
            work.half_sessions.add(a_half(bruno.id, "his"))
        with store.begin() as work:
            work.sessions.end_all(mara.id, NOW, but=kept.id)
        with store.begin() as work:
            assert work.half_sessions.get(digest_of("hers")) is None
            assert work.half_sessions.get(digest_of("his")) is not None

    def test_those_that_are_over_are_forgotten_some_at_a_time(self, store: IdentityStore) -> None:
        mara = store.profile()
        over = [replace(a_half(mara.id, f"{n}"), expires_at=NOW) for n in range(3)]
        with store.begin() as work:
            for half in [*over, a_half(mara.id, "open")]:
                work.half_sessions.add(half)
        forgotten = []
        for _ in range(3):
            with store.begin() as work:
                forgotten.append(work.half_sessions.forget(NOW, 2))
        assert forgotten == [2, 1, 0]
        with store.begin() as work:
            assert work.half_sessions.get(digest_of("open")) is not None


class TotpContract:
    """The part of ``SecondFactorRepository`` that keeps authenticator apps."""

    def test_every_field_of_an_app_comes_back(self, store: IdentityStore) -> None:
        factor = a_factor(store.profile().id)
        with store.begin() as work:
            work.second_factors.put_totp(factor)
        with store.begin() as work:
            found = work.second_factors.totp(factor.profile_id)
            assert found is not None
            assert asdict(found) == asdict(factor)

    def test_every_field_of_an_enrolment_comes_back(self, store: IdentityStore) -> None:
        enrolment = TotpEnrolment(store.profile().id, b"\x00sealed\xff", NOW)
        with store.begin() as work:
            work.second_factors.enrol(enrolment)
        with store.begin() as work:
            found = work.second_factors.enrolment(enrolment.profile_id)
            assert found is not None
            assert asdict(found) == asdict(enrolment)

    def test_the_last_one_is_the_one(self, store: IdentityStore) -> None:
        mara = store.profile().id
        second = replace(a_factor(mara), sealed=b"second", confirmed_at=NOW + HOUR, last_step=1)
        later = TotpEnrolment(mara, b"later", NOW + HOUR)
        with store.begin() as work:
            work.second_factors.put_totp(a_factor(mara))
            work.second_factors.put_totp(second)
            work.second_factors.enrol(TotpEnrolment(mara, b"first", NOW))
            work.second_factors.enrol(later)
        with store.begin() as work:
            assert work.second_factors.totp(mara) == second
            assert work.second_factors.enrolment(mara) == later

    def test_it_ends_once_and_for_one_person(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        with store.begin() as work:
            for person in (mara, bruno):
                work.second_factors.put_totp(a_factor(person))
                work.second_factors.enrol(TotpEnrolment(person, b"sealed", NOW))
        with store.begin() as work:
            assert work.second_factors.end_totp(mara)
            assert not work.second_factors.end_totp(mara)
            work.second_factors.end_enrolment(mara)
        with store.begin() as work:
            assert work.second_factors.totp(mara) is None
            assert work.second_factors.enrolment(mara) is None
            assert work.second_factors.totp(bruno) is not None
            assert work.second_factors.enrolment(bruno) is not None

    def test_a_step_is_used_once_and_never_after_a_later_one(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        with store.begin() as work:
            work.second_factors.put_totp(a_factor(mara, step=10))
            work.second_factors.put_totp(a_factor(bruno, step=10))
        with store.begin() as work:
            used = [work.second_factors.use_step(mara, step) for step in (9, 10, 12, 12, 11, 13)]
            assert used == [False, False, True, False, False, True]
            assert not work.second_factors.use_step(ProfileId(new_id()), 99)
        with store.begin() as work:
            factor, other = work.second_factors.totp(mara), work.second_factors.totp(bruno)
            assert factor is not None
            assert other is not None
            assert (factor.last_step, other.last_step) == (13, 10)

    def test_all_are_seen_page_by_page_and_sealed_anew(self, store: IdentityStore) -> None:
        people = sorted(store.profile(f"person{number}").id for number in range(5))
        with store.begin() as work:
            for person in people:
                work.second_factors.put_totp(a_factor(person))
        seen: list[ProfileId] = []
        after = None
        while True:
            with store.begin() as work:
                page = work.second_factors.sealed(after, 2)
                for factor in page:
                    work.second_factors.reseal(factor.profile_id, b"anew")
            if not page:
                break
            seen += [factor.profile_id for factor in page]
            after = seen[-1]
        assert seen == people
        with store.begin() as work:
            found = work.second_factors.totp(people[0])
        assert found == replace(a_factor(people[0]), sealed=b"anew")


class RecoveryCodesContract:
    """The part of ``SecondFactorRepository`` that keeps recovery codes."""

    def test_each_is_used_once_by_whose_it_is(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        with store.begin() as work:
            work.second_factors.put_codes(mara, CODES, NOW)
        with store.begin() as work:
            assert not work.second_factors.use_code(bruno, CODES[0], NOW)
            assert not work.second_factors.use_code(mara, digest_of("unknown"), NOW)
            assert work.second_factors.use_code(mara, CODES[0], NOW)
            assert not work.second_factors.use_code(mara, CODES[0], NOW + HOUR)
        with store.begin() as work:
            assert work.second_factors.of(mara).recovery_codes_left == 2

    def test_new_ones_replace_all_before(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        with store.begin() as work:
            work.second_factors.put_codes(mara, CODES, NOW)
            work.second_factors.put_codes(bruno, CODES, NOW)
            work.second_factors.use_code(mara, CODES[1], NOW)
            work.second_factors.put_codes(mara, CODES[1:2], NOW + HOUR)
        with store.begin() as work:
            assert work.second_factors.of(mara).recovery_codes_left == 1
            assert work.second_factors.of(bruno).recovery_codes_left == 3
            assert not work.second_factors.use_code(mara, CODES[0], NOW + HOUR)
            assert work.second_factors.use_code(mara, CODES[1], NOW + HOUR)
            work.second_factors.put_codes(mara, [], NOW)
            assert work.second_factors.of(mara) == NOTHING

    def test_a_use_that_rolls_back_was_none(self, store: IdentityStore) -> None:
        mara = store.profile().id
        with store.begin() as work:
            work.second_factors.put_codes(mara, CODES, NOW)
            work.second_factors.put_totp(a_factor(mara, step=10))
            work.half_sessions.add(a_half(mara))
        try:
            with store.begin() as work:
                work.second_factors.use_code(mara, CODES[0], NOW)
                work.second_factors.use_step(mara, 11)
                work.half_sessions.remove(a_half(mara).digest)
                raise TimeoutError
        except TimeoutError:
            pass
        with store.begin() as work:
            assert work.second_factors.use_code(mara, CODES[0], NOW)
            assert work.second_factors.use_step(mara, 11)
            assert work.half_sessions.remove(a_half(mara).digest)


class SecondFactorReadsContract:
    """``SecondFactorReads``; subclasses give ``factors_of``, on the same store."""

    def test_it_tells_what_there_is(
        self, store: IdentityStore, factors_of: SecondFactorReads
    ) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        assert factors_of(mara) == NOTHING
        with store.begin() as work:
            work.second_factors.enrol(TotpEnrolment(mara, b"sealed", NOW))
        assert factors_of(mara) == NOTHING, "what is not confirmed does not count"
        with store.begin() as work:
            work.second_factors.put_totp(a_factor(mara))
            work.second_factors.put_codes(mara, CODES, NOW)
            work.second_factors.use_code(mara, CODES[0], NOW + timedelta(seconds=1))
        assert factors_of(mara) == SecondFactors(totp=True, passkeys=0, recovery_codes_left=2)
        assert factors_of(bruno) == NOTHING


class SecondFactorsContract(
    HalfSessionsContract, TotpContract, RecoveryCodesContract, SecondFactorReadsContract
):
    """All of it."""
