"""Turning second factors on and off, and what a login needs then."""

from dataclasses import replace
from typing import Any

import pytest

from stonks.adapters.memory.identity import IdentityTables
from stonks.adapters.memory.mail import MailTables
from stonks.adapters.sealing import new_sealing_key
from stonks.application.identity.admission import HalfSignedIn
from stonks.application.identity.grants import Grant
from stonks.application.identity.second_factors.half import redeem_half
from stonks.application.identity.second_factors.limits import (
    OF_ACCOUNT,
    OF_ACCOUNT_A_DAY,
    Guesses,
)
from stonks.application.mail.ports import Mail
from stonks.application.ports import Limit
from stonks.application.resealing import Resealed
from stonks.domain.errors import Limited, Refusal
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.second_factors import SecondFactors
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import HOME, PASSWORD, IdentityCases
from tests.contracts.second_factor_cases import ADDRESS, SecondFactorCases, a_sealer

Person = tuple[Profile, Grant]


@pytest.fixture
def factors(cases: IdentityCases) -> SecondFactorCases:
    return SecondFactorCases(cases)


@pytest.fixture
def mara(factors: SecondFactorCases) -> Person:
    return factors.cases.member()


@pytest.fixture
def mails(store: IdentityStore) -> "Mails":
    return Mails(store)


class Mails:
    """What has been told by mail."""

    def __init__(self, store: IdentityStore) -> None:
        self._store = store

    def told(self) -> list[tuple[str, str, dict[str, str]]]:
        with self._store.begin() as work:
            tables: MailTables = work.mails.tables  # type: ignore[attr-defined]
        rows: list[Mail] = tables.outgoing.where(lambda row: True)
        return [
            (row.kind.value, row.to, dict(row.values))
            for row in rows
            if "factor" in row.kind or "recovery" in row.kind
        ]


def code_of(call: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(**given)
    return refusal.value.code


def finish(factors: SecondFactorCases, token: str, code: str) -> Grant:
    _, grant = factors.finish(mfa_token=token, code=code, address=ADDRESS)
    return grant


def refused(factors: SecondFactorCases, token: str, code: str) -> str:
    return code_of(factors.finish, mfa_token=token, code=code, address=ADDRESS)


def confirm(factors: SecondFactorCases, person: Person, code: str) -> Any:
    profile, grant = person
    given = {"actor": profile.id, "session_id": grant.session_id, "address": ADDRESS}
    return factors.confirm(code=code, **given)


def turn_on(factors: SecondFactorCases, person: Person) -> Any:
    return factors.turn_on(person[0].id, person[1].session_id)


def of(factors: SecondFactorCases, person: Person) -> SecondFactors:
    with factors.cases.store.begin() as work:
        return work.second_factors.of(person[0].id)


def test_a_login_needs_no_second_factor_where_there_is_none(
    factors: SecondFactorCases, mara: Person
) -> None:
    factors.start(actor=mara[0].id, session_id=mara[1].session_id)  # and never confirmed
    _, entry = factors.cases.log_in(login="mara", password=PASSWORD, **HOME)
    assert isinstance(entry, Grant)


def test_a_login_with_the_right_password_is_half_of_one(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, _ = turn_on(factors, mara)
    _, entry = factors.cases.log_in(login="mara", password=PASSWORD, **HOME)
    assert isinstance(entry, HalfSignedIn)
    assert entry.ways == ["totp", "recovery_code"]
    assert entry.expires_in == 600
    grant = finish(factors, entry.token, app.code())
    person = factors.cases.authenticate(grant.access_token)
    assert person.profile_id == mara[0].id
    assert person.proven_at == factors.cases.clock(), "a login is fresh proof"


def test_the_session_is_of_the_device_that_gave_the_password(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, _ = turn_on(factors, mara)
    grant = finish(factors, factors.half(mara[0]), app.code())
    with factors.cases.store.begin() as work:
        assert work.sessions.lock(grant.session_id).device == "Firefox"


def test_the_code_that_confirmed_is_refused_at_a_login(
    factors: SecondFactorCases, mara: Person
) -> None:
    app = factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
    confirm(factors, mara, app.code())
    assert refused(factors, factors.half(mara[0]), app.code()) == "wrong_code"
    factors.cases.clock.pass_(30)
    assert finish(factors, factors.half(mara[0]), app.code())


def test_the_same_code_twice_is_refused(factors: SecondFactorCases, mara: Person) -> None:
    app, _ = turn_on(factors, mara)
    code = app.code()
    assert finish(factors, factors.half(mara[0]), code)
    assert refused(factors, factors.half(mara[0]), code) == "wrong_code"


def test_a_code_older_than_the_last_that_was_used_is_refused(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, _ = turn_on(factors, mara)
    assert finish(factors, factors.half(mara[0]), app.code(1))  # a clock that is ahead
    assert refused(factors, factors.half(mara[0]), app.code()) == "wrong_code"


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_codes_of_a_clock_that_is_far_off_are_refused(
    factors: SecondFactorCases, mara: Person, steps: int
) -> None:
    app, _ = turn_on(factors, mara)
    factors.cases.clock.pass_(300)
    assert refused(factors, factors.half(mara[0]), app.code(steps)) == "wrong_code"


def test_the_code_of_somebody_else_is_refused(factors: SecondFactorCases, mara: Person) -> None:
    bruno = factors.cases.member("bruno")
    _, her_codes = turn_on(factors, mara)
    his_app, _ = turn_on(factors, bruno)
    half = factors.half(mara[0])
    assert refused(factors, half, his_app.code()) == "wrong_code"
    assert refused(factors, factors.half(bruno[0]), her_codes[0]) == "wrong_code"
    assert of(factors, mara).recovery_codes_left == 10


def test_a_secret_copied_to_another_person_lets_nobody_in(
    factors: SecondFactorCases, mara: Person
) -> None:
    bruno = factors.cases.member("bruno")
    turn_on(factors, mara)
    app, _ = turn_on(factors, bruno)
    with factors.cases.store.begin() as work:
        his = work.second_factors.totp(bruno[0].id)
        assert his is not None
        work.second_factors.put_totp(replace(his, profile_id=mara[0].id))
    factors.cases.clock.pass_(60)
    assert refused(factors, factors.half(mara[0]), app.code()) == "sealing_key_missing"


def test_a_wrong_code_leaves_the_token_for_another_try(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, _ = turn_on(factors, mara)
    token = factors.half(mara[0])
    assert refused(factors, token, "000000") == "wrong_code"
    assert finish(factors, token, app.code())


def test_a_half_signed_in_token_works_once(factors: SecondFactorCases, mara: Person) -> None:
    app, codes = turn_on(factors, mara)
    token = factors.half(mara[0])
    assert finish(factors, token, app.code())
    assert refused(factors, token, codes[0]) == "mfa_token_invalid"


def test_a_half_signed_in_token_works_for_ten_minutes(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, _ = turn_on(factors, mara)
    late, later = factors.half(mara[0]), factors.half(mara[0])
    factors.cases.clock.pass_(599)
    assert finish(factors, late, app.code())
    factors.cases.clock.pass_(1)
    assert refused(factors, later, app.code()) == "mfa_token_invalid"


@pytest.mark.parametrize("token", ["", "unknown", "\x00", "\ud800", "x" * 100_000])
def test_what_is_no_half_signed_in_token_is_refused(factors: SecondFactorCases, token: str) -> None:
    assert refused(factors, token, "123456") == "mfa_token_invalid"


def test_a_half_signed_in_token_of_who_left_is_refused(
    factors: SecondFactorCases, mara: Person, store: IdentityStore
) -> None:
    app, _ = turn_on(factors, mara)
    token = factors.half(mara[0])
    factors.cases.deactivate(actor=mara[0].id)
    assert refused(factors, token, app.code()) == "mfa_token_invalid"


def test_who_left_while_the_token_stayed_is_refused_even_so(
    factors: SecondFactorCases, mara: Person, store: IdentityStore
) -> None:
    app, _ = turn_on(factors, mara)
    token = factors.half(mara[0])
    with store.begin() as work:
        profile = work.profiles.lock(mara[0].id)
        profile.deactivate(at=factors.cases.clock())
        work.profiles.save(profile)
    assert refused(factors, token, app.code()) == "mfa_token_invalid"


def test_a_second_proof_that_fails_leaves_the_half_session(
    factors: SecondFactorCases, mara: Person, store: IdentityStore
) -> None:
    turn_on(factors, mara)
    token, at = factors.half(mara[0]), factors.cases.clock()
    with pytest.raises(TimeoutError), store.begin() as work:  # noqa: PT012 -- that is the point
        redeem_half(work, token, at)
        raise TimeoutError
    with store.begin() as work:
        profile, half = redeem_half(work, token, at)
        assert (profile.id, half.device) == (mara[0].id, "Firefox")
    assert refused(factors, token, "123456") == "mfa_token_invalid"


def test_a_recovery_code_works_once_and_its_owner_is_told(
    factors: SecondFactorCases, mara: Person, mails: Mails
) -> None:
    _, codes = turn_on(factors, mara)
    assert len(codes) == 10
    assert finish(factors, factors.half(mara[0]), codes[3].upper().replace("-", " "))
    assert refused(factors, factors.half(mara[0]), codes[3]) == "wrong_code"
    assert of(factors, mara).recovery_codes_left == 9
    told = ("recovery_code_used", "mara@example.org", {"left": "9"})
    assert [mail for mail in mails.told() if mail[0] == "recovery_code_used"] == [told]


def test_all_ten_recovery_codes_work_and_then_none_is_offered(
    cases: IdentityCases,
) -> None:
    factors = SecondFactorCases(cases, scale=100)
    mara = cases.member()
    _, codes = turn_on(factors, mara)
    for code in codes:
        assert finish(factors, factors.half(mara[0]), code)
    entry = factors.enter(mara[0])
    assert isinstance(entry, HalfSignedIn)
    assert entry.ways == ["totp"]


def test_new_recovery_codes_make_the_old_ones_worthless(
    factors: SecondFactorCases, mara: Person, mails: Mails
) -> None:
    _, old = turn_on(factors, mara)
    new = factors.renew(actor=mara[0].id, session_id=mara[1].session_id)
    assert refused(factors, factors.half(mara[0]), old[0]) == "wrong_code"
    assert finish(factors, factors.half(mara[0]), new[0])
    assert ("recovery_codes_renewed", "mara@example.org", {}) in mails.told()


def test_there_are_no_recovery_codes_without_a_second_factor(
    factors: SecondFactorCases, mara: Person
) -> None:
    assert (
        code_of(factors.renew, actor=mara[0].id, session_id=mara[1].session_id)
        == "second_factor_off"
    )
    assert of(factors, mara) == SecondFactors()


def test_turning_it_on_ends_the_other_sessions_and_tells_by_mail(
    factors: SecondFactorCases, mara: Person, mails: Mails
) -> None:
    _, other = factors.cases.log_in(login="mara", password=PASSWORD, **HOME)
    assert isinstance(other, Grant)
    turn_on(factors, mara)
    assert factors.cases.ended == [other.session_id]
    assert code_of(factors.cases.authenticate, token=other.access_token) == "session_ended"
    assert factors.cases.authenticate(mara[1].access_token)
    assert mails.told() == [("second_factor_added", "mara@example.org", {"factor": "totp"})]


def test_turning_it_off_ends_the_other_sessions_and_tells_by_mail(
    factors: SecondFactorCases, mara: Person, mails: Mails
) -> None:
    app, codes = turn_on(factors, mara)
    other = finish(factors, factors.half(mara[0]), app.code())
    waiting = factors.half(mara[0])
    factors.cases.ended.clear()
    factors.end(actor=mara[0].id, session_id=mara[1].session_id)
    assert factors.cases.ended == [other.session_id]
    assert of(factors, mara) == SecondFactors()
    assert mails.told()[-1] == (
        "second_factor_removed",
        "mara@example.org",
        {"factor": "totp"},
    )
    assert refused(factors, waiting, codes[0]) == "mfa_token_invalid"
    assert isinstance(factors.enter(mara[0]), Grant)


def test_turning_it_off_where_it_is_off_changes_nothing(
    factors: SecondFactorCases, mara: Person, mails: Mails
) -> None:
    app = factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
    factors.cases.log_in(login="mara", password=PASSWORD, **HOME)
    factors.end(actor=mara[0].id, session_id=mara[1].session_id)
    assert (factors.cases.ended, mails.told()) == ([], [])
    given = {"actor": mara[0].id, "session_id": mara[1].session_id, "address": ADDRESS}
    assert code_of(factors.confirm, code=app.code(), **given) == "totp_not_started"


def test_a_new_app_counts_only_once_it_is_confirmed(
    factors: SecondFactorCases, mara: Person
) -> None:
    old, old_codes = turn_on(factors, mara)
    new = factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
    assert refused(factors, factors.half(mara[0]), new.code()) == "wrong_code"
    assert finish(factors, factors.half(mara[0]), old.code())
    confirm(factors, mara, new.code())
    factors.cases.clock.pass_(30)
    assert refused(factors, factors.half(mara[0]), old.code()) == "wrong_code"
    assert refused(factors, factors.half(mara[0]), old_codes[0]) == "wrong_code"
    assert finish(factors, factors.half(mara[0]), new.code())


def test_only_the_last_secret_that_was_shown_is_confirmed(
    factors: SecondFactorCases, mara: Person
) -> None:
    first, last = (
        factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
        for _ in range(2)
    )
    given = {"actor": mara[0].id, "session_id": mara[1].session_id, "address": ADDRESS}
    assert code_of(factors.confirm, code=first.code(), **given) == "wrong_code"
    assert of(factors, mara) == SecondFactors()
    assert confirm(factors, mara, last.code())


def test_a_secret_is_confirmed_within_an_hour_or_never(
    factors: SecondFactorCases, mara: Person
) -> None:
    app = factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
    factors.cases.clock.pass_(3600)
    given = {"actor": mara[0].id, "session_id": mara[1].session_id, "address": ADDRESS}
    assert code_of(factors.confirm, code=app.code(), **given) == "totp_not_started"


def test_wrong_codes_count_per_account_across_password_entries_and_half_sessions(
    factors: SecondFactorCases, mara: Person
) -> None:
    factors.guesses = SecondFactorCases(factors.cases).guesses  # nothing was counted so far
    turn_on(factors, mara)  # one try
    app = factors.app("A" * 32)
    codes = [refused(factors, factors.half(mara[0]), app.code()) for _ in range(12)]
    assert codes == ["wrong_code"] * 9 + ["too_many_attempts"] * 3


def test_a_right_code_does_not_give_guessers_a_new_count(
    factors: SecondFactorCases, mara: Person
) -> None:
    app, codes = turn_on(factors, mara)  # one try
    for _ in range(4):
        assert refused(factors, factors.half(mara[0]), "000000") == "wrong_code"
    assert finish(factors, factors.half(mara[0]), app.code())
    for _ in range(4):
        assert refused(factors, factors.half(mara[0]), "000000") == "wrong_code"
    assert refused(factors, factors.half(mara[0]), codes[0]) == "too_many_attempts"


def test_an_account_takes_fifty_guesses_in_a_day_however_patient_they_are(
    factors: SecondFactorCases, mara: Person
) -> None:
    counted = factors.guesses.throttle

    def patient(limit: Limit, *key: str) -> None:
        if limit != OF_ACCOUNT:  # its 15 minutes have passed each time
            counted(limit, *key)

    factors.guesses = Guesses(patient)
    app, _ = turn_on(factors, mara)  # one try
    codes = [refused(factors, factors.half(mara[0]), "no code") for _ in range(49)]
    assert codes == ["wrong_code"] * 49
    with pytest.raises(Limited) as refusal:
        finish(factors, factors.half(mara[0]), app.code())
    assert refusal.value.limit == OF_ACCOUNT_A_DAY.name
    assert 23 * 3600 < refusal.value.retry_after <= 24 * 3600


def test_guesses_that_were_kept_out_use_up_no_day(factors: SecondFactorCases, mara: Person) -> None:
    counted, tries = factors.guesses.throttle, list[str]()

    def noted(limit: Limit, *key: str) -> None:
        counted(limit, *key)
        tries.append(limit.name)

    factors.guesses = Guesses(noted)
    turn_on(factors, mara)  # one try
    for _ in range(60):
        refused(factors, factors.half(mara[0]), "no code")
    assert tries.count(OF_ACCOUNT_A_DAY.name) == OF_ACCOUNT.quota


def test_guesses_from_one_address_count_whatever_token_they_come_with(
    factors: SecondFactorCases,
) -> None:
    codes = [refused(factors, f"token {number}", "123456") for number in range(101)]
    assert codes == ["mfa_token_invalid"] * 100 + ["too_many_attempts"]


def test_neither_secret_nor_code_nor_token_shows_in_a_repr(
    factors: SecondFactorCases, mara: Person
) -> None:
    new = factors.start(actor=mara[0].id, session_id=mara[1].session_id)
    app = factors.app(new.secret)
    confirm(factors, mara, app.code())
    entry = factors.enter(mara[0])
    assert isinstance(entry, HalfSignedIn)
    with factors.cases.store.begin() as work:
        factor = work.second_factors.totp(mara[0].id)
    shown = f"{new!r} {entry!r} {factor!r} {factors.sealer!r} {factors.check!r}"
    assert factor is not None
    for secret in (new.secret, entry.token, app.code(), str(factor.sealed)):
        assert secret not in shown


def test_what_is_kept_of_a_secret_cannot_be_read(
    factors: SecondFactorCases, mara: Person, identity_tables: IdentityTables
) -> None:
    app, codes = turn_on(factors, mara)
    kept = repr([vars_of(row) for row in identity_tables.second_factors.totp.rows.values()])
    kept += repr(identity_tables.second_factors.codes.rows)
    assert app.secret not in kept
    assert not any(code in kept for code in codes)


def vars_of(row: Any) -> list[object]:
    return [getattr(row, name) for name in row.__slots__]


def test_a_new_sealing_key_takes_over_from_the_old_one(cases: IdentityCases) -> None:
    old, new = new_sealing_key(), new_sealing_key()
    before = SecondFactorCases(cases, sealer=a_sealer(old))
    people = [cases.member(f"person{number}") for number in range(3)]
    apps = [turn_on(before, person)[0] for person in people]
    rotating = SecondFactorCases(cases, sealer=a_sealer(new, old))
    assert finish(rotating, rotating.half(people[0][0]), apps[0].code())
    assert rotating.reseal() == Resealed(anew=3)
    assert rotating.reseal() == Resealed(already=3)
    after = SecondFactorCases(cases, sealer=a_sealer(new))
    assert finish(after, after.half(people[1][0]), apps[1].code())
    lost = SecondFactorCases(cases, sealer=a_sealer())
    assert lost.reseal() == Resealed(lost=3)
    assert after.reseal() == Resealed(already=3)


def test_without_its_key_a_recovery_code_still_lets_in(cases: IdentityCases) -> None:
    before = SecondFactorCases(cases)
    mara = cases.member()
    app, codes = turn_on(before, mara)
    lost = SecondFactorCases(cases)
    token = lost.half(mara[0])
    assert refused(lost, token, app.code()) == "sealing_key_missing"
    assert finish(lost, token, codes[0])


def test_a_session_that_ended_meanwhile_gets_no_fresh_proof(
    factors: SecondFactorCases, mara: Person
) -> None:
    person = factors.cases.authenticate(mara[1].access_token)
    factors.cases.log_out(session_id=person.session_id)
    given = {"person": person, "address": ADDRESS, "password": PASSWORD}
    assert code_of(factors.reauthenticate, **given) == "session_ended"


def test_the_password_of_whoever_took_over_a_username_is_no_proof(
    factors: SecondFactorCases, mara: Person
) -> None:
    bruno = {"full_name": "Bruno", "username": "bruno", "email": "bruno@example.org"}
    theirs = "another harbour, other lanterns"
    factors.cases.sign_up(**bruno, password=theirs, **HOME)
    person = replace(factors.cases.authenticate(mara[1].access_token), username="bruno")
    for password in (theirs, PASSWORD):
        given = {"person": person, "address": ADDRESS, "password": password}
        assert code_of(factors.reauthenticate, **given) in ("proof_wrong", "sign_in_again")
