"""Which board has which pictures: counted against what it may have, and asked before one is deleted."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Final

from inkwire.errors import Refusal
from inkwire.protocol.codes import RefusalCode
from inkwire.store.commands import Commands
from inkwire.store.keys import UNUSED_FILES, board_keys

_NAMED: Final = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_SCAN: Final = 500
"""Elements, or commits, of one read."""


class BoardFiles:
    """The store's word on pictures; their bytes lie elsewhere (``assets``).

    Every method may raise ``errors.StoreUnavailable``.
    """

    def __init__(self, writes: Commands, reads: Commands) -> None:
        self._writes = writes
        self._reads = reads

    async def check_room(self, board: str, file_id: str, size: int, most: int) -> None:
        """Raises ``Refusal`` (``board-full``) where the picture would be one too many.

        ``most`` is in bytes. Uploads at the same moment may together go a little beyond it.
        """
        flat = await self._reads.call("HGETALL", board_keys(board).files)
        known = dict(zip(flat[::2], map(int, flat[1::2]), strict=True))
        if file_id.encode() in known:
            return
        if sum(known.values()) + size > most:
            raise Refusal(
                RefusalCode.BOARD_FULL,
                f"The pictures of this board would have more than {most // 2**20:,} MiB.",
            )

    async def add(self, board: str, file_id: str, size: int) -> None:
        """Notes that the board has the picture, and that it is wanted (again)."""
        await self._writes.call("HSET", board_keys(board).files, file_id, size)
        await self._writes.call("HDEL", UNUSED_FILES, file_id)

    async def copy(self, source: str, board: str) -> None:
        """The board has all pictures of the source too; their bytes are kept once."""
        flat = await self._reads.call("HGETALL", board_keys(source).files)
        if flat:
            await self._writes.call("HSET", board_keys(board).files, *flat)
            await self._writes.call("HDEL", UNUSED_FILES, *flat[::2])

    async def named_by(self, board: str) -> AsyncIterator[set[str]]:
        """Every file that an element of the board, or a commit in its log, names.

        What is found is every word of 64 hexadecimal digits, so that no kind of op can be overlooked;
        some may be no files.
        """
        keys = board_keys(board)
        cursor = b"0"
        while True:
            cursor, flat = await self._reads.call("HSCAN", keys.el, cursor, "COUNT", _SCAN)
            yield _files_in(flat[1::2])
            if cursor == b"0":
                break
        after = "-"
        while entries := await self._reads.call("XRANGE", keys.log, after, "+", "COUNT", _SCAN):
            yield _files_in(value for _, values in entries for value in values)
            after = "(" + entries[-1][0].decode()

    async def unused_since(self) -> dict[str, int]:
        """When each unused file was first found to be so, in Unix time in milliseconds."""
        flat = await self._reads.call("HGETALL", UNUSED_FILES)
        return {name.decode(): int(at) for name, at in zip(flat[::2], flat[1::2], strict=True)}

    async def note_unused(self, found: Mapping[str, int], used: Iterable[str]) -> None:
        """Remembers ``found`` (file to time), unless they are known, and forgets ``used``."""
        for name, at in found.items():
            await self._writes.call("HSETNX", UNUSED_FILES, name, at)
        for name in used:
            await self._writes.call("HDEL", UNUSED_FILES, name)

    async def forget(self, board: str, file_ids: Iterable[str]) -> None:
        """Gives the board back what the files counted."""
        names = list(file_ids)
        if names:
            await self._writes.call("HDEL", board_keys(board).files, *names)


def _files_in(values: Iterable[bytes]) -> set[str]:
    return {name.decode() for value in values for name in _NAMED.findall(value)}
