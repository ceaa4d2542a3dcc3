"""Nobody gets above themselves."""

from threading import Barrier, Thread

import pytest

from tests.contracts.http import Browser
from tests.contracts.watchers import ALL, Watchers, answered, refused


@pytest.fixture(scope="module")
def stonks(lasting_browser: Browser) -> Watchers:
    return Watchers(lasting_browser)


@pytest.fixture(scope="module")
def staff(stonks: Watchers) -> str:
    return stonks.person(is_staff=True)


@pytest.fixture
def mara(stonks: Watchers) -> str:
    return stonks.person()


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_staff_is_given_and_taken_by_no_api(
    stonks: Watchers, staff: str, mara: str, method: str
) -> None:
    other = stonks.person(is_staff=True)
    for whom in (mara, other, staff):
        response = stonks.grant(staff, whom, "staff", method)
        assert refused(response) == (403, "staff_by_command")
    assert stonks.types(mara) == ["member"]
    assert stonks.types(other) == stonks.types(staff) == ["member", "staff"]


@pytest.mark.parametrize(
    "name", ["Staff", "STAFF", "staff%20", "%20staff", "staff%00", "ѕtaff", "ｓtaff", "st\u00adaff"]
)
def test_a_look_alike_of_staff_is_no_type(
    stonks: Watchers, staff: str, mara: str, name: str
) -> None:
    assert refused(stonks.grant(staff, mara, name)) == (404, "unknown_account_type")


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("staff", 409, "account_type_built_in"),
        ("member", 409, "account_type_built_in"),
        ("Staff", 422, "name_malformed"),
        ("staff ", 422, "name_malformed"),
        ("staff\n", 422, "name_malformed"),
        ("ѕtaff", 422, "name_malformed"),
        ("superadmin", 422, "name_reserved"),
        ("admin", 422, "name_reserved"),
        ("host", 422, "name_reserved"),
    ],
)
def test_a_look_alike_of_a_rank_is_not_made(
    stonks: Watchers, staff: str, name: str, status: int, code: str
) -> None:
    response = stonks.ask(staff, "POST", "/account-types", json={"name": name})
    assert refused(response) == (status, code)


@pytest.mark.parametrize("permission", ALL)
def test_nobody_gives_what_they_may_not_do_themselves(
    stonks: Watchers, mara: str, permission: str
) -> None:
    own = [other for other in ALL if other != permission or permission == "account_types.grant"]
    giver = stonks.who_may(*own)
    kind = stonks.kind(permission, *own)
    if permission == "account_types.grant":
        assert stonks.grant(giver, mara, kind).status_code == 204
        return
    assert refused(stonks.grant(giver, mara, kind)) == (403, "beyond_your_own")
    stonks.give(mara, kind)
    assert stonks.grant(giver, mara, kind, "DELETE").status_code == 403
    assert stonks.types(mara) == ["member", kind]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nobody_gives_themselves_anything_nor_rids_themselves_of_it(
    stonks: Watchers, staff: str, method: str
) -> None:
    giver = stonks.who_may(*ALL)
    had, kind = stonks.types(giver), stonks.kind("audit.read")
    for who in (giver, staff):
        assert refused(stonks.grant(who, who, kind, method)) == (403, "rank_too_low")
    assert stonks.types(giver) == had


def test_a_type_that_allows_everything_does_not_reach_staff(stonks: Watchers, staff: str) -> None:
    almighty = stonks.who_may("channels.open", *ALL)
    assert refused(stonks.set_active(almighty, staff, False)) == (403, "rank_too_low")
    assert refused(stonks.grant(almighty, staff, stonks.kind())) == (403, "rank_too_low")
    for method, path in (
        ("POST", "/account-types"),
        ("PATCH", "/account-types/member"),
        ("DELETE", f"/account-types/{stonks.kind()}"),
    ):
        body = {"json": {"name": "x"}} if method == "POST" else {}
        response = stonks.ask(almighty, method, path, **body)
        assert refused(response) == (403, "staff_only")
    assert stonks.is_in(staff)
    answered(stonks.set_active(staff, almighty, False))


def test_a_type_for_everybody_gives_no_power_over_others(stonks: Watchers, staff: str) -> None:
    for permission in ALL:
        body = {"permissions": ["channels.open", permission]}
        response = stonks.ask(staff, "PATCH", "/account-types/member", json=body)
        assert refused(response) == (422, "not_for_everybody")
    response = stonks.ask(staff, "PATCH", "/account-types/staff", json={"permissions": []})
    assert refused(response) == (409, "account_type_built_in")


def test_nobody_deactivates_staff_nor_themselves_nor_an_equal(stonks: Watchers, staff: str) -> None:
    other = stonks.person(is_staff=True)
    kind = stonks.kind("profiles.read_all", "profiles.moderate")
    moderator, equal = stonks.person(kind), stonks.person(kind)
    reader = stonks.who_may("profiles.read_all", "audit.read")
    for who, whom in (
        *((staff, other), (staff, staff), (moderator, staff), (moderator, moderator)),
        *((moderator, equal), (moderator, reader)),
    ):
        assert refused(stonks.set_active(who, whom, False)) == (403, "rank_too_low")
        assert stonks.is_in(whom)


def test_an_inactive_superadmin_is_not_restored_by_a_lower_rank(
    stonks: Watchers, staff: str
) -> None:
    gone = stonks.person(is_staff=True)
    stonks.browser.container.deactivate_profile()(actor=stonks.ids[gone])
    almighty = stonks.who_may(*ALL)
    assert refused(stonks.set_active(almighty, gone, True)) == (403, "rank_too_low")
    assert refused(stonks.set_active(staff, gone, True)) == (403, "rank_too_low")


def test_a_power_that_was_taken_is_gone_with_the_next_request(
    stonks: Watchers, staff: str, mara: str
) -> None:
    kind = stonks.kind("profiles.read_all", "profiles.moderate")
    moderator = stonks.person(kind)
    assert stonks.ask(moderator, "GET", "/profiles").status_code == 200
    assert stonks.grant(staff, moderator, kind, "DELETE").status_code == 204
    assert refused(stonks.ask(moderator, "GET", "/profiles")) == (403, "permission_required")
    assert refused(stonks.set_active(moderator, mara, False)) == (403, "permission_required")
    assert stonks.is_in(mara)


def test_who_may_not_does_not_learn_who_or_what_exists(stonks: Watchers, mara: str) -> None:
    answers = {
        stonks.ask(mara, method, path, **body).data
        for path in (
            f"/profiles/{stonks.ids[mara]}",
            "/profiles/" + "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
        )
        for method, body in (("GET", {}),)
    }
    assert len(answers) == 1


def test_two_who_deactivate_each_other_at_once_do_not_both_win(stonks: Watchers) -> None:
    """Equals cannot at all; nobody is left without somebody above them."""
    one, other = stonks.person(is_staff=True), stonks.person(is_staff=True)
    start, codes = Barrier(2), list[str]()

    def strike(who: str, whom: str) -> None:
        start.wait(30)
        codes.append(refused(stonks.set_active(who, whom, False))[1])

    threads = [Thread(target=strike, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert codes == ["rank_too_low"] * 2
    assert stonks.is_in(one)
    assert stonks.is_in(other)


def a_token(stonks: Watchers, who: str, *scopes: str) -> dict[str, str]:
    body = {"name": "a script", "scopes": list(scopes)}
    made = stonks.browser.ask("POST", "/profiles/me/tokens", who, json=body)
    return {"Authorization": f"Bearer {answered(made, 201)['token']}"}


def test_an_access_token_rules_nobody_without_the_scope_for_it(
    stonks: Watchers, staff: str, mara: str
) -> None:
    path, body = f"/profiles/{stonks.ids[mara]}", {"active": False}
    lesser = a_token(stonks, staff, "profile:read", "profile:write", "moderation")
    for method, where in (("GET", "/profiles"), ("GET", "/audit"), ("PATCH", path)):
        response = stonks.ask(None, method, where, headers=lesser, json=body)
        assert refused(response) == (403, "scope_missing")
    assert stonks.is_in(mara)
    of_a_member = a_token(stonks, mara, "admin")
    response = stonks.ask(None, "GET", "/profiles", headers=of_a_member)
    assert refused(response) == (403, "permission_required")
    ruler = a_token(stonks, staff, "admin")
    answered(stonks.ask(None, "PATCH", path, headers=ruler, json=body))
    assert not stonks.is_in(mara)
