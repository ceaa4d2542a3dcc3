"""What every store of identities elsewhere promises."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from stonks.adapters.clock import new_id
from stonks.domain.errors import Conflict
from stonks.domain.identity.external_flow import EntryCode, ExternalFlow, Link
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.ids import ProfileId
from tests.contracts.identity import HOUR, NOW, IdentityStore

ISSUER = "https://issuer.example"


def an_identity(profile_id: ProfileId, subject: str = "248289761001") -> ExternalIdentity:
    """An identity with a value of its own in every field."""
    return ExternalIdentity(
        id=ExternalIdentityId(new_id()),
        profile_id=profile_id,
        provider="acme",
        issuer=ISSUER,
        subject=subject,
        email="mara@elsewhere.example",
        linked_at=NOW,
        used_at=NOW + HOUR,
    )


def a_flow(link: Link | None = None, state: bytes = b"state") -> ExternalFlow:
    """A flow with a value of its own in every field."""
    return ExternalFlow(
        state=state,
        browser=b"browser",
        provider="acme",
        nonce="a nonce",
        verifier="a verifier",
        next="/channels?live=1",
        link=link,
        expires_at=NOW + HOUR,
    )


def a_code(profile_id: ProfileId, code: bytes = b"code") -> EntryCode:
    """A code with a value of its own in every field."""
    return EntryCode(code=code, browser=b"browser", profile_id=profile_id, expires_at=NOW + HOUR)


def work_of(store: IdentityStore) -> Callable[[], Any]:
    """Units of work, which hold more than ``IdentityWork`` tells of."""
    return store.begin


class ExternalContract:
    """``ExternalIdentities``, ``ExternalFlows``, ``EntryCodes``. Subclasses give ``store``."""

    @pytest.fixture
    def begin(self, store: IdentityStore) -> Callable[[], Any]:
        return work_of(store)

    def test_every_field_of_an_identity_comes_back(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        identity = an_identity(store.profile().id)
        with begin() as work:
            work.identities.add(identity)
        with begin() as work:
            assert work.identities.find(ISSUER, identity.subject) == identity
            assert work.identities.of(identity.profile_id) == [identity]

    def test_every_field_of_a_flow_comes_back(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        profile = store.profile()
        flow = a_flow(Link(profile.id, store.session(profile.id).id))
        alone = replace(a_flow(state=b"another"), next=None)
        with begin() as work:
            work.external_flows.add(flow)
            work.external_flows.add(alone)
        with begin() as work:
            assert work.external_flows.take(b"state", b"browser", "acme") == flow
            assert work.external_flows.take(b"another", b"browser", "acme") == alone

    def test_every_field_of_a_code_comes_back(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        code = a_code(store.profile().id)
        with begin() as work:
            work.entry_codes.add(code)
        with begin() as work:
            assert work.entry_codes.take(b"code", b"browser") == code

    def test_a_subject_speaks_for_one_person(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        with begin() as work:
            work.identities.add(an_identity(mara.id))
        for other in (bruno, mara):
            with pytest.raises(Conflict) as refusal, begin() as work:
                work.identities.add(an_identity(other.id))
            assert refusal.value.code == "identity_taken"

    def test_subjects_of_two_issuers_are_two_people(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        theirs = replace(an_identity(bruno.id), issuer="https://other.example")
        with begin() as work:
            work.identities.add(an_identity(mara.id))
            work.identities.add(theirs)
        with begin() as work:
            assert work.identities.find("https://other.example", theirs.subject) == theirs
            assert work.identities.find(ISSUER, theirs.subject.upper() + "x") is None

    def test_a_use_is_kept_and_a_removal_leaves_nothing(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        identity = an_identity(store.profile().id)
        other = replace(an_identity(identity.profile_id, "another"), linked_at=NOW - HOUR)
        with begin() as work:
            work.identities.add(identity)
            work.identities.add(other)
        identity.use(email=None, at=NOW + 5 * HOUR)
        with begin() as work:
            work.identities.save(identity)
        with begin() as work:
            assert work.identities.of(identity.profile_id) == [other, identity]
            work.identities.remove(other.id)
        with begin() as work:
            assert work.identities.of(identity.profile_id) == [identity]

    def test_identities_count_as_ways_in(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        profile = store.profile()
        with begin() as work:
            assert not work.passkeys.ways_in(profile.id).are_more_than_one
            work.identities.add(an_identity(profile.id))
            assert not work.passkeys.ways_in(profile.id).are_more_than_one
            work.identities.add(an_identity(profile.id, "another"))
            assert work.passkeys.ways_in(profile.id).identities == 2
            assert work.passkeys.ways_in(profile.id).are_more_than_one

    def test_an_address_that_was_proved_is_a_way_in_as_long_as_it_is_theirs(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        profile = store.profile()
        with begin() as work:
            work.email_proofs.put(profile.id, profile.email.upper(), NOW)
            assert work.passkeys.ways_in(profile.id).verified_email
        profile.email = "another@example.org"
        with begin() as work:
            work.profiles.save(profile)
            assert not work.passkeys.ways_in(profile.id).verified_email

    @pytest.mark.parametrize(
        ("state", "browser", "provider"),
        [
            (b"state", b"another", "acme"),
            (b"another", b"browser", "acme"),
            (b"state", b"browser", "google"),
        ],
    )
    def test_a_flow_is_for_its_state_browser_and_provider_together(
        self, begin: Callable[[], Any], state: bytes, browser: bytes, provider: str
    ) -> None:
        with begin() as work:
            work.external_flows.add(a_flow())
        with begin() as work:
            assert work.external_flows.take(state, browser, provider) is None
        with begin() as work:
            assert work.external_flows.take(b"state", b"browser", "acme") == a_flow()

    def test_a_code_is_for_its_browser(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        code = a_code(store.profile().id)
        with begin() as work:
            work.entry_codes.add(code)
        with begin() as work:
            assert work.entry_codes.take(b"code", b"another") is None
            assert work.entry_codes.take(b"another", b"browser") is None
        with begin() as work:
            assert work.entry_codes.take(b"code", b"browser") == code

    def test_a_code_that_is_found_is_there_still(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        code = a_code(store.profile().id)
        with begin() as work:
            work.entry_codes.add(code)
        for _ in range(2):
            with begin() as work:
                assert work.entry_codes.find(b"code", b"browser") == code
                assert work.entry_codes.find(b"code", b"another") is None
                assert work.entry_codes.find(b"another", b"browser") is None
        with begin() as work:
            assert work.entry_codes.take(b"code", b"browser") == code
            assert work.entry_codes.find(b"code", b"browser") is None

    @pytest.mark.parametrize("is_own", [True, False])
    def test_a_code_ends_with_all_sessions_of_its_owner(
        self, store: IdentityStore, begin: Callable[[], Any], is_own: bool
    ) -> None:
        mara, bruno = store.profile("mara").id, store.profile("bruno").id
        asking = store.session(mara).id if is_own else None
        with begin() as work:
            work.entry_codes.add(a_code(mara))
            work.entry_codes.add(a_code(bruno, b"another"))
        with begin() as work:
            work.sessions.end_all(mara, NOW, but=asking)
        with begin() as work:
            assert work.entry_codes.find(b"code", b"browser") is None
            assert work.entry_codes.find(b"another", b"browser") is not None

    def test_of_many_who_take_a_flow_or_a_code_at_once_one_gets_it(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        with begin() as work:
            work.external_flows.add(a_flow())
            work.entry_codes.add(a_code(store.profile().id))

        def take(_: int) -> tuple[bool, bool]:
            with begin() as work:
                flow = work.external_flows.take(b"state", b"browser", "acme")
                return flow is not None, work.entry_codes.take(b"code", b"browser") is not None

        with ThreadPoolExecutor(6) as threads:
            flows, codes = zip(*threads.map(take, range(6)), strict=True)
        assert (sum(flows), sum(codes)) == (1, 1)

    def test_only_what_is_over_is_purged(
        self, store: IdentityStore, begin: Callable[[], Any]
    ) -> None:
        profile = store.profile()
        later = NOW + timedelta(hours=3)
        with begin() as work:
            for number in range(3):
                work.external_flows.add(a_flow(state=bytes([number])))
                work.entry_codes.add(a_code(profile.id, bytes([number])))
            work.external_flows.add(replace(a_flow(state=b"later"), expires_at=later))
            work.entry_codes.add(replace(a_code(profile.id, b"later"), expires_at=later))
        for purged in (2, 1, 0):
            with begin() as work:
                assert work.external_flows.purge(NOW + HOUR, 2) == purged
                assert work.entry_codes.purge(NOW + HOUR, 2) == purged
        with begin() as work:
            assert work.external_flows.take(b"later", b"browser", "acme") is not None
            assert work.entry_codes.take(b"later", b"browser") is not None
