"""Pictures inside a file: decoded, and known by their first bytes rather than by what is said of them."""

from __future__ import annotations

import base64
import binascii
import re
import struct

from inkwire.errors import BadFile
from inkwire.importing.limits import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS

_DATA_URL = re.compile(r"data:([a-z]+/[a-z0-9.+-]+)?(?:;[a-z-]+=[^;,]{1,64})*(;base64)?,", re.I)
_PNG = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers of JPEG; C4, C8 and CC are other tables.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_of(data_url: str, where: str) -> bytes | None:
    """The bytes of a ``data:`` address; None for an SVG, which could run; else ``BadFile``."""
    found = _DATA_URL.match(data_url)
    if not found or not found.group(2):
        raise BadFile("This is not a picture in base64.", where)
    if (found.group(1) or "").lower() == "image/svg+xml":
        return None
    body = data_url[found.end() :]
    if len(body) > MAX_PICTURE_BYTES * 4 // 3 + 4:
        raise BadFile(f"A picture has more than {MAX_PICTURE_BYTES} bytes.", where)
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise BadFile("The base64 of a picture is damaged.", where) from None


def natural_size(data: bytes, where: str) -> tuple[int, int]:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP; raises ``BadFile`` for all else."""
    try:
        size = _size(data)
    except (struct.error, IndexError):
        size = None
    if size is None:
        raise BadFile("This is not a PNG, JPEG, GIF or WebP picture.", where)
    width, height = size
    if not (width and height) or width * height > MAX_PICTURE_PIXELS:
        raise BadFile(
            f"A picture of {width} by {height} pixels is not read; at most"
            f" {MAX_PICTURE_PIXELS} pixels are.",
            where,
        )
    return size


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(_PNG) and data[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    while data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return width, height
        position += 2 + int(struct.unpack_from(">H", data, position + 2)[0])
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int(struct.unpack_from("<I", data, 21)[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        return width, int.from_bytes(data[27:30], "little") + 1
    return None
