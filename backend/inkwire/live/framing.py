"""Where the frames of a client begin and end (RFC 6455, section 5.2), and the payload of the plain ones.

A board's pages send whole, masked, binary messages and little else, most of them alone in what one read
gives. Those are read here; anything else is left to the library, frame by frame, so that what counts as
a breach, and how it is answered, stays the library's word. Pure.
"""

from __future__ import annotations

from typing import Final

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without the library's wheel
    from websockets.utils import apply_mask

PLAIN: Final = 0x82
"""The first byte of a binary message in one frame."""
BREACH: Final = -1
_ECHO: Final = b"\x8a\x84"
_KNOWN: Final = frozenset(fin | opcode for fin in (0, 0x80) for opcode in (0, 1, 2, 8, 9, 10))


def sole_message(data: bytes) -> bytes | None:
    """The payload, if ``data`` is exactly one masked binary message of less than 64 KiB, else None."""
    size = len(data)
    if size < 6 or data[0] != PLAIN:
        return None
    length = data[1]
    if length < 0xFE:
        return apply_mask(data[6:], data[2:6]) if length + 6 == size + 0x80 else None
    if length == 0xFE and size >= 8 and (data[2] << 8 | data[3]) + 8 == size:
        return apply_mask(data[8:], data[4:8])
    return None


def sole_echo(data: bytes) -> int | None:
    """The number, if ``data`` is exactly one masked pong of four bytes (a mark's echo), else None."""
    if len(data) != 10 or data[:2] != _ECHO:
        return None
    return int.from_bytes(data[2:6], "big") ^ int.from_bytes(data[6:], "big")


def frame_size(data: bytearray, start: int, limit: int) -> int:
    """The bytes of the frame that begins at ``start``, head included.

    0 if they are not all here, ``BREACH`` if it is no masked frame of a known kind with at most
    ``limit`` bytes of payload; both as soon as it is certain.
    """
    have = len(data) - start
    if have < 2:
        return 0
    length = data[start + 1] - 0x80
    if length < 0 or data[start] not in _KNOWN:
        return BREACH
    head = 6
    if length >= 126:
        head = 8 if length == 126 else 14
        if have < head - 4:
            return 0
        length = int.from_bytes(data[start + 2 : start + head - 4], "big")
    if length > limit:
        return BREACH
    return head + length if have >= head + length else 0
