"""The records of a backup of a whole installation: every board, who gets in, the pictures.

Framed as ``protocol.backup`` does it: values of msgpack, each behind its length, each an array with its kind first.
``["inkwire-instance", version, made]``, then for each board ``["begin", …]``, its ``["element", map]`` in paint order
and ``["told", …]``; each ``["picture", sha256, bytes]`` once; ``["register", name, rows]``; last ``["end", boards,
elements, pictures, sha256]`` with the sha256 of every byte before it.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from inkwire.protocol.backup import BackupElement, BackupPicture
from inkwire.protocol.scalars import BoardId, FileId, Seq, Version

VERSION: Final = 1
MAX_RECORD_BYTES: Final = 65 * 2**20
"""A picture is the largest."""
EVENTS: Final = 200
"""Of a board's activity in one record."""
_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Field = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,31}\Z")]
_Register = Annotated[str, Meta(pattern=r"^inkwire:owner:\{[0-9a-f]{64}\}\Z")]
_Short = Annotated[str, Meta(max_length=1_000)]
_Json = Annotated[bytes, Meta(max_length=64 * 1024)]


class InstanceHead(Struct, frozen=True, array_like=True, tag="inkwire-instance"):
    """The first record; ``made`` in Unix milliseconds. A reader refuses a version that it does not know."""

    version: Version
    made: Seq


class InstanceBoard(Struct, frozen=True, array_like=True, tag="begin"):
    """A board without its elements. ``meta`` has what the store keeps of it: title, created, ….

    ``links`` has the hash of each token and its role, so that links go on to open the board; ``files`` pictures and
    their sizes; ``hooks`` webhooks as JSON; ``last`` the number of its activity's newest event.
    """

    id: BoardId
    meta: dict[_Field, _Short]
    links: dict[_Hash, _Short]
    files: dict[FileId, Seq]
    hooks: dict[_Short, _Json]
    last: Seq


class InstanceEvents(Struct, frozen=True, array_like=True, tag="told"):
    """Part of the board's activity: each event's number, time and JSON."""

    events: Annotated[list[tuple[Seq, Seq, _Json]], Meta(max_length=EVENTS)]


class InstanceRegister(Struct, frozen=True, array_like=True, tag="register"):
    """A list that is nobody board's: members and their scores."""

    name: _Register
    rows: list[tuple[_Short, float]]


class InstanceEnd(Struct, frozen=True, array_like=True, tag="end"):
    """What a whole file holds."""

    boards: Seq
    elements: Seq
    pictures: Seq
    sha256: _Hash


InstanceRecord = (
    InstanceHead
    | InstanceBoard
    | BackupElement
    | InstanceEvents
    | BackupPicture
    | InstanceRegister
    | InstanceEnd
)
