"""A HOST goes live by HTTP, and everybody who wants to know is told, once, in their way."""

from email.message import EmailMessage
from urllib.parse import urlsplit
from uuid import UUID

import requests

from stonks.application.notifications.notifier import Device
from stonks.domain.ids import ProfileId
from tests.contracts.mailer import part, read
from tests.integration.notifications.crowd import (
    Crowd,
    Follower,
    new_crowd,
    with_proven_email,
)
from tests.integration.notifications.tally import frames, pushes, tally, trace
from tests.integration.notifications.works import Works
from tests.integration.sockets.people import Person, call, sign_up


def follow(crowd: Crowd, person: Person, kind: str, **how: str) -> Follower:
    """By HTTP, as all that this person does."""
    path = f"/profiles/{crowd.host.username}/follow"
    call(crowd.works.there, "PUT", path, person=person, json=how)
    follower = Follower(
        ProfileId(UUID(person.id)),
        person.username,
        kind,
        registered(crowd.works, person) if kind == "pushed" else None,
    )
    with_proven_email(crowd.works, follower.id, follower.email)
    crowd.followers.append(follower)
    return follower


def registered(works: Works, person: Person) -> Device:
    """What a browser does when it was asked whether it may."""
    device = works.service.register()
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    told = {"endpoint": device.endpoint, "expirationTime": None, "keys": keys}
    call(works.there, "POST", "/notifications/push-subscriptions", person=person, json=told)
    return device


def letters(works: Works, follower: Follower) -> list[EmailMessage]:
    """Those that can be unsubscribed from, which are the notices."""
    mails = [read(whole) for whole in works.postbox.to(follower.email)]
    return [mail for mail in mails if mail["List-Unsubscribe"]]


def test_everybody_is_told_once_in_the_way_that_they_chose(works: Works) -> None:
    crowd = new_crowd(works)
    pushed, mailed, silent, unwilling = (
        sign_up(works.here, f"e2e.{kind}") for kind in ("pushed", "mailed", "silent", "unwilling")
    )
    by_push = follow(crowd, pushed, "pushed")
    by_mail = follow(crowd, mailed, "mailed")
    follow(crowd, silent, "silent", notify="none")
    follow(crowd, unwilling, "unwilling")
    nothing = {"stream_started": {"inApp": False, "push": False, "email": False}}
    call(works.here, "PUT", "/notifications/preferences", person=unwilling, json=nothing)
    with crowd.online() as ears:
        notice = crowd.go_live("Ålesund by night")
        works.settle()
        tally(crowd, notice).check("nothing")
        (frame,), (the_same,) = (frames(ear, notice) for ear in ears)
    assert frame == the_same
    told = frame["notification"]
    assert (told["id"], told["type"], told["readAt"]) == (str(notice), "stream_started", None)
    assert told["data"]["title"] == "Ålesund by night"
    assert {trace(works, ear, notice)["inApp"] for ear in ears} == {("sent", "online")}
    assert call(works.there, "GET", "/notifications", person=silent).json()["items"] == []
    (push,) = pushes(works, by_push, notice)
    assert push == {
        "id": str(notice),
        "type": "stream_started",
        "at": told["at"],
        "title": f"{crowd.host.username.title()} is live",
        "body": "Ålesund by night",
        "url": f"http://localhost:8000/c/{crowd.slug}",
        "data": told["data"],
    }
    (mail,) = letters(works, by_mail)
    assert "Ålesund by night" in part(mail, "plain")
    unsubscribe(works, mail)
    second = new_crowd(works)
    follow(second, mailed, "mailed")
    again = second.go_live()
    works.settle()
    assert len(letters(works, by_mail)) == 1
    assert trace(works, by_mail, again)["email"] == ("skipped", "not_wanted")


def unsubscribe(works: Works, mail: EmailMessage) -> None:
    """As a mail program does with its one click (RFC 8058)."""
    link = urlsplit(str(mail["List-Unsubscribe"]).strip("<>"))
    key, value = str(mail["List-Unsubscribe-Post"]).split("=")
    url = f"{works.there.url}{link.path}?{link.query}"
    assert requests.post(url, data={key: value}, timeout=20).status_code in (200, 204)


def test_who_stops_at_once_is_announced_to_nobody_who_was_not_told_yet(works: Works) -> None:
    crowd = new_crowd(works, pushed=5, mailed=5)
    works.worker.kill()
    stream = crowd.start()
    crowd.stop()
    works.worker.start()
    works.settle()
    notice = crowd.notice(stream)
    assert notice is not None
    for follower in crowd.followers:
        assert {state for state, _ in trace(works, follower, notice).values()} == {"skipped"}
        assert letters(works, follower) == []
        assert pushes(works, follower, notice) == []


def test_a_false_start_is_told_of_once_as_what_follows(works: Works) -> None:
    crowd = new_crowd(works, pushed=5, mailed=5, silent=1, unwilling=1)
    works.worker.kill()
    stream = crowd.start("Oops")
    crowd.stop()
    works.worker.start()
    works.settle()
    crowd.start("The real show")
    works.settle()
    notice = crowd.notice(stream)
    assert notice is not None
    tally(crowd, notice).check("a false start")
    for follower in crowd.followers:
        for mail in letters(works, follower):
            assert "The real show" in part(mail, "plain")
