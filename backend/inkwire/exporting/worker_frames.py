"""What a server and the process that draws for it say to each other, over the process's pipes.

Each frame is its length in four bytes, big end first, and msgpack. The server sends a ``Task`` and then
only answers; so the process draws no faster than its output is taken.
"""

from __future__ import annotations

from typing import Final

import msgspec

from inkwire.exporting.theme import Theme

LENGTH_BYTES: Final = 4


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw: a ``Choice`` and a ``Look`` of a board, as plain values."""

    format: str
    id: str
    title: str
    epoch: str
    seq: int
    ids: list[str] | None
    region: tuple[float, float, float, float] | None
    theme: Theme
    background: bool
    padding: float
    scale: float | None
    frame: str
    fonts: str
    """The folder they are in; empty for none."""


class Begin(msgspec.Struct, frozen=True, tag=True):
    """The process goes through the elements from the first on: ``Records`` answers, as ``More``."""


class More(msgspec.Struct, frozen=True, tag=True):
    """The process wants further elements."""


class Wanted(msgspec.Struct, frozen=True, tag=True):
    """The process wants a picture: ``Picture`` answers."""

    file: str


class Piece(msgspec.Struct, frozen=True, tag=True):
    """The next bytes of the export; the first say that there will be one."""

    data: bytes


class Done(msgspec.Struct, frozen=True, tag=True):
    """That was all."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """It cannot be drawn as it is asked for; ``where`` names the option."""

    error: str
    where: str


class Failed(msgspec.Struct, frozen=True, tag=True):
    """A fault of ours, or a limit of the process."""

    reason: str


Said = Begin | More | Wanted | Piece | Done | Refused | Failed


class Records(msgspec.Struct, frozen=True):
    """Encoded ``SnapshotRecord`` bytes, lowest element first; none at the end."""

    records: list[bytes]


class Picture(msgspec.Struct, frozen=True):
    """A picture's bytes, None where there is none."""

    data: bytes | None


Answer = Task | Records | Picture

_encode: Final = msgspec.msgpack.Encoder().encode
decode_said: Final = msgspec.msgpack.Decoder(Said).decode
decode_task: Final = msgspec.msgpack.Decoder(Task).decode
decode_records: Final = msgspec.msgpack.Decoder(Records).decode
decode_picture: Final = msgspec.msgpack.Decoder(Picture).decode


def framed(message: Said | Answer) -> bytes:
    """A message with its length before it."""
    data = _encode(message)
    return len(data).to_bytes(LENGTH_BYTES, "big") + data
