"""Whole boards out of the store and into it, for backups: what is not elements as it lies there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from inkwire.access.tokens import new_epoch
from inkwire.errors import BoardNotFound
from inkwire.rooms.webhooks import Progress
from inkwire.store import scripts
from inkwire.store.commands import Commands
from inkwire.store.keys import BOARDS, HOOKED, OWNERS, board_keys

_OWN: Final = frozenset({"epoch", "seq", "activity", "settled"})
"""What a restored board has of its own."""
_SCAN: Final = 500
_json: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class BoardCopy:
    """A board without its elements; see ``protocol.instance_backup.InstanceBoard``."""

    id: str
    meta: Mapping[str, str]
    links: Mapping[str, str]
    files: Mapping[str, int]
    hooks: Mapping[str, bytes]
    last: int


class BoardCopies:
    """Every method may raise ``errors.StoreUnavailable``."""

    def __init__(self, writes: Commands, reads: Commands) -> None:
        self._writes = writes
        self._reads = reads

    async def read(self, board: str) -> BoardCopy:
        """Raises ``BoardNotFound``."""
        keys = board_keys(board)
        meta = await self._hash(keys.meta)
        if "epoch" not in meta:
            raise BoardNotFound("no such board")
        files, links = await self._hash(keys.files), await self._hash(keys.links)
        return BoardCopy(
            board,
            {name: value.decode() for name, value in meta.items() if name not in _OWN},
            {name: role.decode() for name, role in links.items()},
            {name: int(size) for name, size in files.items()},
            await self._hash(keys.hooks),
            int(meta.get("activity", b"0")),
        )

    async def events(self, board: str, most: int) -> AsyncIterator[list[tuple[int, int, bytes]]]:
        """The board's activity: number, time and JSON of each event, in lists of at most ``most``."""
        after = "-"
        key = board_keys(board).activity
        while rows := await self._reads.call("XRANGE", key, after, "+", "COUNT", most):
            after = "(" + rows[-1][0].decode()
            yield [(int(id_.partition(b"-")[0]), int(row[3]), row[1]) for id_, row in rows]

    async def registers(self) -> AsyncIterator[tuple[str, list[tuple[str, float]]]]:
        """Who made which boards: the lists that belong to no board."""
        cursor = b"0"
        while True:
            cursor, found = await self._reads.call(
                "SCAN", cursor, "MATCH", f"{OWNERS}*", "COUNT", _SCAN
            )
            for key in found:
                flat = await self._reads.call("ZRANGE", key, 0, -1, "WITHSCORES")
                yield (
                    key.decode(),
                    [(flat[k].decode(), float(flat[k + 1])) for k in range(0, len(flat), 2)],
                )
            if cursor == b"0":
                return

    async def exists(self, board: str) -> bool:
        """Whether there is a board of that id."""
        return bool(await self._reads.call("EXISTS", board_keys(board).meta))

    async def begin(self, copy: BoardCopy, *, replace: bool) -> bool:
        """Makes the board, empty, in an epoch of its own, with its links; in the place of one that is there.

        False: there is one, and it is not to be replaced.
        """
        keys = board_keys(copy.id)
        links = [part for pair in copy.links.items() for part in pair]
        files: list[str | int] = [part for pair in copy.files.items() for part in pair]
        made = await self._writes.run(
            scripts.BOARD_BEGIN,
            keys[:-1],
            new_epoch(),
            copy.meta.get("title", ""),
            copy.meta.get("created", "0"),
            int(replace),
            len(links),
            *links,
            *files,
        )
        if made:
            await self._writes.call("ZADD", BOARDS, copy.meta.get("created", "0"), copy.id)
        return bool(made)

    async def tell(self, board: str, events: Sequence[tuple[int, int, bytes]]) -> None:
        """Adds to the board's activity, as it was."""
        key = board_keys(board).activity
        for number, at, event in events:
            await self._writes.call("XADD", key, f"{number}-0", "e", event, "t", at)

    async def finish(self, copy: BoardCopy) -> None:
        """Once all elements are there: the activity takes them for told, webhooks go on after its last event."""
        keys = board_keys(copy.id)
        seq = await self._reads.call("HGET", keys.meta, "seq")
        meta: list[str | bytes | int] = [part for pair in copy.meta.items() for part in pair]
        meta += ["settled", seq, "activity", copy.last]
        await self._writes.call("HSET", keys.meta, *meta)
        if copy.hooks:
            hooks: list[str | bytes] = [part for pair in copy.hooks.items() for part in pair]
            progress = _json(Progress(number=copy.last))
            for hook in copy.hooks:
                await self._writes.call("HSET", keys.hook_progress, hook, progress)
            await self._writes.call("HSET", keys.hooks, *hooks)
            await self._writes.call("SADD", HOOKED, copy.id)

    async def register(self, name: str, rows: Sequence[tuple[str, float]]) -> None:
        """Adds to a list that belongs to no board."""
        for member, score in rows:
            await self._writes.call("ZADD", name, score, member)

    async def _hash(self, key: str) -> dict[str, Any]:
        flat = await self._reads.call("HGETALL", key)
        return {flat[k].decode(): flat[k + 1] for k in range(0, len(flat), 2)}
