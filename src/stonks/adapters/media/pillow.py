"""Images made anew by Pillow."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from PIL import Image, ImageCms, ImageFile

from stonks.adapters.media.webp_header import webp_pixels
from stonks.adapters.passwords import Turns
from stonks.application.media.ports import Media
from stonks.domain.errors import Invalid, Unavailable

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
LARGEST_COLOUR_PROFILE = 1024 * 1024
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
TURNS: Mapping[int, Image.Transpose] = {  # Exif 2.32, tag 274
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turns() -> Turns:
    """The largest WebP takes 500 MB for a moment, so only one at a time is made."""
    return Turns(at_once=1, waiting=8)


@dataclass(frozen=True, slots=True)
class PillowImages:
    """``Images``: JPEG, PNG, WebP, and the first picture of a GIF, as WebP.

    What an image says of itself is looked at before any pixel is: up to 40 megapixels. Profiles
    of colour are carried out, into sRGB, and left behind with everything else that is no pixel.
    """

    turns: Turns = field(default_factory=_turns)

    def squares(self, image: bytes, edges: Sequence[int]) -> Mapping[int, Media]:
        self._refuse_too_large(image)
        try:
            return self.turns(partial(_squares, image, edges))
        except Unavailable:
            raise Unavailable("busy", "too many images are being made at this moment") from None

    def _refuse_too_large(self, image: bytes) -> None:
        with _refusing(), _opened(image):
            pass


def _squares(image: bytes, edges: Sequence[int]) -> Mapping[int, Media]:
    with _refusing(), _opened(image) as opened:
        largest = _square(opened, max(edges))
        return {edge: Media(_webp(largest, edge), "image/webp") for edge in edges}


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a decoder stumbles over is the image's fault."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, KeyError) as error:
        raise _no_image() from error
    except (IndexError, AttributeError, OverflowError, ZeroDivisionError) as error:
        raise _no_image() from error


@contextmanager
def _opened(image: bytes) -> Iterator[ImageFile.ImageFile]:
    if (webp_pixels(image) or 0) > MOST_PIXELS:  # its decoder takes the memory as it opens
        raise _too_large()
    with Image.open(BytesIO(image), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_large()
        yield opened


def _square(opened: ImageFile.ImageFile, edge: int) -> Image.Image:
    orientation = opened.getexif().get(0x0112)
    opened.draft(None, _at_least(opened, edge))
    profile = opened.info.get("icc_profile")
    small = _resized(opened, edge)
    return _upright(_in_srgb(small, profile), orientation)


def _at_least(opened: Image.Image, edge: int) -> tuple[int, int]:
    """A size to which a JPEG may be decoded so that its shorter side still has ``edge``."""
    scale = max(1.0, min(opened.size) / (2 * edge))
    return int(opened.width / scale), int(opened.height / scale)


def _resized(opened: Image.Image, edge: int) -> Image.Image:
    image = _with_whole_colours(opened)
    side = min(image.size)
    left, top = (image.width - side) / 2, (image.height - side) / 2
    box = (left, top, left + side, top + side)
    return image.resize((edge, edge), Image.Resampling.LANCZOS, box, reducing_gap=2.0)


def _with_whole_colours(image: Image.Image) -> Image.Image:
    """In a mode whose pixels may be mixed: palettes and deep greys may not."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return _eight_bits(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    deep = image.convert("I")
    return deep.point(lambda value: value * (1 / 256) + 0).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    plain = image.convert("RGB") if alpha else image
    coloured = _carried_out(plain, profile) if profile else plain
    whole = coloured.convert("RGB")
    if alpha:
        whole.putalpha(alpha)
    return whole


def _carried_out(image: Image.Image, profile: bytes) -> Image.Image:
    """The image in sRGB; as it is where its profile is broken, or of other colours."""
    if len(profile) > LARGEST_COLOUR_PROFILE:
        return image
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, meant, SRGB, outputMode="RGB")
        return changed or image
    return image


def _upright(image: Image.Image, orientation: int | None) -> Image.Image:
    turn = TURNS.get(orientation or 1)
    return image.transpose(turn) if turn is not None else image


def _webp(image: Image.Image, edge: int) -> bytes:
    small = image.resize((edge, edge), Image.Resampling.LANCZOS) if image.width != edge else image
    file = BytesIO()
    small.save(file, "WEBP", quality=85, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()


def _too_large() -> Invalid:
    reason = "has more than 40 megapixels"
    return Invalid("image_too_large", f"image {reason}", errors={"image": [reason]})


def _no_image() -> Invalid:
    reason = "is no JPEG, PNG, WebP or GIF that can be read"
    return Invalid("not_an_image", f"image {reason}", errors={"image": [reason]})
