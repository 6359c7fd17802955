"""Snapshot records as elements: their large properties put back by bytes, and decoded once."""

from __future__ import annotations

from typing import Final

import msgspec

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import SnapshotRecord

_FIXMAP: Final = 0x80
_NO_POINTS: Final = b"\xa6points\xc4\x00"
_MAP_16: Final = 0xDE
_MOST_IN_FIXMAP: Final = 15

_encode: Final = msgspec.msgpack.Encoder().encode
_element: Final[msgspec.msgpack.Decoder[Element]] = msgspec.msgpack.Decoder(Element)
_record: Final = msgspec.msgpack.Decoder(SnapshotRecord)


def decode_record(record: bytes) -> tuple[int, Element]:
    """The seq of the last change and the element of an encoded ``SnapshotRecord``."""
    decoded = _record.decode(record)
    return decoded.seq, element_of(decoded)


def element_of(record: SnapshotRecord) -> Element:
    """The element of a record. Raises ``FrameError`` for one that is none."""
    small = bytes(record.element)
    large = b""
    if record.points is not None:
        large = b"\xa6points" + _encode(record.points)
    if record.text is not None:
        large += b"\xa4text" + _encode(record.text)
    try:
        if large:
            small = _joined(small, (record.points is not None) + (record.text is not None), large)
        try:
            return _element.decode(small)
        except msgspec.ValidationError:
            if record.points is not None:
                raise
            return _element.decode(
                _joined(small, 1, _NO_POINTS)
            )  # of a stroke or line, where they are empty
    except (msgspec.DecodeError, IndexError) as error:
        raise FrameError(f"not a record: {error}", CloseCode.MALFORMED) from None


def _joined(small: bytes, more: int, large: bytes) -> bytes:
    """The msgpack map with ``more`` encoded pairs at its end."""
    if small[0] == _MAP_16:
        count, body = int.from_bytes(small[1:3], "big") + more, small[3:]
    else:
        count, body = small[0] - _FIXMAP + more, small[1:]
    if count <= _MOST_IN_FIXMAP:
        return bytes((_FIXMAP + count,)) + body + large
    return bytes((_MAP_16,)) + count.to_bytes(2, "big") + body + large
