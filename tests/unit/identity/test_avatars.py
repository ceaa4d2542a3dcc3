"""Avatars through the door: one image, small enough, and nothing else."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from dependency_injector import providers
from flask import Flask

from stonks.adapters.media.memory import MemoryMedia
from stonks.application.media.ports import Media
from stonks.domain.errors import Unauthenticated, Unavailable
from stonks.entrypoints.container import Container
from stonks.entrypoints.http.identity.uploads import LARGEST_IMAGE
from tests.contracts import pictures
from tests.contracts.http import Browser, browser_of, problem_code
from tests.contracts.identity_cases import MovableClock
from tests.contracts.pictures import opened, picture

PATH = "/profiles/me/avatar"
HERE = "http://localhost:8000"


@pytest.fixture
def browser(memory_container: Container, app: Flask) -> Browser:
    browser = browser_of(memory_container, app)
    browser.sign_up("mara")
    return browser


def upload(browser: Browser, image: bytes, name: str = "me.jpg", who: str = "mara") -> Any:
    return browser.ask("PUT", PATH, who, data={"image": (BytesIO(image), name)})


def shown(browser: Browser, image: bytes | None = None, who: str = "mara") -> str:
    """The URL of an avatar that was just taken."""
    response = upload(browser, image or picture(), who=who)
    assert response.status_code == 200, response.text
    url: str = response.json["avatar"]
    return url


def fetched(browser: Browser, url: str) -> Any:
    return browser.app.test_client().get(url.removeprefix(HERE))


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def files(browser: Browser) -> set[str]:
    return set(browser.container.media().files)


def test_an_avatar_is_shown_to_everybody_in_three_sizes(browser: Browser) -> None:
    url = shown(browser)
    assert browser.ask("GET", "/profiles/mara").json["avatar"] == url
    assert browser.ask("GET", "/profiles/me", "mara").json["avatar"] == url
    for edge in (64, 256, 512):
        response = fetched(browser, url.replace("256", str(edge)))
        assert response.mimetype == "image/webp"
        assert opened(response.data).size == (edge, edge)


def test_a_file_may_be_kept_for_ever_and_can_do_nothing(browser: Browser) -> None:
    response = fetched(browser, shown(browser))
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in response.headers


def test_each_image_has_a_url_of_its_own_and_the_old_files_go(browser: Browser) -> None:
    first, second = shown(browser), shown(browser)
    assert first != second
    assert fetched(browser, first).status_code == 404
    assert len(files(browser)) == 3


def test_people_with_the_same_image_do_not_delete_each_others(browser: Browser) -> None:
    browser.sign_up("bruno")
    mine, theirs = shown(browser), shown(browser, who="bruno")
    assert mine != theirs
    assert browser.ask("DELETE", PATH, "mara").status_code == 204
    assert fetched(browser, theirs).status_code == 200


def test_an_avatar_is_removed_as_often_as_one_likes(browser: Browser) -> None:
    url = shown(browser)
    for _ in range(2):
        assert browser.ask("DELETE", PATH, "mara").status_code == 204
    assert browser.ask("GET", "/profiles/mara").json["avatar"] is None
    assert fetched(browser, url).status_code == 404
    assert not files(browser)


def test_a_photo_that_is_uploaded_tells_no_place(browser: Browser) -> None:
    data = fetched(browser, shown(browser, pictures.telltale())).data
    assert pictures.SECRET not in data
    assert not dict(opened(data).getexif())


@pytest.mark.parametrize("name", pictures.NO_IMAGES)
def test_an_upload_that_is_no_image_is_refused(browser: Browser, name: str) -> None:
    for file_name in ("me.jpg", "me.svg", "me.html"):
        assert refused(upload(browser, pictures.NO_IMAGES[name], file_name)) == (
            422,
            "not_an_image",
        )
    assert not files(browser)


@pytest.mark.parametrize("name", pictures.BOMBS)
def test_an_uploaded_decompression_bomb_is_refused(browser: Browser, name: str) -> None:
    assert refused(upload(browser, pictures.BOMBS[name]())) == (422, "image_too_large")


@pytest.mark.parametrize(
    "name",
    [
        *("../../../../etc/passwd", "..\\..\\evil.jpg", "/etc/cron.d/x", "x.php", "a\0.jpg"),
        *("%2e%2e%2f", "." * 300, "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "<script>.jpg"),
    ],
)
def test_a_path_trick_in_the_files_name_has_no_effect(browser: Browser, name: str) -> None:
    assert upload(browser, picture(), name).status_code == 200
    for key in files(browser):
        assert key.startswith("avatars/")
        assert key.endswith(".webp")
        assert name not in key


def form(*parts: tuple[str, object]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in parts:
        names.setdefault(name, []).append(value)
    return {"data": names, "content_type": "multipart/form-data"}


def file() -> tuple[BytesIO, str]:
    return BytesIO(picture()), "me.jpg"


@pytest.mark.parametrize(
    "parts",
    [
        *([], [("image", "text and no file")], [("photo", file)]),
        *([("image", file), ("image", file)], [("image", file), ("role", "SUPERADMIN")]),
        [("image", file), ("second", file)],
    ],
)
def test_anything_but_one_image_is_refused(
    browser: Browser, parts: list[tuple[str, object]]
) -> None:
    body = form(*((name, part() if callable(part) else part) for name, part in parts))
    assert refused(browser.ask("PUT", PATH, "mara", **body)) == (422, "image_missing")
    assert not files(browser)


def test_a_body_that_is_no_form_is_refused(browser: Browser) -> None:
    ask = browser.ask
    assert refused(ask("PUT", PATH, "mara", json={})) == (415, "unsupported_media_type")
    assert refused(ask("PUT", PATH, "mara")) == (415, "unsupported_media_type")
    raw = {"data": picture(), "content_type": "image/jpeg"}
    assert refused(ask("PUT", PATH, "mara", **raw)) == (415, "unsupported_media_type")
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        broken = {"data": b"--y\r\ngarbage", "content_type": kind}
        assert refused(ask("PUT", PATH, "mara", **broken)) == (422, "image_missing")


def test_ten_thousand_parts_are_refused(browser: Browser) -> None:
    parts = form(*((f"p{number}", "x") for number in range(10_000)))
    assert refused(browser.ask("PUT", PATH, "mara", **parts)) == (413, "upload_too_large")
    small = form(*((f"p{number}", "x") for number in range(9)))
    assert refused(browser.ask("PUT", PATH, "mara", **small)) == (413, "upload_too_large")


def test_more_than_five_mebibytes_are_refused(browser: Browser) -> None:
    padded = picture("PNG") + bytes(LARGEST_IMAGE - len(picture("PNG")))
    assert upload(browser, padded).status_code == 200
    assert refused(upload(browser, padded + b"x")) == (413, "upload_too_large")
    assert refused(upload(browser, padded * 3)) == (413, "upload_too_large")


def test_nobody_uploads_without_signing_in(browser: Browser) -> None:
    response = browser.ask("PUT", PATH, data={"image": file()})
    assert refused(response) == (401, "token_missing")


def test_too_many_uploads_are_limited(browser: Browser) -> None:
    for _ in range(30):
        upload(browser, b"no image")
    assert refused(upload(browser, picture())) == (429, "too_many_attempts")


def test_who_was_put_out_while_uploading_shows_nothing(browser: Browser) -> None:
    box = browser.container
    mara = box.read_public_profile()(username="mara").profile.id
    set_avatar = box.set_avatar()
    box.deactivate_profile()(actor=mara)
    with pytest.raises(Unauthenticated) as refusal:
        set_avatar(actor=mara, image=picture())
    assert refusal.value.code == "session_ended"
    box.now.override(providers.Object(MovableClock(timedelta(hours=2))))
    assert len(files(browser)) == 3
    box.forget_avatars.reset()
    assert box.forget_avatars()()
    assert not files(browser)


class Full(MemoryMedia):
    """A store that takes one file and is full then."""

    def put(self, key: str, media: Media) -> None:
        if self.files:
            raise Unavailable("media_unavailable", "no room")
        self.files[key] = media


def test_a_store_that_is_full_leaves_the_avatar_as_it_was(browser: Browser) -> None:
    box, clock = browser.container, MovableClock()
    full = Full(f"{HERE}/media")
    box.media.override(providers.Object(full))
    box.now.override(providers.Object(clock))
    assert refused(upload(browser, picture())) == (503, "media_unavailable")
    assert browser.ask("GET", "/profiles/me", "mara").json["avatar"] is None
    assert len(full.files) == 1
    assert not box.forget_avatars()()
    clock.ahead = timedelta(hours=2)
    assert box.forget_avatars()()
    assert not full.files
    assert not box.forget_avatars()()


def test_what_is_shown_is_never_forgotten(browser: Browser) -> None:
    clock = MovableClock()
    browser.container.now.override(providers.Object(clock))
    url = shown(browser)
    clock.ahead = timedelta(days=400)
    assert not browser.container.forget_avatars()()
    assert fetched(browser, url).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/media/", "/media/avatars", "/media/../pyproject.toml", "/media/%2e%2e/x.webp"),
        *("/media/avatars/none/256.webp", "/media//etc/passwd", "/media/.env", "/media/a\\b"),
    ],
)
def test_no_path_trick_reads_another_file(browser: Browser, path: str) -> None:
    assert browser.app.test_client().get(path).status_code == 404
