"""What every store of passkeys promises."""

from dataclasses import asdict, replace
from datetime import timedelta
from secrets import token_bytes
from typing import Any

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.ports import Begin
from stonks.domain.errors import Conflict
from stonks.domain.identity.ceremony import Ceremony, Purpose, challenge_digest
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId
from tests.contracts.identity import HOUR, NOW, IdentityStore

MINUTE = timedelta(minutes=1)


def a_passkey(profile_id: ProfileId, **changes: Any) -> Passkey:
    """A passkey with a value of its own in every field."""
    passkey = Passkey(
        id=PasskeyId(new_id()),
        profile_id=profile_id,
        credential_id=token_bytes(32),
        public_key=b"\x00a key\xff",
        sign_count=2**32 - 1,
        name="Phone",
        transports=("hybrid", "internal"),
        is_backup_eligible=True,
        is_backed_up=False,
        is_second_factor=True,
        created_at=NOW,
        used_at=NOW + HOUR,
    )
    return replace(passkey, **changes)


def a_ceremony(profile_id: ProfileId | None, **changes: Any) -> Ceremony:
    """A ceremony with a value of its own in every field."""
    digest = challenge_digest(token_bytes(32))
    ceremony = Ceremony(digest, Purpose.SECOND_FACTOR, b"\x00bound", profile_id, NOW + MINUTE)
    return replace(ceremony, **changes)


class PasskeysContract:
    """``PasskeyRepository`` and ``Ceremonies``. Subclasses give ``store``."""

    @pytest.fixture
    def begin(self, store: IdentityStore) -> Begin[PasskeyWork]:
        found: Begin[Any] = store.begin
        return found

    @pytest.fixture
    def mara(self, store: IdentityStore) -> ProfileId:
        return store.profile("mara").id

    @pytest.fixture
    def bruno(self, store: IdentityStore) -> ProfileId:
        return store.profile("bruno").id

    def _add(self, begin: Begin[PasskeyWork], passkey: Passkey) -> Passkey:
        with begin() as work:
            work.passkeys.add(passkey)
        return passkey

    def test_every_field_of_a_passkey_comes_back(
        self, begin: Begin[PasskeyWork], mara: ProfileId
    ) -> None:
        passkey = self._add(begin, a_passkey(mara))
        with begin() as work:
            handle = work.passkeys.handle(mara, b"handle")
            known = work.passkeys.known(passkey.credential_id)
            assert [asdict(one) for one in work.passkeys.of(mara)] == [asdict(passkey)]
        assert known is not None
        assert asdict(known.passkey) == asdict(passkey)
        assert known.handle == handle == b"handle"

    def test_changes_are_kept(self, begin: Begin[PasskeyWork], mara: ProfileId) -> None:
        passkey = self._add(begin, a_passkey(mara, used_at=None, sign_count=0))
        passkey.rename("Tablet")
        passkey.use(sign_count=7, is_backed_up=True, at=NOW + 2 * HOUR)
        passkey.is_second_factor = False
        with begin() as work:
            work.passkeys.save(passkey)
        with begin() as work:
            assert list(work.passkeys.of(mara)) == [passkey]

    def test_everybody_has_one_handle_for_good(
        self, begin: Begin[PasskeyWork], mara: ProfileId, bruno: ProfileId
    ) -> None:
        with begin() as work:
            assert work.passkeys.handle(mara, b"first") == b"first"
            assert work.passkeys.handle(bruno, b"other") == b"other"
        with begin() as work:
            assert work.passkeys.handle(mara, b"second") == b"first"

    def test_a_credential_belongs_to_one_account_alone(
        self, begin: Begin[PasskeyWork], mara: ProfileId, bruno: ProfileId
    ) -> None:
        passkey = self._add(begin, a_passkey(mara))
        for owner in (mara, bruno):
            with pytest.raises(Conflict) as refusal:
                self._add(begin, a_passkey(owner, credential_id=passkey.credential_id))
            assert refusal.value.code == "passkey_taken"
        with begin() as work:
            assert list(work.passkeys.of(bruno)) == []

    def test_people_have_their_own_in_order(
        self, begin: Begin[PasskeyWork], mara: ProfileId, bruno: ProfileId
    ) -> None:
        late = self._add(begin, a_passkey(mara, created_at=NOW + HOUR))
        self._add(begin, a_passkey(bruno))
        early = self._add(begin, a_passkey(mara))
        with begin() as work:
            assert list(work.passkeys.of(mara)) == [early, late]

    def test_what_is_removed_is_unknown(self, begin: Begin[PasskeyWork], mara: ProfileId) -> None:
        passkey, other = self._add(begin, a_passkey(mara)), self._add(begin, a_passkey(mara))
        with begin() as work:
            work.passkeys.handle(mara, b"handle")
            work.passkeys.remove(passkey.id)
        with begin() as work:
            assert work.passkeys.known(passkey.credential_id) is None
            assert list(work.passkeys.of(mara)) == [other]

    def test_those_that_are_meant_as_one_count_as_second_factors(
        self, begin: Begin[PasskeyWork], mara: ProfileId, bruno: ProfileId
    ) -> None:
        self._add(begin, a_passkey(mara, is_second_factor=False))
        self._add(begin, a_passkey(bruno))
        with begin() as work:
            assert list(work.second_factors.of(mara).ways) == []
            assert list(work.second_factors.of(bruno).ways) == ["passkey"]

    def test_the_ways_in_are_counted(self, begin: Begin[PasskeyWork], mara: ProfileId) -> None:
        with begin() as work:
            assert work.passkeys.ways_in(mara) == WaysIn()
        for number in (1, 2):
            self._add(begin, a_passkey(mara))
            with begin() as work:
                assert work.passkeys.ways_in(mara) == WaysIn(passkeys=number)
        with begin() as work:
            work.passwords.put(mara, "hash", NOW)
            work.email_proofs.put(mara, "somebody-else@example.org", NOW)
            assert work.passkeys.ways_in(mara) == WaysIn(password=True, passkeys=2)
            work.email_proofs.put(mara, "Mara@example.org", NOW)
            assert work.passkeys.ways_in(mara) == WaysIn(True, True, passkeys=2)

    def test_every_field_of_a_ceremony_comes_back_once(
        self, begin: Begin[PasskeyWork], mara: ProfileId
    ) -> None:
        for ceremony in (a_ceremony(mara), a_ceremony(None, bound_to=b"")):
            asked = (ceremony.digest, ceremony.purpose, ceremony.bound_to, NOW)
            with begin() as work:
                work.ceremonies.add(ceremony)
            with begin() as work:
                taken = work.ceremonies.take(*asked)
            with begin() as work:
                assert work.ceremonies.take(*asked) is None
            assert taken is not None
            assert asdict(taken) == asdict(ceremony)

    def test_a_ceremony_is_good_for_what_it_was_given_for_alone(
        self, begin: Begin[PasskeyWork], mara: ProfileId
    ) -> None:
        ceremony = a_ceremony(mara)
        digest, purpose, bound_to, over = (
            *(ceremony.digest, ceremony.purpose, ceremony.bound_to),
            ceremony.expires_at,
        )
        with begin() as work:
            work.ceremonies.add(ceremony)
        with begin() as work:
            for wrong in (
                (challenge_digest(b"other"), purpose, bound_to, NOW),
                (digest, Purpose.SIGN_IN, bound_to, NOW),
                (digest, purpose, b"", NOW),
                (digest, purpose, bound_to, over),
            ):
                assert work.ceremonies.take(*wrong) is None
            assert work.ceremonies.take(digest, purpose, bound_to, over - MINUTE / 60) == ceremony

    def test_a_ceremony_that_was_taken_in_a_block_that_raises_is_there_again(
        self, begin: Begin[PasskeyWork], mara: ProfileId
    ) -> None:
        ceremony = a_ceremony(mara)
        asked = (ceremony.digest, ceremony.purpose, ceremony.bound_to, NOW)
        with begin() as work:
            work.ceremonies.add(ceremony)
        with pytest.raises(ZeroDivisionError), begin() as work:  # noqa: PT012 -- the point
            work.ceremonies.take(*asked)
            raise ZeroDivisionError
        with begin() as work:
            assert work.ceremonies.take(*asked) == ceremony

    def test_those_that_are_over_are_purged_a_few_at_a_time(
        self, begin: Begin[PasskeyWork], mara: ProfileId
    ) -> None:
        kept = a_ceremony(mara, expires_at=NOW + 2 * MINUTE)
        with begin() as work:
            for ceremony in (kept, *(a_ceremony(None) for _ in range(3))):
                work.ceremonies.add(ceremony)
        for purged in (2, 1, 0):
            with begin() as work:
                assert work.ceremonies.purge(NOW + MINUTE, most=2) == purged
        with begin() as work:
            assert work.ceremonies.take(kept.digest, kept.purpose, kept.bound_to, NOW) == kept
