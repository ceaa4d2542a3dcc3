"""Leaving for good, thinking again, and taking one's data along, on any store."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from dependency_injector import providers

from stonks.adapters.clock import new_id
from stonks.application.chat.post_messages import Draft
from stonks.application.identity.export.ports import SECTIONS
from stonks.application.identity.ports import AuditEntry
from stonks.application.mail.ports import Message
from stonks.application.notifications.devices import PushDevice
from stonks.application.webhooks.ports import Turn
from stonks.domain.errors import NotFound, Unauthenticated, Unavailable
from stonks.domain.identity.deletion import GRACE, SLACK
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.totp import TotpFactor
from stonks.domain.ids import DeviceId, ProfileId
from stonks.domain.notifications.delivery import Decided, Decision, State
from stonks.domain.social.bell import Bell
from stonks.domain.webhooks.endpoint import Endpoint, Status
from tests.contracts.external import an_identity
from tests.contracts.http import PASSWORD, Browser, problem_code
from tests.contracts.identity_cases import MovableClock
from tests.contracts.notices import a_notice
from tests.contracts.passkeys import a_passkey
from tests.contracts.pictures import picture
from tests.contracts.webhook_stores import a_full

TOKEN = "a-token-of-43-characters-or-so-which-is-mailed"
SECRET = b"a-secret-that-nobody-is-shown"


@dataclass(slots=True)
class Leaving:
    """Mara, who hosts a channel, writes in bruno's, and is going to leave."""

    browser: Browser
    clock: MovableClock
    sent: list[Message] = field(default_factory=list)

    @classmethod
    def settled(cls, browser: Browser, clock: MovableClock) -> "Leaving":
        leaving = cls(browser, clock)
        browser.container.mailer.override(providers.Object(leaving.sent.append))
        browser.sign_up("mara")
        browser.sign_up("bruno")
        browser.open_channel("mara", "harbour")
        browser.open_channel("bruno", "lounge")
        leaving.write("lounge", "mara", "I was here")
        return leaving

    @property
    def mara(self) -> ProfileId:
        return self.id_of("mara")

    def id_of(self, username: str) -> ProfileId:
        read = self.browser.container.read_public_profile()
        return ProfileId(read(username=username).profile.id)

    def write(self, slug: str, who: str, text: str) -> None:
        path = f"/channels/{slug}/messages"
        response = self.browser.ask("POST", path, who, json={"text": text})
        assert response.status_code == 201, response.text

    def messages(self, slug: str) -> list[Any]:
        response = self.browser.ask("GET", f"/channels/{slug}/messages")
        assert response.status_code == 200, response.text
        items: list[Any] = response.json["items"]
        return items

    def leave(self) -> datetime:
        response = self.browser.ask("POST", "/profiles/me/deletion", "mara")
        assert response.status_code == 202, response.text
        return datetime.fromisoformat(response.json["deletesAt"])

    def link(self, person: ProfileId, token: str = TOKEN, **changes: Any) -> str:
        """A link that was mailed before."""
        at = self.clock()
        told = {
            "digest": digest_of(token),
            "purpose": Purpose.CANCEL_DELETION,
            "email": "mara@example.org",
            "issued_at": at,
            "expires_at": at + GRACE,
            "profile_id": person,
        }
        with self.browser.container.begin_identity()() as work:
            work.mail_links.add(MailLink(**(told | changes)))
        return token

    def cancel(self, token: str) -> Any:
        return self.browser.ask("POST", "/auth/deletion/cancel", json={"token": token})

    def log_in(self) -> int:
        login = {"login": "mara", "password": PASSWORD}
        return self.browser.ask("POST", "/auth/login", json=login).status_code

    def erase(self) -> None:
        self.clock.ahead += GRACE + SLACK + timedelta(seconds=1)
        self.browser.container.erase_profiles()()

    def mails(self) -> list[Message]:
        """Those that have left by now."""
        while self.browser.container.send_mails()():
            pass
        return self.sent


class LeavingContract:
    """Subclasses give ``leaving``, and how many messages are ``many``."""

    many = 30

    def test_who_leaves_is_gone_at_once_and_everywhere(self, leaving: Leaving) -> None:
        due, ask = leaving.leave(), leaving.browser.ask
        assert abs(due - leaving.clock() - GRACE) < timedelta(minutes=1)
        gone = ask("GET", "/profiles/me", "mara")
        assert (gone.status_code, problem_code(gone)) == (401, "session_ended")
        assert ask("GET", "/profiles/mara").status_code == 404
        assert ask("GET", "/channels/harbour").status_code == 404
        assert leaving.log_in() == 401

    def test_leaving_asks_for_fresh_proof(self, leaving: Leaving) -> None:
        leaving.clock.pass_(301)
        refused = leaving.browser.ask("POST", "/profiles/me/deletion", "mara")
        assert (refused.status_code, problem_code(refused)) == (403, "fresh_proof_required")
        assert leaving.browser.ask("GET", "/profiles/mara").status_code == 200

    def test_the_mailed_link_calls_it_off_once(self, leaving: Leaving) -> None:
        leaving.leave()
        (mail,) = [mail for mail in leaving.mails() if "deleted" in mail.subject]
        assert mail.to == "mara@example.org"
        token = mail.text.split("#token=")[1].split()[0]
        assert leaving.cancel(token).status_code == 204
        assert leaving.log_in() == 200
        assert leaving.browser.ask("GET", "/channels/harbour").status_code == 200
        again = leaving.cancel(token)
        assert (again.status_code, problem_code(again)) == (422, "link_invalid")
        leaving.erase()
        assert leaving.log_in() == 200

    def test_who_was_put_out_does_not_come_back_by_leaving(self, leaving: Leaving) -> None:
        box, mara, asking = leaving.browser.container, leaving.mara, leaving.browser.asking("mara")
        box.deactivate_profile()(actor=mara)
        with pytest.raises(Unauthenticated) as refusal:
            box.schedule_deletion()(**asking)
        assert refusal.value.code == "session_ended"
        assert leaving.cancel(leaving.link(mara)).status_code == 422

    def test_no_other_link_calls_it_off(self, leaving: Leaving) -> None:
        mara, bruno = leaving.mara, leaving.id_of("bruno")
        leaving.leave()
        others = [
            leaving.link(mara, "for-resetting", purpose=Purpose.RESET_PASSWORD),
            leaving.link(bruno, "of-another", email="bruno@example.org"),
            leaving.link(mara, "to-another", email="bruno@example.org"),
            leaving.link(mara, "too-old", expires_at=leaving.clock()),
            "never-made",
        ]
        for token in others:
            refused = leaving.cancel(token)
            assert (refused.status_code, problem_code(refused)) == (422, "link_invalid")
        assert leaving.log_in() == 401

    def test_a_link_is_worth_nothing_to_who_stays(self, leaving: Leaving) -> None:
        token = leaving.link(leaving.mara)
        assert leaving.cancel(token).status_code == 422
        leaving.browser.ask("DELETE", "/profiles/me", "mara")
        assert leaving.cancel(token).status_code == 422
        assert leaving.log_in() == 401

    def test_after_the_grace_nothing_is_called_off(self, leaving: Leaving) -> None:
        mara = leaving.mara
        leaving.leave()
        leaving.clock.ahead += GRACE
        token = leaving.link(mara)
        late = leaving.cancel(token)
        assert (late.status_code, problem_code(late)) == (409, "profile_deleted")
        leaving.browser.container.erase_profiles()()
        with leaving.browser.container.begin_identity()() as work:
            assert work.profiles.lock(mara).username == "mara"  # clocks may differ by minutes
        leaving.erase()
        assert leaving.cancel(token).status_code == 422

    def test_after_the_grace_somebody_is_forgotten(self, leaving: Leaving) -> None:
        box, mara = leaving.browser.container, leaving.mara
        leaving.leave()
        leaving.mails()
        leaving.erase()
        with box.begin_identity()() as work:
            left = work.profiles.lock(mara)
            deletion = work.deletions.of(mara)
        assert left.username.startswith("deleted-")
        assert left.email == f"{left.username}@deleted.invalid"
        assert (left.full_name, left.avatar, left.active) == ("Deleted", None, False)
        assert deletion is not None
        assert deletion.erased_at is not None
        with pytest.raises(NotFound):
            box.read_channel()(slug="harbour")
        (message,) = leaving.messages("lounge")
        assert message["data"] == {"text": "I was here"}
        assert message["actor"]["username"] is None

    def test_the_last_mail_goes_to_the_address_that_was_theirs(self, leaving: Leaving) -> None:
        leaving.leave()
        leaving.mails()
        leaving.sent.clear()
        leaving.erase()
        leaving.browser.container.erase_profiles()()
        assert [mail.to for mail in leaving.mails()] == ["mara@example.org"]

    def test_who_leaves_has_nobody_told_any_more(self, leaving: Leaving) -> None:
        box = leaving.browser.container
        endpoint = an_endpoint(box, "harbour")

        def turn() -> Turn | None:
            with box.begin_webhooks()() as work:
                taken: Turn | None = work.turns.take(endpoint.lane, new_id(), timedelta(0))
                return taken

        assert turn() is not None
        leaving.leave()
        assert turn() is None
        assert box.endpoint_reads().one(endpoint.channel_id, endpoint.id)
        leaving.erase()
        with pytest.raises(NotFound):
            box.endpoint_reads().one(endpoint.channel_id, endpoint.id)

    def test_names_are_free_for_others_and_nothing_of_it_comes_back(self, leaving: Leaving) -> None:
        before = leaving.mara
        leaving.leave()
        leaving.erase()
        leaving.browser.sign_up("mara")
        assert leaving.mara != before
        assert leaving.browser.ask("GET", "/channels/harbour").status_code == 404

    def test_the_avatars_files_go_too(self, leaving: Leaving) -> None:
        media = leaving.browser.container.media()
        upload = {"image": (BytesIO(picture()), "mara.jpg")}
        shown = leaving.browser.ask("PUT", "/profiles/me/avatar", "mara", data=upload)
        key = shown.json["avatar"].split("/media/")[1]
        assert media.exists(key)
        leaving.leave()
        assert media.exists(key)
        leaving.erase()
        assert not media.exists(key)

    def test_erasing_at_once_on_several_processes_is_erasing_once(self, leaving: Leaving) -> None:
        leaving.leave()
        leaving.mails()
        leaving.sent.clear()
        leaving.clock.ahead += GRACE + 2 * SLACK
        erase = leaving.browser.container.erase_profiles()
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(erase) for _ in range(4)]:
                done.result()
        assert len(leaving.mails()) == 1

    def test_erasing_that_was_cut_short_is_finished_later(self, leaving: Leaving) -> None:
        box, mara = leaving.browser.container, leaving.mara
        leaving.browser.open_channel("mara", "second")
        first = channel_of(box, "harbour")
        leaving.leave()
        erase = replace(box.erase_profiles(), channels=CutShort(box, first))
        leaving.clock.ahead += GRACE + 2 * SLACK
        with pytest.raises(Unavailable):
            erase()
        with leaving.browser.container.begin_identity()() as work:
            assert work.profiles.lock(mara).username == "mara"
        leaving.browser.container.erase_profiles()()
        with leaving.browser.container.begin_identity()() as work:
            assert work.profiles.lock(mara).username != "mara"

    def test_an_export_has_something_in_every_section(self, leaving: Leaving) -> None:
        mara = leaving.mara
        fill(leaving, mara)
        response = leaving.browser.ask("GET", "/profiles/me/export", "mara")
        assert response.status_code == 200, response.text
        disposition = response.headers["Content-Disposition"]
        assert disposition == 'attachment; filename="stonks-mara.json"'
        document = json.loads(response.data)
        assert tuple(document) == ("exportedAt", "profile", *SECTIONS)
        assert document["profile"]["email"] == "mara@example.org"
        assert {name for name in SECTIONS if not document[name]} == set()
        shown = {name: set(document[name][0]) for name in SECTIONS}
        assert shown == FIELDS

    def test_an_export_tells_no_secret_and_nothing_of_others(self, leaving: Leaving) -> None:
        mara = leaving.mara
        fill(leaving, mara)
        leaving.write("lounge", "bruno", "said by bruno")
        an_endpoint(leaving.browser.container, "lounge")
        text = leaving.browser.ask("GET", "/profiles/me/export", "mara").text
        assert "bruno@example.org" not in text
        assert "said by bruno" not in text
        assert "harbour.example" in text
        assert "lounge.example" not in text
        for secret in ("$argon2", SECRET.decode(), TOKEN, leaving.browser.tokens["mara"]):
            assert secret not in text

    def test_an_export_tells_whom_somebody_follows_and_not_who_follows_them(
        self, leaving: Leaving
    ) -> None:
        box, mara, at = leaving.browser.container, leaving.mara, leaving.clock()
        for name in ("cleo", "dora", "emil"):
            leaving.browser.sign_up(name)
        for number, name in enumerate(("dora", "bruno", "cleo")):
            leaving.clock.ahead += timedelta(minutes=number)
            bell = Bell.NONE if name == "bruno" else None
            box.follow_profile()(actor=mara, username=name, bell=bell)
        box.follow_profile()(actor=leaving.id_of("emil"), username="mara")
        box.deactivate_profile()(actor=leaving.id_of("cleo"))
        export = leaving.browser.ask("GET", "/profiles/me/export", "mara")
        assert [(row["username"], row["notify"]) for row in export.json["following"]] == [
            *(("dora", "all"), ("bruno", "none"), (None, "all")),
        ]
        assert datetime.fromisoformat(export.json["following"][0]["since"]) >= at
        assert "emil" not in export.text

    def test_who_leaves_is_in_no_list_and_who_is_forgotten_in_no_count(
        self, leaving: Leaving
    ) -> None:
        box, ask = leaving.browser.container, leaving.browser.ask
        box.follow_profile()(actor=leaving.mara, username="bruno")
        box.follow_profile()(actor=leaving.id_of("bruno"), username="mara")
        leaving.leave()
        for path in ("followers", "following"):
            assert ask("GET", f"/profiles/bruno/{path}").json["items"] == []
        leaving.erase()
        shown = ask("GET", "/profiles/bruno").json
        assert (shown["followers"], shown["following"]) == (0, 0)

    def test_an_export_has_every_message_of_every_room(self, leaving: Leaving) -> None:
        box, mara = leaving.browser.container, leaving.mara
        room = box.find_room()(slug="harbour")
        texts = [f"number {number}" for number in range(self.many)]
        for text in texts:
            box.chat_writer().post(Draft.written(room, mara, text, None))
        document = leaving.browser.ask("GET", "/profiles/me/export", "mara").json
        assert [row["text"] for row in document["messages"] if row["channel"] == "harbour"] == texts
        assert [row["text"] for row in document["messages"] if row["channel"] == "lounge"] == [
            "I was here"
        ]


@dataclass(frozen=True, slots=True)
class CutShort:
    """``HostedChannels`` whose process is killed after the first."""

    box: Any
    first: Any

    def close(self, host_id: ProfileId) -> None:
        self.box.delete_channel()(actor=host_id, channel_id=self.first)
        raise Unavailable("database_unavailable", "killed")


FIELDS = {
    "sessions": {"id", "device", "startedAt", "usedAt", "expiresAt", "endedAt"},
    "accessTokens": {"name", "prefix", "scopes", "createdAt", "usedAt", "endedAt"},
    "identities": {"provider", "issuer", "subject", "email", "linkedAt", "usedAt"},
    "passkeys": {"name", "isSecondFactor", "createdAt", "usedAt"},
    "authenticatorApps": {"confirmedAt"},
    "recoveryCodes": {"usedAt"},
    "provenEmails": {"email"},
    "accountTypes": {"name", "grantedAt"},
    "mailsOnTheirWay": {"kind", "to", "at"},
    "channels": {
        *("slug", "title", "description", "createdAt", "updatedAt"),
        *("suspendedAt", "suspensionReason"),
    },
    "streams": {
        *("channel", "title", "startedAt", "seenAt", "endedAt", "endReason", "isAnnounced"),
    },
    "webhookEndpoints": {
        *("channel", "url", "description", "eventTypes", "status", "createdAt", "updatedAt"),
        *("activatedAt", "disabledAt", "disabledBecause", "failingSince"),
    },
    "adminOf": {"channel", "since"},
    "sanctions": {"channel", "kind", "at", "until", "reason"},
    "following": {"username", "notify", "since"},
    "audit": {"at", "action", "detail"},
    "notifications": {"kind", "at", "data", "readAt"},
    "notificationTraces": {"way", "state", "reason", "attempts", "decidedAt", "changedAt"},
    "notificationPreferences": {"kind", "way", "isWanted"},
    "pushDevices": {"device", "createdAt", "usedAt"},
    "messages": {"channel", "seq", "at", "text", "hidden"},
}


def fill(leaving: Leaving, person: ProfileId) -> None:
    """Something of everything that is kept about a person."""
    box, at = leaving.browser.container, leaving.clock()
    leaving.browser.sign_up("cleo")
    leaving.browser.open_channel("cleo", "attic")
    room = box.find_room()(slug="attic")
    box.apply_chat_command()(actor=leaving.id_of("cleo"), room_id=room, line="/mute @mara")
    box.start_stream()(actor=person, channel_id=channel_of(box, "harbour"))
    made = {"name": "bot", "scopes": ["profile:read"], "expires_in_days": 3}
    box.make_access_token()(**leaving.browser.asking("mara"), **made)
    change = {"stream_started": {"email": False}}
    box.change_preferences()(actor=person, change=change)
    with box.begin_identity()() as work:
        work.identities.add(an_identity(person))
        work.passkeys.add(a_passkey(person, public_key=SECRET))
        work.second_factors.put_totp(TotpFactor(person, SECRET, at, 1))
        work.second_factors.put_codes(person, [SECRET], at)
        work.email_proofs.put(person, "mara@example.org", at)
        work.account_types.grant(person, "staff", at, "root")
        work.audit.record(AuditEntry(new_id(), at, "root", "staff_granted", person, "mara"))
    box.follow_profile()(actor=person, username="bruno")
    told(leaving, person)
    an_endpoint(box, "harbour")
    box.set_admin()(
        actor=leaving.id_of("bruno"), channel_id=channel_of(box, "lounge"), username="mara"
    )


def told(leaving: Leaving, person: ProfileId) -> None:
    """A notification, what was decided about it, and a device."""
    box, at = leaving.browser.container, leaving.clock()
    notice = a_notice()
    session_id = leaving.browser.asking("mara")["session_id"]
    device = PushDevice(
        DeviceId(new_id()), person, session_id, "https://push.example/1", "key", "auth", "Bot", at
    )
    with box.begin_devices()() as work:
        work.devices.put(device)
    with box.begin_notifications()() as work:
        work.notices.add(notice)
        work.inboxes.add(notice.id, person)
        decision = Decision("email", State.SKIPPED, "online")
        work.deliveries.add(notice.id, [Decided([person], [decision])])


def an_endpoint(box: Any, slug: str) -> Endpoint:
    """A receiver of this channel's events, which is due."""
    with box.begin_webhooks()() as work:
        channel = work.channels.lock(channel_of(box, slug))
        full = replace(a_full(channel), url=f"https://{slug}.example", secret=SECRET)
        endpoint = replace(full, old_secret=SECRET, status=Status.ACTIVE)
        work.endpoints.add(endpoint)
    return endpoint


def channel_of(box: Any, slug: str) -> Any:
    return box.read_channel()(slug=slug).id
