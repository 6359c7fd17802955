"""Frames put together from bytes that are already encoded: nothing is decoded or encoded again.

A commit lies in the log exactly as it goes to every browser, so a batch is a header and a join.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from inkwire.errors import FrameError
from inkwire.protocol import codec
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.packing import packed

EMPTY_LIST: Final = b"\x90"
_WORTH_PACKING: Final = 512
"""Bytes of a page below which nobody would notice."""
COMMIT_HEAD: Final = b"\x97\xcf"
"""An array of 7 whose first item is a 64-bit number: how every commit begins."""


def seq_of(commit: bytes) -> int:
    """The seq of an encoded commit, read at its fixed place. Raises ``FrameError``."""
    if commit[:2] != COMMIT_HEAD or len(commit) < 10:
        raise FrameError("not a commit", CloseCode.NOT_A_FRAME)
    return int.from_bytes(commit[2:10], "big")


def list_of(items: Sequence[bytes]) -> bytes:
    """The msgpack array of encoded items."""
    return _array_head(len(items)) + b"".join(items)


def batch_frame(
    commits: Sequence[bytes], live: Sequence[bytes] = (), left: bytes = EMPTY_LIST
) -> bytes:
    """A ``Batch`` frame of encoded commits, encoded ``PeerLive`` items and a list of peers."""
    return b"".join(
        (
            b"\x94\x0e",
            _array_head(len(commits)),
            *commits,
            _array_head(len(live)),
            *live,
            left,
        )
    )


def live_frame(item: bytes) -> bytes:
    """The ``Batch`` frame of one encoded ``PeerLive`` item and nothing else."""
    return b"\x94\x0e\x90\x91%b\x90" % item


def page_frame(records: Sequence[bytes]) -> bytes:
    """A ``Page`` frame of encoded snapshot records, packed if they are worth it."""
    listed = list_of(records)
    if len(listed) < _WORTH_PACKING:
        return b"\x92\x0c" + listed
    return codec.encode(packed(listed))


def _array_head(count: int) -> bytes:
    if count < 16:
        return bytes((0x90 | count,))
    if count < 1 << 16:
        return b"\xdc" + count.to_bytes(2, "big")
    return b"\xdd" + count.to_bytes(4, "big")
