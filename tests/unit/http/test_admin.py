"""Watching over accounts, as a client meets it."""

from typing import Any

import pytest

from stonks.application.mail.ports import MailKind
from stonks.domain.identity.deletion import GRACE, Deletion
from stonks.domain.identity.mail_link import LASTS, MailLink, Purpose
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.times import rfc3339
from tests.contracts.http import PASSWORD, Browser
from tests.contracts.watchers import ALL, UNKNOWN, Watchers, answered, names, refused


@pytest.fixture(scope="module")
def stonks(lasting_browser: Browser) -> Watchers:
    return Watchers(lasting_browser)


@pytest.fixture(scope="module")
def staff(stonks: Watchers) -> str:
    return stonks.person(is_staff=True)


@pytest.fixture
def mara(stonks: Watchers) -> str:
    return stonks.person()


def test_a_profile_is_searched_by_its_names_and_its_address(
    stonks: Watchers, staff: str, mara: str
) -> None:
    for q in (mara, mara.upper(), f"{mara}@example", mara.title()):
        found = answered(stonks.ask(staff, "GET", "/profiles", query_string={"q": q}))
        assert mara in names(found["items"])
    shown = next(item for item in found["items"] if item["username"] == mara)
    assert shown["email"] == f"{mara}@example.org"
    assert shown["accountTypes"] == ["member"]
    assert shown["active"] is True


@pytest.mark.parametrize("q", ["%", "_", "a%", "\\", "' OR ''='"])
def test_wildcards_in_a_search_match_only_themselves(
    stonks: Watchers, staff: str, mara: str, q: str
) -> None:
    found = answered(stonks.ask(staff, "GET", "/profiles", query_string={"q": q}))
    assert found == {"items": [], "nextCursor": None}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("q", "", "q_too_short"),
        ("q", "\0", "q_bad_characters"),
        ("q", "x" * 101, "q_too_long"),
        ("active", "maybe", "invalid_fields"),
        ("limit", "0", "invalid_fields"),
        ("limit", "101", "invalid_fields"),
        ("cursor", "not a cursor", "bad_cursor"),
        ("colour", "red", "invalid_fields"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(
    stonks: Watchers, staff: str, field: str, value: str, code: str
) -> None:
    response = stonks.ask(staff, "GET", "/profiles", query_string={field: value})
    assert refused(response) == (422, code)
    assert field in response.json["errors"]  # type: ignore[index]


def test_a_search_has_pages(stonks: Watchers, staff: str) -> None:
    kind = stonks.kind()
    there = [stonks.person(kind) for _ in range(5)]
    wanted: dict[str, Any] = {"accountType": kind, "limit": 2}
    seen, cursor = list[str](), ""
    while cursor is not None:
        query = wanted | ({"cursor": cursor} if cursor else {})
        page = answered(stonks.ask(staff, "GET", "/profiles", query_string=query))
        seen, cursor = seen + names(page["items"]), page["nextCursor"]
        stonks.person(kind)
    assert seen == there[::-1]


def test_a_search_chooses(stonks: Watchers, staff: str, mara: str) -> None:
    answered(stonks.set_active(staff, mara, False))
    for active, found in (("true", []), ("false", [mara])):
        query = {"q": f"{mara}@", "active": active}
        page = answered(stonks.ask(staff, "GET", "/profiles", query_string=query))
        assert names(page["items"]) == found
    for kind in ("nothing", "\0", "STAFF"):
        page = answered(stonks.ask(staff, "GET", "/profiles", query_string={"accountType": kind}))
        assert page["items"] == []


def test_to_read_somebody_is_on_record_and_to_list_them_is_not(
    stonks: Watchers, staff: str, mara: str
) -> None:
    about = {"subject": stonks.ids[mara]}
    stonks.ask(staff, "GET", "/profiles", query_string={"q": mara})
    assert stonks.recorded(staff, **about) == []
    shown = answered(stonks.ask(staff, "GET", f"/profiles/{stonks.ids[mara]}"))
    assert (shown["username"], shown["email"]) == (mara, f"{mara}@example.org")
    assert stonks.recorded(staff, **about) == [(staff, "profile_read", mara)]
    stonks.ask(staff, "GET", f"/profiles/{stonks.ids[staff]}")
    assert stonks.recorded(staff, subject=stonks.ids[staff], actor=stonks.ids[staff]) == []


@pytest.mark.parametrize("path", ["", "/account-types"])
def test_an_unknown_profile_is_not_found(stonks: Watchers, staff: str, path: str) -> None:
    response = stonks.ask(staff, "GET", f"/profiles/{UNKNOWN}{path}")
    assert refused(response) == (404, "unknown_profile")
    assert refused(stonks.ask(staff, "GET", f"/profiles/1{path}")) == (404, "not_found")


def test_who_is_deactivated_is_out_at_once_and_unknown(
    stonks: Watchers, staff: str, mara: str
) -> None:
    shown = answered(stonks.set_active(staff, mara, False))
    assert (shown["username"], shown["active"]) == (mara, False)
    assert not stonks.is_in(mara)
    login = {"login": mara, "password": PASSWORD}
    assert refused(stonks.browser.ask("POST", "/auth/login", json=login))[0] == 401
    assert refused(stonks.browser.ask("GET", f"/profiles/{mara}"))[0] == 404
    assert answered(stonks.ask(staff, "GET", f"/profiles/{stonks.ids[mara]}"))["active"] is False


def test_who_is_deactivated_is_told_by_mail(stonks: Watchers, staff: str, mara: str) -> None:
    answered(stonks.set_active(staff, mara, False))
    mails = stonks.browser.container.mail_tables().outgoing.where(lambda _: True)
    told = [mail.kind for mail in mails if mail.to == f"{mara}@example.org"]
    assert told[-1] == MailKind.DEACTIVATED


def test_who_is_restored_signs_in_anew(stonks: Watchers, staff: str, mara: str) -> None:
    answered(stonks.set_active(staff, mara, False))
    assert answered(stonks.set_active(staff, mara, True))["active"] is True
    assert not stonks.is_in(mara), "the session that ended stays so"
    login = {"login": mara, "password": PASSWORD}
    answered(stonks.browser.ask("POST", "/auth/login", json=login))
    assert stonks.recorded(staff, subject=stonks.ids[mara]) == [
        (staff, "profile_restored", mara),
        (staff, "profile_deactivated", mara),
    ]


def test_what_is_so_already_is_not_done_again(stonks: Watchers, staff: str, mara: str) -> None:
    answered(stonks.set_active(staff, mara, True))
    assert stonks.is_in(mara)
    assert stonks.recorded(staff, subject=stonks.ids[mara]) == []


@pytest.mark.parametrize("active", [None, 0, 1, "false", "", [], {}])
def test_whether_active_is_true_or_false(
    stonks: Watchers, staff: str, mara: str, active: object
) -> None:
    response = stonks.set_active(staff, mara, active)
    assert refused(response) == (422, "invalid_fields")
    assert "active" in response.json["errors"]  # type: ignore[index]
    assert stonks.is_in(mara)


@pytest.mark.parametrize("body", [{}, {"active": False, "username": "x"}, [], "x"])
def test_nothing_else_about_a_profile_is_changed(
    stonks: Watchers, staff: str, mara: str, body: object
) -> None:
    response = stonks.ask(staff, "PATCH", f"/profiles/{stonks.ids[mara]}", json=body)
    assert response.status_code == 422
    assert stonks.is_in(mara)


def test_to_deactivate_the_unknown_is_not_found(stonks: Watchers, staff: str) -> None:
    response = stonks.ask(staff, "PATCH", f"/profiles/{UNKNOWN}", json={"active": False})
    assert refused(response) == (404, "unknown_profile")


def test_a_type_is_made_changed_and_removed(stonks: Watchers, staff: str, mara: str) -> None:
    body = {"name": "night-watch", "description": "At night.", "permissions": ["audit.read"]}
    made = answered(stonks.ask(staff, "POST", "/account-types", json=body), 201)
    assert made.items() >= (body | {"isBuiltIn": False, "holders": 0, "createdBy": staff}).items()
    assert refused(stonks.ask(mara, "GET", "/audit")) == (403, "permission_required")
    assert stonks.grant(staff, mara, "night-watch").status_code == 204
    answered(stonks.ask(mara, "GET", "/audit"))
    changed = stonks.ask(staff, "PATCH", "/account-types/night-watch", json={"permissions": []})
    assert answered(changed) == made | {"permissions": [], "holders": 1}
    assert refused(stonks.ask(mara, "GET", "/audit")) == (403, "permission_required")
    assert stonks.ask(staff, "DELETE", "/account-types/night-watch").status_code == 204
    assert stonks.types(mara) == ["member"]
    response = stonks.ask(staff, "DELETE", "/account-types/night-watch")
    assert refused(response) == (404, "unknown_account_type")
    assert [entry[1] for entry in stonks.recorded(staff, actor=staff)][:4] == [
        *("account_type_removed", "account_type_changed", "account_type_granted"),
        "account_type_added",
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x"}, "name_malformed"),
        ({"name": "Helper"}, "name_malformed"),
        ({"name": "9lives"}, "name_malformed"),
        ({"name": "a b"}, "name_malformed"),
        ({"name": "x" * 31}, "name_malformed"),
        ({"name": "root"}, "name_reserved"),
        ({"name": "fine", "description": "x" * 201}, "description_too_long"),
        ({"name": "fine", "description": "\u202ex"}, "description_bad_characters"),
        ({"name": "fine", "permissions": ["chat.shout"]}, "permission_unknown"),
        ({"name": "fine", "permissions": [""]}, "permission_unknown"),
        ({"name": "fine", "permissions": "audit.read"}, "invalid_fields"),
        ({"name": "fine", "permissions": [1]}, "invalid_fields"),
        ({"name": "fine", "isBuiltIn": True}, "invalid_fields"),
        ({"name": None}, "invalid_fields"),
        ({}, "invalid_fields"),
    ],
)
def test_a_type_that_breaks_a_rule_is_refused(
    stonks: Watchers, staff: str, body: dict[str, Any], code: str
) -> None:
    assert refused(stonks.ask(staff, "POST", "/account-types", json=body)) == (422, code)
    listed = answered(stonks.ask(staff, "GET", "/account-types"))["items"]
    assert "fine" not in [kind["name"] for kind in listed]


def test_a_change_of_nothing_is_not_on_record(stonks: Watchers, staff: str) -> None:
    path = f"/account-types/{stonks.kind('audit.read')}"
    for body in ({}, {"permissions": ["audit.read"]}, {"description": ""}):
        answered(stonks.ask(staff, "PATCH", path, json=body))
    assert stonks.recorded(staff)[0][1] == "account_type_added"


def test_an_unknown_type_is_not_changed(stonks: Watchers, staff: str) -> None:
    for name in ("nothing", "Member", "member%00"):
        response = stonks.ask(staff, "PATCH", f"/account-types/{name}", json={})
        assert refused(response) == (404, "unknown_account_type")


def test_a_name_is_taken_once(stonks: Watchers, staff: str) -> None:
    body = {"name": stonks.kind()}
    response = stonks.ask(staff, "POST", "/account-types", json=body)
    assert refused(response) == (409, "account_type_taken")


def test_a_type_is_given_and_taken_and_again(stonks: Watchers, staff: str, mara: str) -> None:
    kind = stonks.kind("audit.read")
    for method, types in (("PUT", ["member", kind]), ("DELETE", ["member"])):
        for _ in range(2):
            assert stonks.grant(staff, mara, kind, method).status_code == 204
            path = f"/profiles/{stonks.ids[mara]}/account-types"
            shown = answered(stonks.ask(staff, "GET", path))["items"]
            assert [item["name"] for item in shown] == types
    assert stonks.recorded(staff, subject=stonks.ids[mara]) == [
        (staff, "account_type_revoked", kind),
        (staff, "account_type_granted", kind),
    ]


def test_who_gave_a_type_is_told(stonks: Watchers, staff: str, mara: str) -> None:
    stonks.grant(staff, mara, kind := stonks.kind("audit.read"))
    path = f"/profiles/{stonks.ids[mara]}/account-types"
    member, given = answered(stonks.ask(staff, "GET", path))["items"]
    assert (member["name"], member["grantedAt"], member["grantedBy"]) == ("member", None, None)
    assert (given["name"], given["grantedBy"]) == (kind, staff)
    assert given["permissions"] == ["audit.read"]
    assert given["grantedAt"].endswith("Z")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_unknown_is_neither_given_nor_taken(
    stonks: Watchers, staff: str, mara: str, method: str
) -> None:
    response = stonks.grant(staff, mara, "nothing", method)
    assert refused(response) == (404, "unknown_account_type")
    path = f"/profiles/{UNKNOWN}/account-types/{stonks.kind()}"
    assert refused(stonks.ask(staff, method, path)) == (404, "unknown_profile")
    response = stonks.grant(staff, mara, "member", method)
    assert refused(response) == (409, "account_type_built_in")


@pytest.mark.parametrize("name", ["member", "staff"])
def test_what_is_built_in_stays(stonks: Watchers, staff: str, name: str) -> None:
    response = stonks.ask(staff, "DELETE", f"/account-types/{name}")
    assert refused(response) == (409, "account_type_built_in")


def test_only_certain_types_open_channels_where_an_operator_wants_it(
    browser: Browser,
) -> None:
    stonks = Watchers(browser)
    staff, mara, bruno = stonks.person(is_staff=True), stonks.person(), stonks.person()
    nothing = {"permissions": []}
    changed = answered(stonks.ask(staff, "PATCH", "/account-types/member", json=nothing))
    assert changed["permissions"] == []
    stonks.give(bruno, stonks.kind("channels.open"))
    channel = {"slug": "night-trades", "title": "Night trades"}
    response = browser.ask("POST", "/channels", mara, json=channel)
    assert refused(response) == (403, "may_not_open_channels")
    assert refused(browser.ask("GET", "/channels/night-trades"))[0] == 404
    answered(browser.ask("POST", "/channels", bruno, json=channel), 201)
    answered(browser.ask("POST", "/channels", staff, json=channel | {"slug": "staffs"}), 201)


def test_the_audit_is_searched_by_who_and_what_and_whom(stonks: Watchers, mara: str) -> None:
    staff, other = stonks.person(is_staff=True), stonks.person()
    stonks.set_active(staff, mara, False)
    stonks.ask(staff, "GET", f"/profiles/{stonks.ids[other]}")
    read, deactivated = (staff, "profile_read", other), (staff, "profile_deactivated", mara)
    assert stonks.recorded(staff, actor=staff) == [read, deactivated]
    assert stonks.recorded(staff, actor=staff.upper()) == [read, deactivated]
    assert stonks.recorded(staff, actor=stonks.ids[staff]) == [read, deactivated]
    assert stonks.recorded(staff, actor=staff, action="profile_read") == [read]
    assert stonks.recorded(staff, subject=stonks.ids[mara]) == [deactivated]
    assert stonks.recorded(staff, actor="%") == []
    first = answered(stonks.ask(staff, "GET", "/audit", query_string={"actor": staff, "limit": 1}))
    query = {"actor": staff, "limit": 1, "cursor": first["nextCursor"]}
    second = answered(stonks.ask(staff, "GET", "/audit", query_string=query))
    shown = [item["detail"] for item in first["items"] + second["items"]]
    assert (shown, second["nextCursor"]) == ([other, mara], None)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("subject", "mara", "invalid_fields"),
        ("actor", "\0", "actor_bad_characters"),
        ("action", "\0", "action_bad_characters"),
        ("cursor", "x", "bad_cursor"),
        ("limit", "no", "invalid_fields"),
    ],
)
def test_an_audit_that_makes_no_sense_is_refused(
    stonks: Watchers, staff: str, field: str, value: str, code: str
) -> None:
    response = stonks.ask(staff, "GET", "/audit", query_string={field: value})
    assert refused(response) == (422, code)


def test_each_permission_opens_its_own_doors_and_no_other(stonks: Watchers, mara: str) -> None:
    doors = {
        "profiles.read_all": ("GET", "/profiles"),
        "account_types.grant": ("GET", "/account-types"),
        "audit.read": ("GET", "/audit"),
    }
    for permission in ALL:
        who = stonks.who_may(permission)
        for needed, (method, path) in doors.items():
            status = stonks.ask(who, method, path).status_code
            assert status == (200 if needed == permission else 403), (permission, path)
    alone = stonks.who_may("profiles.moderate")
    assert refused(stonks.set_active(alone, mara, False)) == (403, "permission_required")
    both = stonks.who_may("profiles.moderate", "profiles.read_all")
    answered(stonks.set_active(both, mara, False))


def test_to_restore_somebody_calls_their_deletion_off(
    stonks: Watchers, staff: str, mara: str
) -> None:
    box, id_ = stonks.browser.container, stonks.ids[mara]
    box.schedule_deletion()(**stonks.browser.asking(mara))
    with box.begin_identity()() as work:
        deletion = work.deletions.of(id_)
    assert deletion is not None
    told = {"active": False, "deletesAt": rfc3339(deletion.due_at)}
    assert told.items() <= answered(stonks.ask(staff, "GET", f"/profiles/{id_}")).items()
    [listed] = answered(stonks.ask(staff, "GET", "/profiles", query_string={"q": mara}))["items"]
    assert told.items() <= listed.items()
    told = {"active": True, "deletesAt": None}
    assert told.items() <= answered(stonks.set_active(staff, mara, True)).items()
    with box.begin_identity()() as work:
        assert work.deletions.of(id_) is None
    restored = (staff, "profile_restored", f"{mara}, whose deletion is called off")
    assert restored in stonks.recorded(staff, subject=id_)


def test_who_is_deleted_for_good_is_not_restored(stonks: Watchers, staff: str, mara: str) -> None:
    box, id_ = stonks.browser.container, stonks.ids[mara]
    box.schedule_deletion()(**stonks.browser.asking(mara))
    with box.begin_identity()() as work:
        work.deletions.put(Deletion.asked(id_, at=box.now()() - 2 * GRACE))
    assert refused(stonks.set_active(staff, mara, True)) == (409, "profile_deleted")
    assert answered(stonks.ask(staff, "GET", f"/profiles/{id_}"))["active"] is False
    box.erase_profiles()()
    assert refused(stonks.set_active(staff, mara, True)) == (409, "profile_deleted")


def test_who_left_to_be_forgotten_and_is_put_out_does_not_come_back_by_a_link(
    stonks: Watchers, staff: str, mara: str
) -> None:
    box, id_, at = stonks.browser.container, stonks.ids[mara], stonks.browser.container.now()()
    box.schedule_deletion()(**stonks.browser.asking(mara))
    what, to = Purpose.CANCEL_DELETION, f"{mara}@example.org"
    link = MailLink(digest_of("a token"), what, to, at, at + LASTS[what], id_)
    with box.begin_identity()() as work:
        work.mail_links.add(link)
    answered(stonks.set_active(staff, mara, False))
    body = {"token": "a token"}
    response = stonks.browser.ask("POST", "/auth/deletion/cancel", json=body)
    assert refused(response) == (422, "link_invalid")
    with box.begin_identity()() as work:
        assert work.deletions.of(id_) is not None
    assert stonks.recorded(staff, subject=id_) == [(staff, "profile_deactivated", mara)]
