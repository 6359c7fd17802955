"""Small pictures of every kind, as bytes, made by hand: what matters here is their headers."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 2, height: int = 3, colour: bytes = b"\xe0\x31\x31") -> bytes:
    """A whole PNG of one colour."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + colour * width) * height
    return png_start(head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def png_of_size(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large."""
    return png_start(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def png_start(head: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def svg(inside: str = "", attributes: str = 'width="7" height="9"', before: str = "") -> bytes:
    """An SVG."""
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


_ISPE = b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 7, 9)
OF_7_BY_9: dict[str, bytes] = {
    "image/png": png(7, 9),
    "image/gif": b"GIF89a" + struct.pack("<HH", 7, 9) + b"\x00" * 4,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 9, 7),
    "image/webp": b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 7, 9),
    "image/webp lossless": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 6 | 8 << 14),
    "image/webp extended": b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + b"\6\0\0" + b"\x08\0\0",
    "image/avif": b"\0\0\0\x0cftypavif"
    + struct.pack(">I4s", 8 + 4 + len(_ISPE) * 2, b"meta")
    + b"\0\0\0\0"
    + _ISPE.replace(b"\7", b"\1")
    + _ISPE,
    "image/svg+xml": svg(),
}
