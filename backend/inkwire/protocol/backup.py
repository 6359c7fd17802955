"""The records of an ``.inkwire`` file: a board as it is, to be kept and brought in again.

A stream of msgpack values of type bin 32, each holding one record, which is an array with its kind first:
``["inkwire", version, board]``, then ``["element", map]`` in paint order, each ``["picture", sha256, bytes]``
before the first element that names it, and last ``["end", elements, pictures, sha256]``, the sha256 of every
byte before it. A file without an end is cut off; one with another sum is damaged.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from inkwire.protocol.elements import Element
from inkwire.protocol.plain import plain
from inkwire.protocol.scalars import Epoch, FileId, Seq, Title, Version, Word

VERSION: Final = 1
FRAME_HEAD_BYTES: Final = 5
"""The type byte and the length before each record."""
MAGIC_AT: Final = FRAME_HEAD_BYTES
MAGIC: Final = b"\x93\xa7inkwire"
"""How the first record begins."""
_BIN_32: Final = b"\xc6"
_encode: Final = msgspec.msgpack.Encoder().encode


class BackupBoard(Struct, frozen=True, kw_only=True):
    """Which board it was, and where its history stood when the backup was begun."""

    id: Word
    title: Title
    epoch: Epoch
    seq: Seq


class BackupHead(Struct, frozen=True, array_like=True, tag="inkwire"):
    """The first record. A reader refuses a version that it does not know."""

    version: Version
    board: BackupBoard


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


BackupRecord = BackupHead | BackupElement | BackupPicture | BackupEnd


class BackupWriter:
    """Writes one file, record by record; holds none of them."""

    def __init__(self, board: BackupBoard) -> None:
        self._board = board
        self._elements = 0
        self._pictures = 0
        self._sum = hashlib.sha256()

    def head(self) -> bytes:
        """The first record."""
        return self._framed(BackupHead(VERSION, self._board))

    def element(self, element: Element) -> bytes:
        """One element; the picture that it names has been written before."""
        self._elements += 1
        return self._framed(("element", plain(element)))

    def picture(self, file: str, data: bytes) -> bytes:
        """One picture."""
        self._pictures += 1
        return self._framed(BackupPicture(file, data))

    def tail(self) -> bytes:
        """The last record."""
        end = BackupEnd(self._elements, self._pictures, self._sum.hexdigest())
        return self._framed(end)

    def _framed(self, record: object) -> bytes:
        body = _encode(record)
        data = _BIN_32 + len(body).to_bytes(4, "big") + body
        self._sum.update(data)
        return data


def length_of(head: bytes) -> int | None:
    """How long the record after these ``FRAME_HEAD_BYTES`` bytes is; None for what begins no record."""
    if len(head) != FRAME_HEAD_BYTES or head[:1] != _BIN_32:
        return None
    return int.from_bytes(head[1:], "big")
