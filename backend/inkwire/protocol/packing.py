"""Pages of a snapshot, compressed: raw DEFLATE (RFC 1951), each page by itself.

Compressed once for everybody who joins; ``size`` lets a receiver set aside what the list will take, and no more.
"""

from __future__ import annotations

import zlib
from typing import Final

import msgspec

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.frames import PackedPage, Page, SnapshotRecord

LEVEL: Final = 2
"""Ink is mostly noise to a compressor: higher levels take up to twice as long to save two percent."""
RAW: Final = -zlib.MAX_WBITS
"""Without zlib's header and checksum: a WebSocket loses no bytes."""

_MEMORY: Final = 9
"""Of 1 to 9: as much as zlib may take, 384 KiB while it runs, for larger blocks."""
_records: Final = msgspec.msgpack.Decoder(tuple[SnapshotRecord, ...])


def packed(records: bytes) -> PackedPage:
    """A page of an encoded list of records."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, RAW, _MEMORY)
    return PackedPage(len(records), deflate.compress(records) + deflate.flush())


def unpacked(page: PackedPage) -> Page:
    """The page as it was. Raises ``FrameError`` for bytes that are none, and before they grow beyond ``size``."""
    inflate = zlib.decompressobj(RAW)
    try:
        records = inflate.decompress(page.data, page.size)
    except zlib.error as error:
        raise FrameError(f"packed page: {error}", CloseCode.NOT_A_FRAME) from None
    if len(records) != page.size or inflate.decompress(inflate.unconsumed_tail, 1):
        raise FrameError("packed page: not of the size it says", CloseCode.NOT_A_FRAME)
    if not inflate.eof or inflate.unused_data:
        raise FrameError("packed page: torn, or more than one", CloseCode.NOT_A_FRAME)
    try:
        return Page(_records.decode(records))
    except msgspec.DecodeError as error:
        raise FrameError(f"packed page: {error}", CloseCode.NOT_A_FRAME) from None
