"""Who may do what over HTTP: every operation of the document, in every role."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from typing import Any

import pytest

from stonks.application.chat.post_messages import Draft
from stonks.application.identity.accounts.rights import Actor
from stonks.application.identity.grants import Grant
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ChannelId, EndpointId, RoomId
from tests.contracts.documents import Operation, operations, written
from tests.contracts.endpoint_props import an_endpoint
from tests.contracts.external_props import ExternalProps
from tests.contracts.http import BASE, PASSWORD, Browser, problem_code
from tests.contracts.notice_props import a_notification, a_registered
from tests.contracts.passkey_props import PasskeyProps
from tests.contracts.pictures import picture
from tests.contracts.preferences import unsubscribe_token

ROLES = (
    *("anonymous", "member", "muted", "banned", "ADMIN", "HOST", "HOST elsewhere", "SUPERADMIN"),
    "HOST while suspended",
)
ANSWERS = """
healthz            200 200 200 200 200 200 200 200 200
readyz             200 200 200 200 200 200 200 200 200
metrics            200 200 200 200 200 200 200 200 200
signUp             201 201 201 201 201 201 201 201 201
logIn              401 200 200 200 200 200 200 200 200
refresh            401 200 200 200 200 200 200 200 200
logOut             401 204 204 204 204 204 204 204 204
listSessions       401 200 200 200 200 200 200 200 200
endSession         401 404 404 404 404 404 404 404 404
endOtherSessions   401 204 204 204 204 204 204 204 204
changePassword     401 204 204 204 204 204 204 204 204
issueTicket        401 201 201 201 201 201 201 201 201
finishLogin        401 401 401 401 401 401 401 401 401
reauthenticate     401 204 204 204 204 204 204 204 204
readSecondFactors  401 200 200 200 200 200 200 200 200
startTotp          401 200 200 200 200 200 200 200 200
confirmTotp        401 409 409 409 409 409 409 409 409
endTotp            401 204 204 204 204 204 204 204 204
renewRecoveryCodes 401 409 409 409 409 409 409 409 409
startEmailSignIn   202 202 202 202 202 202 202 202 202
resendVerification 202 202 202 202 202 202 202 202 202
forgotPassword     202 202 202 202 202 202 202 202 202
verifyEmail        422 422 422 422 422 422 422 422 422
finishEmailSignIn  422 422 422 422 422 422 422 422 422
resetPassword      422 422 422 422 422 422 422 422 422
readOwnProfile     401 200 200 200 200 200 200 200 200
changeProfile      401 200 200 200 200 200 200 200 200
deactivateProfile  401 204 204 204 204 204 204 204 204
setAvatar          401 200 200 200 200 200 200 200 200
removeAvatar       401 204 204 204 204 204 204 204 204
exportData         401 200 200 200 200 200 200 200 200
scheduleDeletion   401 202 202 202 202 202 202 202 202
cancelDeletion     422 422 422 422 422 422 422 422 422
makeAccessToken    401 201 201 201 201 201 201 201 201
listAccessTokens   401 200 200 200 200 200 200 200 200
revokeAccessToken  401 404 404 404 404 404 404 404 404
searchProfiles     401 403 403 403 403 403 403 200 403
readAnyProfile     401 403 403 403 403 403 403 200 403
listAnyNotifications 401 403 403 403 403 403 403 200 403
listAnyDeliveries  401 403 403 403 403 403 403 200 403
moderateProfile    401 403 403 403 403 403 403 200 403
listGrantedTypes   401 403 403 403 403 403 403 200 403
grantAccountType   401 403 403 403 403 403 403 204 403
revokeAccountType  401 403 403 403 403 403 403 204 403
listAccountTypes   401 403 403 403 403 403 403 200 403
addAccountType     401 403 403 403 403 403 403 201 403
changeAccountType  401 403 403 403 403 403 403 200 403
removeAccountType  401 403 403 403 403 403 403 204 403
readAuditEntries   401 403 403 403 403 403 403 200 403
listPasskeys       401 200 200 200 200 200 200 200 200
startPasskey       401 200 200 200 200 200 200 200 200
addPasskey         401 201 201 201 201 201 201 201 201
changePasskey      401 200 200 200 200 200 200 200 200
removePasskey      401 204 204 204 204 204 204 204 204
startPasskeyLogin  200 200 200 200 200 200 200 200 200
finishPasskeyLogin 401 200 200 200 200 200 200 200 200
startSecondPasskey 401 200 200 200 200 200 200 200 200
finishSecondPasskey 401 200 200 200 200 200 200 200 200
startFreshProof    401 200 200 200 200 200 200 200 200
finishFreshProof   401 204 204 204 204 204 204 204 204
listProviders      200 200 200 200 200 200 200 200 200
startSignIn        303 303 303 303 303 303 303 303 303
finishSignIn       200 200 200 200 200 200 200 200 200
exchangeCode       200 200 200 200 200 200 200 200 200
startLink          401 200 200 200 200 200 200 200 200
listIdentities     401 200 200 200 200 200 200 200 200
unlinkIdentity     401 204 204 204 204 204 204 204 204
readPublicProfile  200 200 200 200 200 200 200 200 200
follow             401 204 204 204 204 204 204 204 204
unfollow           401 204 204 204 204 204 204 204 204
listFollowers      200 200 200 200 200 200 200 200 200
listFollowing      200 200 200 200 200 200 200 200 200
listChannels       200 200 200 200 200 200 200 200 200
openChannel        401 201 201 201 201 201 201 201 201
readChannel        200 200 200 200 200 200 200 200 200
changeChannel      401 403 403 403 200 200 403 403 403
deleteChannel      401 403 403 403 403 204 403 403 204
listMembers        200 200 200 200 200 200 200 200 200
startStream        401 403 403 403 403 201 403 403 403
listStreams        200 200 200 200 200 200 200 200 200
readCurrentStream  200 200 200 200 200 200 200 200 404
endStream          401 403 403 403 403 204 403 204 404
beatStream         401 403 403 403 403 204 403 403 404
setAdmin           401 403 403 403 403 204 403 403 403
unsetAdmin         401 403 403 403 403 204 403 403 403
suspendChannel     401 403 403 403 403 403 403 204 403
unsuspendChannel   401 403 403 403 403 403 403 204 403
readHistory        200 200 200 403 200 200 200 200 200
send               401 201 403 403 201 201 201 201 403
hideMessage        401 403 403 403 204 204 403 204 403
listNotifications  401 200 200 200 200 200 200 200 200
countUnread        401 200 200 200 200 200 200 200 200
readNotifications  401 200 200 200 200 200 200 200 200
listDeliveries     401 200 200 200 200 200 200 200 200
readPushKey        200 200 200 200 200 200 200 200 200
registerPushSubscription 401 201 201 201 201 201 201 201 201
listPushSubscriptions 401 200 200 200 200 200 200 200 200
forgetPushSubscription 401 204 204 204 204 204 204 204 204
readPreferences    401 200 200 200 200 200 200 200 200
changePreferences  401 200 200 200 200 200 200 200 200
showUnsubscribing  200 200 200 200 200 200 200 200 200
unsubscribe        200 200 200 200 200 200 200 200 200
addEndpoint        401 403 403 403 403 201 403 403 403
listEndpoints      401 403 403 403 403 200 403 403 200
readEndpoint       401 403 403 403 403 200 403 403 200
changeEndpoint     401 403 403 403 403 200 403 403 200
removeEndpoint     401 403 403 403 403 204 403 403 204
activateEndpoint   401 403 403 403 403 200 403 403 403
testEndpoint       401 403 403 403 403 200 403 403 403
rotateSecret       401 403 403 403 403 200 403 403 200
replayEvents       401 403 403 403 403 200 403 403 403
listAttempts       401 403 403 403 403 200 403 403 200
listSanctions      401 403 403 403 200 200 403 200 200
readAudit          401 403 403 403 200 200 403 200 200
"""
MATRIX = {
    name: dict(zip(ROLES, map(int, answers), strict=True))
    for name, *answers in map(str.split, ANSWERS.strip().splitlines())
}
ON_AIR = {"readCurrentStream", "endStream", "beatStream"}
OPERATIONS = {operation.id: operation for operation in operations(written())}
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Scene:
    """A channel where bob wrote message 1, and somebody in a role, who is about to ask."""

    browser: Browser
    slug: str
    channel: ChannelId
    room: RoomId
    bob: str
    actor: Profile | None
    grant: Grant | None
    endpoint: EndpointId | None = None

    def ask(self, operation: Operation) -> Any:
        values = operation.examples | {"slug": self.slug, "username": self.bob, "seq": 1}
        values |= {"endpoint_id": self.endpoint}
        values |= self._others(operation) | self._notices(operation)
        place, body = self._passkeys(operation)
        prop = ExternalProps(self.browser.container, self.actor).of(operation.id)
        values |= place | prop.path
        options: dict[str, Any] = {}
        if self.grant is not None:
            options["headers"] = {"Authorization": f"Bearer {self.grant.access_token}"}
        if operation.body is not None:
            options["json"] = self._body(operation.body["example"]) | body | prop.body
        if operation.form is not None:
            options["data"] = operation.form["example"]
        if operation.takes_a_file:
            options["data"] = {"image": (BytesIO(picture()), "picture.jpg")}
        path, method = operation.path.format(**values), operation.method.upper()
        client = self.browser.app.test_client()
        for name, value in prop.cookies.items():
            client.set_cookie(name, value)
        query = prop.query | self._link(operation)
        return client.open(path, method=method, query_string=query, **options)

    def log(self) -> list[tuple[str, bool]]:
        views = self.browser.container.chat_reads().after(self.room, 0, 100)
        return [(view.entry.kind.value, view.hidden is None) for view in views]

    def _others(self, operation: Operation) -> dict[str, Any]:
        """Whom and what those have to do with who watch over accounts."""
        box, found = self.browser.container, dict[str, Any]()
        if "profile_id" in operation.examples:
            found["profile_id"] = box.find_account()(username=self.bob)
        if "type_name" in operation.examples:
            found["type_name"] = f"type{next(numbers)}"
            box.add_account_type()(actor=Actor("a test"), name=found["type_name"])
        return found

    def _notices(self, operation: Operation) -> dict[str, Any]:
        """One's own, or bob's for whoever watches over accounts and for whoever is nobody."""
        box, found = self.browser.container, dict[str, Any]()
        if "notification_id" in operation.examples:
            is_own = self.actor is not None and "profile_id" not in operation.examples
            owner = (
                self.actor.id if is_own and self.actor else box.find_account()(username=self.bob)
            )
            found["notification_id"] = a_notification(box, owner)
        if "device_id" in operation.examples and self.grant is not None:
            person = box.authenticate()(token=self.grant.access_token)
            found["device_id"] = a_registered(box, person)
        return found

    def _link(self, operation: Operation) -> dict[str, str]:
        """Whoever has the link in bob's letter may follow it."""
        if operation.id not in ("showUnsubscribing", "unsubscribe"):
            return {}
        box = self.browser.container
        return {"token": unsubscribe_token(box, box.find_account()(username=self.bob))}

    def _passkeys(self, operation: Operation) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.grant is None:
            return {}, {}
        box = self.browser.container
        person = box.authenticate()(token=self.grant.access_token)
        return PasskeyProps(box, person).of(operation.id)

    def _body(self, example: Mapping[str, Any]) -> dict[str, Any]:
        """The example, with names that are still free, and with what is the actor's own."""
        new = f"new{next(numbers)}"
        own = {"username": new, "email": f"{new}@example.org", "slug": new}
        if self.actor is not None and self.grant is not None:
            own |= {"login": self.actor.username, "refreshToken": self.grant.refresh_token}
            own |= {"password": PASSWORD}
        return dict(example) | {name: own[name] for name in own if name in example}


def scene(
    browser: Browser, role: str, *, is_live: bool = False, has_endpoint: bool = False
) -> Scene:
    """Set by the use cases themselves: what the routes allow is what is tested."""
    box = browser.container
    (host, grant), (bob, _) = _person(browser), _person(browser)
    channel = box.open_channel()(actor=host.id, slug=f"room-{next(numbers)}", title="A title")
    room = box.find_room()(slug=channel.slug)
    box.chat_writer().post(Draft.written(room, bob.id, "Hello", None))
    if is_live:
        box.start_stream()(actor=host.id, channel_id=channel.id)
    endpoint = an_endpoint(box, host.id, channel.id) if has_endpoint else None
    actor: Profile | None = host
    if not role.startswith("HOST") or role == "HOST elsewhere":
        actor, grant = _person(browser)
        _become(browser, role, actor, host, channel.id, room)
    if role == "HOST while suspended":
        staff, _ = _person(browser)
        box.grant_staff()(username=staff.username, by="a test")
        box.suspend_channel()(actor=staff.id, channel_id=channel.id, reason="a test")
    if role == "anonymous":
        actor = grant = None
    return Scene(browser, channel.slug, channel.id, room, bob.username, actor, grant, endpoint)


def _person(browser: Browser) -> tuple[Profile, Grant]:
    name = f"person{next(numbers)}"
    signed_up: tuple[Profile, Grant] = browser.container.sign_up()(
        full_name="Somebody",
        username=name,
        email=f"{name}@example.org",
        password=PASSWORD,
        device="",
        address="192.0.2.1",
    )
    return signed_up


def _become(
    browser: Browser, role: str, actor: Profile, host: Profile, channel: ChannelId, room: RoomId
) -> None:
    box, name = browser.container, actor.username
    if role == "ADMIN":
        box.set_admin()(actor=host.id, channel_id=channel, username=name)
    elif role in ("muted", "banned"):
        line = {"muted": f"/mute @{name}", "banned": f"/ban @{name}"}[role]
        box.apply_chat_command()(actor=host.id, room_id=room, line=line)
    elif role == "SUPERADMIN":
        box.grant_staff()(username=name, by="a test")
    elif role == "HOST elsewhere":
        box.open_channel()(actor=actor.id, slug=f"room-{next(numbers)}", title="Another")


class AuthorizationContract:
    """Inherited with a fixture ``browser`` whose limits nobody meets."""

    def test_every_operation_has_its_row(self) -> None:
        assert set(MATRIX) == set(OPERATIONS)

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_each_role_may_do_what_is_its_own_and_nothing_else(
        self, browser: Browser, name: str
    ) -> None:
        answers = {}
        for role in ROLES:
            has_endpoint = "endpoint_id" in OPERATIONS[name].examples
            stage = scene(browser, role, is_live=name in ON_AIR, has_endpoint=has_endpoint)
            before = stage.log()
            response = stage.ask(OPERATIONS[name])
            answers[role] = response.status_code
            assert str(response.status_code) in OPERATIONS[name].described["responses"]
            if response.status_code >= 400:
                assert problem_code(response)
                assert stage.log() == before
        assert answers == MATRIX[name]

    def test_what_is_another_channels_is_not_found_by_way_of_ones_own(
        self, browser: Browser
    ) -> None:
        theirs, own = scene(browser, "member"), scene(browser, "HOST")
        for number in range(3):
            bob = browser.container.read_public_profile()(username=theirs.bob).profile.id
            browser.container.chat_writer().post(
                Draft.written(theirs.room, bob, f"number {number}", None)
            )
        assert own.grant is not None
        headers = {"Authorization": f"Bearer {own.grant.access_token}"}
        path = f"{BASE}/channels/{own.slug}/messages/4"
        response = browser.app.test_client().delete(path, headers=headers)
        assert (response.status_code, problem_code(response)) == (404, "unknown_message")
        assert theirs.log() == [("message", True)] * 4

    def test_another_channels_webhook_is_not_found_by_way_of_ones_own(
        self, browser: Browser
    ) -> None:
        theirs, own = scene(browser, "member", has_endpoint=True), scene(browser, "HOST")
        named = [name for name in OPERATIONS if "endpoint_id" in OPERATIONS[name].examples]
        assert len(named) == 8
        for name in named:
            response = replace(own, endpoint=theirs.endpoint).ask(OPERATIONS[name])
            assert (response.status_code, problem_code(response)) == (404, "unknown_endpoint")
