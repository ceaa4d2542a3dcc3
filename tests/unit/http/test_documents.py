"""The documents say what the code does, and their examples work."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from oathtool import generate_otp

from stonks.adapters.wire.examples import EXAMPLES
from stonks.adapters.wire.frames import CLIENT_FRAMES, SERVER_FRAMES
from stonks.domain.identity.mail_link import LASTS, MailLink, Purpose
from stonks.domain.identity.refresh_token import digest_of
from stonks.entrypoints.cli.main import main
from tests.contracts.documents import Operation, conforms, operations
from tests.contracts.external_props import ExternalProps, Prop
from tests.contracts.http import Browser
from tests.contracts.notice_props import a_notification
from tests.contracts.passkey_props import NEEDING_A_DEVICE, PasskeyProps
from tests.contracts.pictures import picture
from tests.contracts.preferences import unsubscribe_token

DOCS = Path(__file__).parents[3] / "docs"
SPOKEN_BY_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")  # the rest are pages and sockets
WITHOUT_A_BODY = {
    *("issueTicket", "startTotp", "renewRecoveryCodes", "scheduleDeletion"),
    *("startPasskey", "startPasskeyLogin", "startFreshProof", "endStream", "beatStream"),
    *("activateEndpoint", "testEndpoint", "rotateSecret"),
}
COPIED = {
    "revokeAccessToken": ("token_id", "tokenId"),
    "endSession": ("session_id", "sessionId"),
    "forgetPushSubscription": ("device_id", "deviceId"),
    "readEndpoint": ("endpoint_id", "endpointId"),
    "changeEndpoint": ("endpoint_id", "endpointId"),
    "activateEndpoint": ("endpoint_id", "endpointId"),
    "testEndpoint": ("endpoint_id", "endpointId"),
    "rotateSecret": ("endpoint_id", "endpointId"),
    "replayEvents": ("endpoint_id", "endpointId"),
    "listAttempts": ("endpoint_id", "endpointId"),
    "removeEndpoint": ("endpoint_id", "endpointId"),
}
LINKED = {
    "verifyEmail": Purpose.VERIFY_EMAIL,
    "finishEmailSignIn": Purpose.SIGN_IN,
    "resetPassword": Purpose.RESET_PASSWORD,
    "cancelDeletion": Purpose.CANCEL_DELETION,
}
PASTED_IN_THIS_ORDER = [
    *("healthz", "readyz", "metrics", "signUp", "startEmailSignIn", "resendVerification"),
    *("forgotPassword", "verifyEmail", "finishEmailSignIn", "resetPassword"),
    *("logIn", "refresh", "readOwnProfile"),
    *("changeProfile", "readPublicProfile", "follow", "listFollowers", "listFollowing"),
    *("unfollow", "openChannel", "listChannels", "readChannel", "send"),
    *("startStream", "readCurrentStream", "listStreams", "beatStream", "endStream"),
    *("addEndpoint", "listEndpoints", "activateEndpoint", "readEndpoint", "changeEndpoint"),
    *("testEndpoint", "rotateSecret", "replayEvents", "listAttempts", "removeEndpoint"),
    *("issueTicket", "makeAccessToken", "listAccessTokens", "revokeAccessToken"),
    *("readHistory", "hideMessage", "changeChannel", "setAdmin", "listMembers", "listSanctions"),
    *("readAudit", "suspendChannel", "unsuspendChannel", "unsetAdmin", "deleteChannel", "logOut"),
    *("logIn", "logIn", "listSessions", "endSession", "endOtherSessions", "changePassword"),
    *("logIn", "addAccountType", "listAccountTypes", "changeAccountType", "searchProfiles"),
    *("readAnyProfile", "grantAccountType", "listGrantedTypes", "revokeAccountType"),
    *("moderateProfile", "removeAccountType", "readAuditEntries"),
    *("logIn", "reauthenticate", "readSecondFactors", "startTotp", "confirmTotp"),
    *("renewRecoveryCodes", "logIn", "finishLogin", "endTotp"),
    *("logIn", "startLink", "listIdentities", "unlinkIdentity", "listProviders"),
    *("startSignIn", "finishSignIn", "exchangeCode"),
    *("logIn", "setAvatar", "exportData", "removeAvatar"),
    *("scheduleDeletion", "cancelDeletion", "logIn", "listPasskeys", "startPasskey"),
    *("addPasskey", "changePasskey", "removePasskey", "startPasskeyLogin", "finishPasskeyLogin"),
    *("startSecondPasskey", "finishSecondPasskey", "startFreshProof", "finishFreshProof"),
    *("listNotifications", "countUnread", "readNotifications", "listDeliveries"),
    *("listAnyNotifications", "listAnyDeliveries", "readPushKey", "registerPushSubscription"),
    *("listPushSubscriptions", "forgetPushSubscription"),
    *("readPreferences", "changePreferences", "showUnsubscribing", "unsubscribe"),
    "deactivateProfile",
]


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    return lasting_browser


@pytest.fixture(scope="module")
def openapi(browser: Browser) -> Any:
    return browser.app.test_client().get("/openapi.json").json


@pytest.fixture(scope="module")
def asyncapi(browser: Browser) -> Any:
    return browser.app.test_client().get("/asyncapi.json").json


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("openapi.json", ["openapi"]),
        ("asyncapi.json", ["openapi", "--asyncapi"]),
        ("webhook-events.md", ["openapi", "--webhooks"]),
    ],
)
def test_the_documents_in_the_repository_are_current(name: str, command: list[str]) -> None:
    printed = CliRunner().invoke(main, command)
    assert printed.exit_code == 0, printed.output
    kept = (DOCS / name).read_text()
    assert printed.output == kept, f"renew it: stonks {' '.join(command)} > docs/{name}"


def test_what_is_printed_is_what_is_served(browser: Browser) -> None:
    served = browser.app.test_client().get("/openapi.json").text
    assert CliRunner().invoke(main, ["openapi"]).output == served


def test_every_route_is_described(browser: Browser, openapi: Any) -> None:
    described = {(found.path, found.method.upper()) for found in operations(openapi)}
    for rule in browser.app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        if path.startswith(SPOKEN_BY_PROGRAMS):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert (path, method) in described


def test_every_answer_has_an_example_that_conforms(openapi: Any) -> None:
    for operation in operations(openapi):
        assert operation.described["summary"]
        for status, response in operation.described["responses"].items():
            examples = list(_examples(response))
            assert examples or status in ("202", "204", "303") or operation.id == "metrics", (
                operation.id
            )
            for schema, example in examples:
                conforms(openapi, schema, example)


def test_every_request_has_an_example_that_conforms(openapi: Any) -> None:
    for operation in operations(openapi):
        if operation.method in ("post", "patch") and operation.id not in WITHOUT_A_BODY:
            assert operation.body or operation.form
        if operation.body:
            conforms(openapi, operation.body["schema"], operation.body["example"])


def test_every_refusal_that_needs_a_person_is_described(openapi: Any) -> None:
    for operation in operations(openapi):
        if {"bearer": []} in operation.described.get("security", []):
            assert "401" in operation.described["responses"]


def test_every_example_works_when_it_is_pasted(browser: Browser, openapi: Any) -> None:
    known = {operation.id: operation for operation in operations(openapi)}
    assert set(known) == set(PASTED_IN_THIS_ORDER)
    browser.sign_up("bruno")
    tokens: dict[str, str] = {}
    for name in PASTED_IN_THIS_ORDER:
        response = _paste(browser, known[name], tokens)
        assert str(response.status_code) in known[name].described["responses"]
        assert response.status_code < 400, f"{name}: {response.text}"
        _must_conform(openapi, known[name], response)
        if name == "signUp":
            browser.container.grant_staff()(username="mara", by="a test")
        if "accessToken" in response.text and name != "metrics":
            tokens.update(response.json)
        tokens.update(_factors_of(name, response))


@pytest.mark.parametrize("page", ["/docs", "/docs/websocket"])
def test_a_page_is_made_of_what_is_served_here(browser: Browser, page: str) -> None:
    client = browser.app.test_client()
    response = client.get(page)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    parts = Parts()
    parts.feed(response.text)
    assert parts.addresses
    assert not parts.is_scripted_inline
    for address in parts.addresses:
        assert address.startswith("/")
        found = client.get(address)
        assert found.status_code == 200
        assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_has_no_other_files(browser: Browser) -> None:
    client = browser.app.test_client()
    for name in ("swagger-ui.js", "..%2Froutes.py", "LICENSE", "oauth2-redirect.html"):
        assert client.get(f"/docs/assets/{name}").status_code == 404


def test_the_socket_page_shows_every_frame_with_its_example(browser: Browser) -> None:
    parts = Parts()
    parts.feed(browser.app.test_client().get("/docs/websocket").text)
    shown = [json.loads(text) for text in parts.preformatted]
    assert shown == [dict(EXAMPLES[frame]) for frame in (*CLIENT_FRAMES, *SERVER_FRAMES)]


def test_the_socket_document_holds_together(asyncapi: Any) -> None:
    assert asyncapi["asyncapi"] == "3.0.0"
    for reference in re.findall(r'"\$ref": *"#/([^"]+)"', json.dumps(asyncapi)):
        found = asyncapi
        for step in reference.split("/"):
            found = found[step]
    frames = (*CLIENT_FRAMES, *SERVER_FRAMES)
    messages = asyncapi["components"]["messages"]
    assert set(messages) == {frame.__name__ for frame in frames}
    for message in messages.values():
        for example in message["examples"]:
            conforms(asyncapi, message["payload"], example["payload"])


def _examples(response: Any) -> Iterator[tuple[Any, Any]]:
    for described in response.get("content", {}).values():
        values = [item["value"] for item in described.get("examples", {}).values()]
        values += [described["example"]] if "example" in described else []
        yield from ((described["schema"], value) for value in values)


def _paste(browser: Browser, operation: Operation, tokens: dict[str, str]) -> Any:
    """What a reader of the document would send, with the tokens that they were given."""
    options: dict[str, Any] = {}
    place, shown = _device(browser, operation, tokens)
    if operation.described.get("security"):
        options["headers"] = {"Authorization": f"Bearer {tokens['accessToken']}"}
    if operation.body:
        body = dict(operation.body["example"])
        given = body.keys() & {"refreshToken", "mfaToken", "code"}
        own = {name: tokens[name] for name in given}
        options["json"] = body | own | shown
    if operation.takes_a_file:
        options["data"] = {"image": (BytesIO(picture()), "picture.jpg")}
    if operation.id in LINKED:
        _mail_link(browser, options["json"]["token"], LINKED[operation.id])
    client = browser.app.test_client()
    prop = _at_a_provider(browser, operation.id)
    for cookie, value in prop.cookies.items():
        client.set_cookie(cookie, value)
    options |= {"query_string": prop.query} | _from_a_letter(browser, operation)
    if prop.body:
        options["json"] |= prop.body
    address = operation.path.format(**operation.examples | prop.path | place)
    if "profile_id" in operation.examples:
        bruno = browser.container.find_account()(username="bruno")
        address = operation.path.format(**operation.examples | {"profile_id": bruno})
    if "notification_id" in operation.examples:
        address = operation.path.format(**_a_notification(browser, operation))
    if operation.id in COPIED:
        parameter, told = COPIED[operation.id]
        address = operation.path.format(**operation.examples | {parameter: tokens[told]})
    return client.open(address, method=operation.method.upper(), **options)


def _a_notification(browser: Browser, operation: Operation) -> dict[str, Any]:
    """Mara's own, or bruno's where she watches over accounts."""
    owner = "bruno" if "profile_id" in operation.examples else "mara"
    owner_id = browser.container.find_account()(username=owner)
    notice_id = a_notification(browser.container, owner_id)
    return {"profile_id": owner_id, "notification_id": notice_id}


def _at_a_provider(browser: Browser, operation_id: str) -> Prop:
    """What mara's browser has in hand who signs in by another place."""
    if browser.container.identity_reads().public("mara") is None:
        return Prop()
    with browser.container.begin_identity()() as work:
        mara = work.profiles.lock_named("mara")
    return ExternalProps(browser.container, mara).of(operation_id)


def _device(
    browser: Browser, operation: Operation, tokens: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a passkey in the reader's hand says in place of the one in the example."""
    if operation.id not in NEEDING_A_DEVICE:
        return {}, {}
    person = browser.container.authenticate()(token=tokens["accessToken"])
    return PasskeyProps(browser.container, person).of(operation.id)


def _from_a_letter(browser: Browser, operation: Operation) -> dict[str, Any]:
    """What stands in a letter to mara, and what her mail program sends with it."""
    if operation.id not in ("showUnsubscribing", "unsubscribe"):
        return {}
    mara = browser.container.find_account()(username="mara")
    query = {"token": unsubscribe_token(browser.container, mara)}
    return {"query_string": query, "data": operation.form and dict(operation.form["example"])}


def _mail_link(browser: Browser, token: str, purpose: Purpose) -> None:
    """As if the token of the example had just been mailed."""
    mara = browser.container.find_account()(username="mara")
    at = browser.container.now()()
    end = at + LASTS[purpose]
    link = MailLink(digest_of(token), purpose, "mara@example.com", at, end, mara)
    with browser.container.begin_identity()() as work:
        work.mail_links.add(link)


def _factors_of(name: str, response: Any) -> dict[str, str]:
    """What a reader would copy from the answers about second factors."""
    if name == "makeAccessToken":
        return {"tokenId": response.json["id"]}
    if name == "listSessions":
        return {"sessionId": response.json["items"][-1]["id"]}
    if name == "registerPushSubscription":
        return {"deviceId": response.json["id"]}
    if name == "addEndpoint":
        return {"endpointId": response.json["id"]}
    if name == "startTotp":
        return {"code": generate_otp(response.json["secret"])}
    if name == "renewRecoveryCodes":
        return {"code": response.json["recoveryCodes"][0]}
    return {"mfaToken": response.json["mfaToken"]} if "mfaToken" in response.text else {}


def _must_conform(openapi: Any, operation: Operation, response: Any) -> None:
    described = operation.described["responses"][str(response.status_code)]
    if content := described.get("content", {}).get(response.mimetype):
        conforms(openapi, content["schema"], response.json if response.is_json else response.text)


class Parts(HTMLParser):
    """What a page loads, runs and shows as code blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.preformatted: list[str] = []
        self.is_scripted_inline = False
        self._is_in_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "img"):
            self.addresses.append(given.get("src") or "")
            self.is_scripted_inline |= not given.get("src")
        if tag == "link":
            self.addresses.append(given.get("href") or "")
        self.is_scripted_inline |= any(name.startswith("on") or name == "style" for name in given)
        if tag == "pre":
            self._is_in_block = True
            self.preformatted.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._is_in_block = False

    def handle_data(self, data: str) -> None:
        if self._is_in_block:
            self.preformatted[-1] += data
