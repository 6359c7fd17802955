"""What the rest of Inkwire asks of the place where pictures are kept.

Content-addressed: a file's name is the sha256 of its bytes, so it never changes, equal pictures are
kept once, and whoever fetches one can tell that it is whole. Every method may raise
``errors.StoreUnavailable``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Protocol

_ID: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept. ``written_ms``: Unix time in milliseconds when it was last put."""

    id: str
    size: int
    written_ms: int


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file to be read piece by piece: flat memory, however slow its reader is.

    ``head`` are its first bytes, at least ``picture_header.HEAD_BYTES`` where it has so many, and
    ``pieces`` all of its bytes, the head too.
    """

    size: int
    head: bytes
    pieces: AsyncIterator[bytes]


class Files(Protocol):
    """Pictures, kept under the sha256 of their bytes."""

    async def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their sha256 in hexadecimal; on the disk when it returns.

        Putting again what is there already makes it new for ``kept``.
        """

    async def get(self, file_id: str) -> bytes | None:
        """The bytes, or None when no such file is kept."""

    async def open(self, file_id: str) -> OpenFile | None:
        """The file to be read in pieces, or None when no such file is kept."""

    async def delete(self, file_id: str) -> None:
        """Forgets the file; one that is not there is fine."""

    def kept(self) -> AsyncIterator[KeptFile]:
        """Every file, in no order."""

    async def close(self) -> None:
        """Ends what is open."""


def is_file_id(name: str) -> bool:
    """Whether it could be the name of a file; anything else never reaches a path or an address."""
    return _ID.match(name) is not None


def file_id_of(data: bytes) -> str:
    """The name of a file: the sha256 of its bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
