"""Images as people send them, and as they had better not."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

GPS_TAG, ORIENTATION_TAG, MAKE_TAG = 0x8825, 0x0112, 0x010F
SECRET = b"seen-at-home"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """Left half red, right half blue."""
    return encoded(halves(size), kind)


def halves(size: tuple[int, int] = (60, 40)) -> Image.Image:
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (size[0] // 2, 0, *size))
    return image


def telltale(orientation: int = 1) -> bytes:
    """A JPEG that says where and by what it was taken, in four places."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG], exif[MAKE_TAG] = orientation, SECRET.decode()
    exif.get_ifd(GPS_TAG).update({1: "N", 2: (59.0, 19.0, 46.0), 3: "E", 4: (18.0, 4.0, 7.0)})
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return encoded(halves(), "JPEG", exif=exif, comment=SECRET, xmp=xmp, icc_profile=_profile())


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """A profile of colour that takes red for green."""
    profile = _profile()
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    swapped = bytearray(profile)
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(swapped)


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few bytes that would be 900 megapixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND")


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif_bomb() -> bytes:
    data = bytearray(picture("GIF"))
    data[6:10] = struct.pack("<HH", 30_000, 30_000)
    return bytes(data)


def gif_frame_bomb() -> bytes:
    """A small screen with a frame that is not."""
    data = bytearray(picture("GIF"))
    frame = data.index(b",", 13 + 3 * 2 ** ((data[10] & 7) + 1))
    data[frame + 5 : frame + 9] = struct.pack("<HH", 30_000, 30_000)
    return bytes(data)


def jpeg_bomb() -> bytes:
    data = bytearray(picture("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 30_000, 30_000)
    return bytes(data)


def webp_bomb() -> bytes:
    data = bytearray(encoded(halves(), "WEBP", lossless=True))
    bits = int.from_bytes(data[21:25], "little") & ~0xFFFFFFF
    data[21:25] = (bits | 16_382 | 16_382 << 14).to_bytes(4, "little")
    return bytes(data)


def extended_webp_bomb() -> bytes:
    data = bytearray(encoded(halves(), "WEBP", exif=b"Exif\0\0x"))
    data[24:30] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


BOMBS = {
    make.__name__: make
    for make in (
        *(png_bomb, gif_bomb, gif_frame_bomb, jpeg_bomb, webp_bomb),
        extended_webp_bomb,
    )
}
SCRIPT = b"*/=1;alert('polyglot')/*"
POLYGLOTS = {
    "GIF and JavaScript": lambda: picture("GIF") + SCRIPT,
    "JPEG and ZIP": lambda: picture("JPEG") + b"PK\x03\x04" + SCRIPT + b"PK\x05\x06" + bytes(18),
    "PNG and HTML": lambda: picture("PNG") + b"<script>" + SCRIPT + b"</script>",
}
NO_IMAGES = {
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG with a declaration": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "HTML that begins as a GIF": b"GIF89a<script>alert(1)</script>",
    "PDF": b"%PDF-1.7\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "ZIP": b"PK\x03\x04" + bytes(100),
    "nothing": b"",
    "noise": bytes(range(256)) * 9,
    "a RIFF of another kind": b"RIFF\x24\0\0\0WAVEfmt " + bytes(30),
    "a WebP without a chunk": b"RIFF\x04\0\0\0WEBP",
    "a PNG header": b"\x89PNG\r\n\x1a\n",
}
OTHER_KINDS = ("TIFF", "BMP", "ICO", "TGA", "PPM", "JPEG2000")


def strange_pictures() -> dict[str, tuple[bytes, tuple[int, int, int]]]:
    """Images that are fine, if unusual, and the colour in their middle."""
    flat = Image.new("RGB", (30, 20), (20, 200, 20))
    other = Image.new("RGB", (30, 20), (200, 20, 20))
    green, grey = (20, 200, 20), (128, 128, 128)
    moving: dict[str, object] = {"save_all": True, "append_images": [other], "duration": 50}
    return {
        "CMYK": (encoded(flat.convert("CMYK"), "JPEG"), green),
        "16-bit grey": (encoded(Image.new("I;16", (30, 20), 32_896), "PNG"), grey),
        "grey": (encoded(Image.new("L", (30, 20), 128), "JPEG"), grey),
        "grey with alpha": (encoded(Image.new("LA", (30, 20), (128, 255)), "PNG"), grey),
        "black and white": (encoded(Image.new("1", (30, 20), 1), "PNG"), (255, 255, 255)),
        "palette": (encoded(flat.quantize(8), "PNG"), green),
        "animated GIF": (encoded(flat, "GIF", **moving), green),
        "animated WebP": (encoded(flat, "WEBP", **moving), green),
        "animated PNG": (encoded(flat, "PNG", **moving), green),
        "progressive": (encoded(flat, "JPEG", progressive=True), green),
        "lossless WebP": (encoded(flat, "WEBP", lossless=True), green),
        "one pixel": (encoded(Image.new("RGB", (1, 1), green), "PNG"), green),
        "a line": (encoded(Image.new("RGB", (3_000, 1), green), "PNG"), green),
    }
