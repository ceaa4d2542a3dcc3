"""Images are made anew, whatever they were, or refused before they can do harm."""

import tracemalloc
from dataclasses import dataclass, field
from threading import Event, Thread

import pytest
from PIL import Image

from stonks.adapters.media.pillow import PillowImages
from stonks.adapters.passwords import Turns
from stonks.domain.errors import Invalid, Unavailable
from tests.contracts import pictures
from tests.contracts.pictures import opened, picture, telltale

IMAGES = PillowImages()
EDGES = (64, 256, 512)
POINTS = ((8, 32), (56, 32))
RED, BLUE = (220, 20, 20), (20, 20, 220)


def made(image: bytes, edge: int = 64) -> bytes:
    return IMAGES.squares(image, (edge,))[edge].data


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_kind_becomes_a_square_webp_of_each_size(kind: str) -> None:
    squares = IMAGES.squares(picture(kind, (90, 60)), EDGES)
    assert set(squares) == set(EDGES)
    for edge, square in squares.items():
        image = opened(square.data)
        assert (image.format, image.size, square.content_type) == (
            "WEBP",
            (edge, edge),
            "image/webp",
        )


def test_it_is_the_middle_that_is_shown() -> None:
    image = pictures.halves((300, 100))
    image.paste((20, 220, 20), (0, 0, 100, 100))
    left, right = (opened(made(pictures.encoded(image, "PNG"))).getpixel(at) for at in POINTS)
    assert near(left, (220, 20, 20))
    assert near(right, (20, 20, 220))


def test_a_photo_tells_neither_place_nor_camera() -> None:
    source = telltale()
    assert pictures.SECRET in source
    assert opened(source).getexif().get_ifd(pictures.GPS_TAG)
    for edge in EDGES:
        data = made(source, edge)
        image = opened(data)
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        for trace in (pictures.SECRET, b"EXIF", b"Exif", b"XMP ", b"ICCP", b"sRGB"):
            assert trace not in data


@pytest.mark.parametrize(
    ("orientation", "left", "top"),
    [
        *((1, RED, None), (2, BLUE, None), (3, BLUE, None), (4, RED, None)),
        *((5, None, RED), (6, None, RED), (7, None, BLUE), (8, None, BLUE)),
    ],
)
def test_a_photo_stands_upright(
    orientation: int, left: tuple[int, ...] | None, top: tuple[int, ...] | None
) -> None:
    image = opened(made(telltale(orientation)))
    if left:
        assert near(image.getpixel((8, 32)), left)
    if top:
        assert near(image.getpixel((32, 8)), top)


@pytest.mark.parametrize("name", pictures.strange_pictures())
def test_strange_pictures_look_as_they_should(name: str) -> None:
    source, colour = pictures.strange_pictures()[name]
    image = opened(made(source))
    assert image.n_frames == 1
    assert near(image.convert("RGB").getpixel((32, 32)), colour)


def test_what_is_see_through_stays_so() -> None:
    clear = pictures.encoded(Image.new("RGBA", (30, 20), (200, 20, 20, 100)), "PNG")
    image = opened(made(clear))
    assert image.mode == "RGBA"
    assert abs(image.getpixel((32, 32))[3] - 100) < 5


def flat(profile: bytes) -> bytes:
    red = Image.new("RGB", (30, 20), (220, 20, 20))
    return pictures.encoded(red, "PNG", icc_profile=profile)


def test_colours_of_another_profile_are_carried_into_srgb() -> None:
    image = opened(made(flat(pictures.swapped_profile())))
    red, green, _ = image.getpixel((32, 32))
    assert green > 200 > 60 > red
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("profile", [b"no profile at all", b"x" * 200_000])
def test_a_broken_profile_is_left_behind(profile: bytes) -> None:
    image = opened(made(flat(profile)))
    assert near(image.getpixel((32, 32)), RED)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("name", pictures.NO_IMAGES)
def test_what_is_no_image_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        made(pictures.NO_IMAGES[name])
    assert refusal.value.code == "not_an_image"


@pytest.mark.parametrize("kind", pictures.OTHER_KINDS)
def test_other_decoders_are_not_even_asked(kind: str) -> None:
    with pytest.raises(Invalid) as refusal:
        made(picture(kind))
    assert refusal.value.code == "not_an_image"


@pytest.mark.parametrize("name", pictures.POLYGLOTS)
def test_of_a_polyglot_only_the_image_is_left(name: str) -> None:
    source = pictures.POLYGLOTS[name]()
    assert pictures.SCRIPT in source
    data = made(source)
    assert pictures.SCRIPT not in data
    assert data[:4] == b"RIFF"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


@pytest.mark.parametrize("name", pictures.BOMBS)
def test_a_decompression_bomb_is_refused_by_its_header(name: str) -> None:
    bomb = pictures.BOMBS[name]()
    assert len(bomb) < 10_000
    tracemalloc.start()
    try:
        with pytest.raises(Invalid) as refusal:
            made(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert refusal.value.code == "image_too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_file_is_refused_wherever_it_ends(kind: str) -> None:
    whole = pictures.encoded(Image.effect_noise((40, 40), 60), kind)
    for length in range(4, len(whole) * 3 // 4, max(1, len(whole) // 25)):
        with pytest.raises(Invalid):
            made(whole[:length])


def test_bytes_that_were_turned_over_never_break_anything() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        whole = picture(kind)
        for at in range(0, len(whole), max(1, len(whole) // 60)):
            broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            assert outcome(broken) in ("made", "not_an_image", "image_too_large")


def outcome(image: bytes) -> str:
    try:
        made(image)
    except Invalid as refusal:
        return refusal.code
    return "made"


@dataclass(slots=True)
class Gate:
    """Turns that stay taken until they are let go."""

    entered: Event = field(default_factory=Event)
    open: Event = field(default_factory=Event)

    def __call__(self) -> None:
        self.entered.set()
        self.open.wait(30)


def test_when_too_many_images_wait_others_are_turned_away() -> None:
    turns, gate = Turns(at_once=1, waiting=0), Gate()
    holder = Thread(target=turns, args=(gate,))
    holder.start()
    try:
        assert gate.entered.wait(30)
        with pytest.raises(Unavailable) as refusal:
            PillowImages(turns).squares(picture(), EDGES)
        assert (refusal.value.code, "image" in refusal.value.detail) == ("busy", True)
    finally:
        gate.open.set()
        holder.join()
