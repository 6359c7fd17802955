"""What a picture's own bytes say: its kind and its size. Names and headers from outside say nothing.

Nothing is decoded: a header of a few bytes is read, so a picture that would unpack to gigabytes costs
nothing to refuse.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from inkwire.assets.svg_header import looks_like_svg, svg_size
from inkwire.errors import BadFile, WrongType

MAX_PIXELS: Final = 50_000_000
"""Pixels of one picture: each browser that shows it unpacks four bytes for each."""
HEAD_BYTES: Final = 64 * 1024
"""What ``media_type_of`` needs of a picture; it looks at no more."""
KINDS: Final = "PNG, JPEG, WebP, GIF, AVIF or SVG"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers of JPEG; C4, C8 and CC are other tables.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SVG: Final = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """``media_type`` such as ``image/png``; ``width`` and ``height`` in pixels, of an SVG in CSS pixels."""

    media_type: str
    width: float
    height: float


def read_header(data: bytes, where: str = "") -> PictureHeader:
    """The kind and size of a whole picture.

    Raises ``WrongType`` for what is no picture of ``KINDS``, ``BadFile`` for one that is damaged, too
    large to unpack or, being SVG, able to do something.
    """
    kind = media_type_of(data)
    if kind is None:
        raise WrongType(f"This is no picture: {KINDS} can be shown.", where)
    try:
        size = svg_size(data) if kind == _SVG else _SIZES[kind](data)
    except (struct.error, IndexError, ValueError):
        size = None
    except BadFile as error:
        raise BadFile(str(error), where) from None
    if size is None:
        raise BadFile("The picture is damaged.", where)
    width, height = size
    if kind != _SVG and not 0 < width * height <= MAX_PIXELS:
        raise BadFile(
            f"A picture of {width:g} by {height:g} pixels is too large;"
            f" at most {MAX_PIXELS:,} pixels can be shown.",
            where,
        )
    return PictureHeader(kind, width, height)


def media_type_of(data: bytes) -> str | None:
    """What the first ``HEAD_BYTES`` say that it is; None for all that is no picture."""
    if data.startswith(_PNG):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return _SVG if looks_like_svg(data) else None


Size = tuple[float, float]


def _png_size(data: bytes) -> Size | None:
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif_size(data: bytes) -> Size | None:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg_size(data: bytes) -> Size | None:
    """As it is shown: a camera held upright writes a picture that lies, and says so beside it."""
    position, lies = 2, False
    while data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return (height, width) if lies else (width, height)
        length = int(struct.unpack_from(">H", data, position + 2)[0])
        if marker == 0xE1 and data[position + 4 : position + 10] == b"Exif\0\0":
            lies = _orientation(data[position + 10 : position + 2 + length]) >= 5
        position += 2 + length
    return None


def _orientation(exif: bytes) -> int:
    """1 to 8, from 5 on turned by a quarter (Exif 3.0, tag 274); 1 where nothing sensible is said."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for at in range(start + 2, start + 2 + 12 * min(count, 100), 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, at)
            if (tag, kind) == (274, 3):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _webp_size(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int(struct.unpack_from("<I", data, 21)[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and len(data) >= 30:
        width = int.from_bytes(data[24:27], "little") + 1
        return width, int.from_bytes(data[27:30], "little") + 1
    return None


def _avif_size(data: bytes) -> Size | None:
    """The largest ``ispe`` box of the ``meta`` box: a grid's own is larger than its cells'."""
    position, found = 0, None
    while position + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        if name == b"meta":
            meta = data[position : position + length]
            at = meta.find(b"ispe")
            while at >= 0:
                width, height = struct.unpack_from(">II", meta, at + 8)
                if found is None or width * height > found[0] * found[1]:
                    found = width, height
                at = meta.find(b"ispe", at + 4)
            return found
        if length < 8:
            return None
        position += length
    return None


_SIZES: Final[dict[str, Callable[[bytes], Size | None]]] = {
    "image/png": _png_size,
    "image/jpeg": _jpeg_size,
    "image/gif": _gif_size,
    "image/webp": _webp_size,
    "image/avif": _avif_size,
}
