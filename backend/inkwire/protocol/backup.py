"""The records of an ``.inkwire`` file: a board as it is, to be kept and brought in again.

A stream of msgpack values of type bin 32, each holding one record, which is an array with its kind first:
``["inkwire", version]``, ``["board", id, title, epoch, seq]``, then ``["element", map]`` in paint order, each
``["picture", sha256, bytes]`` before the first element that names it, and last ``["end", elements, pictures,
sha256]``, the sha256 of every byte before it. A file without an end is cut off; one with another sum is
damaged.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from inkwire.protocol.elements import Element
from inkwire.protocol.plain import plain
from inkwire.protocol.scalars import Epoch, FileId, Seq, Title, Version, Word

VERSION: Final = 1
FRAME_HEAD_BYTES: Final = 5
"""The type byte and the length before each record."""
MAGIC_AT: Final = FRAME_HEAD_BYTES
MAGIC: Final = b"\x92\xa7inkwire"
"""How the first record begins."""
_BIN_32: Final = b"\xc6"
_encode: Final = msgspec.msgpack.Encoder().encode
PREFACE: Final = _BIN_32 + (len(MAGIC) + 1).to_bytes(4, "big") + MAGIC + bytes((VERSION,))
"""The first record, the same in every file."""


class BackupHead(Struct, frozen=True, array_like=True, tag="inkwire"):
    """The first record. A reader refuses a version that it does not know."""

    version: Version


class BackupBoard(Struct, frozen=True, array_like=True, tag="board"):
    """Which board it was, and where its history stood when the backup was begun."""

    id: Word
    title: Title
    epoch: Epoch
    seq: Seq


class BackupElement(Struct, frozen=True, array_like=True, tag="element"):
    """One element, whole."""

    element: Element


class BackupPicture(Struct, frozen=True, array_like=True, tag="picture"):
    """The bytes of a picture, under the name that elements know it by."""

    file: FileId
    data: bytes


class BackupEnd(Struct, frozen=True, array_like=True, tag="end"):
    """What a whole file holds."""

    elements: Seq
    pictures: Seq
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


BackupRecord = BackupHead | BackupBoard | BackupElement | BackupPicture | BackupEnd


def framed(record: Struct | tuple[str, Any]) -> bytes:
    """A record as it stands in a file."""
    body = _encode(record)
    return _BIN_32 + len(body).to_bytes(4, "big") + body


def framed_element(element: Element) -> bytes:
    """An element's record, with nothing in it that is a default."""
    return framed(("element", plain(element)))


def length_of(head: bytes) -> int | None:
    """How long the record after these ``FRAME_HEAD_BYTES`` bytes is; None for what begins no record."""
    if len(head) != FRAME_HEAD_BYTES or head[:1] != _BIN_32:
        return None
    return int.from_bytes(head[1:], "big")
