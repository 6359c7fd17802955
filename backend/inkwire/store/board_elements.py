"""Single elements, and pages of them in paint order."""

from __future__ import annotations

from dataclasses import dataclass

from inkwire.errors import BoardNotFound
from inkwire.protocol.elements import Element
from inkwire.protocol.records import decode_record
from inkwire.store import scripts
from inkwire.store.commands import Commands
from inkwire.store.keys import BoardKeys, board_keys

PAGE_BYTES = 128 * 1024
"""Most bytes that the store gives at once; a larger record comes alone."""


@dataclass(frozen=True, slots=True)
class StoredElement:
    """An element and the commit that changed it last."""

    epoch: str
    seq: int
    element: Element


@dataclass(frozen=True, slots=True)
class ElementPage:
    """Some elements, lowest first; ``last`` is where the next page goes on, None behind the topmost."""

    elements: list[StoredElement]
    last: tuple[str, str] | None


class BoardElements:
    """Every method may raise ``errors.StoreUnavailable`` and ``BoardNotFound``."""

    def __init__(self, reads: Commands) -> None:
        self._reads = reads

    async def find(self, board: str, *ids: str) -> dict[str, StoredElement]:
        """Those of the elements that there are, by id."""
        keys, epoch = await self._open(board)
        return {
            each.element.id: each
            for each in await self._read(keys, epoch, [id_.encode() for id_ in ids])
        }

    async def page(self, board: str, after: tuple[str, str] | None, most: int) -> ElementPage:
        """Up to ``most`` elements above ``after`` (order key and id)."""
        keys, epoch = await self._open(board)
        start = "-" if after is None else f"({after[0]}\0{after[1]}"
        members = await self._reads.call(
            "ZRANGE", keys.z, start, "+", "BYLEX", "LIMIT", 0, most + 1
        )
        ids = [member.partition(b"\0")[2] for member in members[:most]]
        found = await self._read(keys, epoch, ids)
        if len(members) <= most:
            return ElementPage(found, None)
        z, _, id_ = members[most - 1].partition(b"\0")
        return ElementPage(found, (z.decode(), id_.decode()))

    async def _open(self, board: str) -> tuple[BoardKeys, str]:
        keys = board_keys(board)
        epoch = await self._reads.call("HGET", keys.meta, "epoch")
        if epoch is None:
            raise BoardNotFound("no such board")
        return keys, epoch.decode()

    async def _read(self, keys: BoardKeys, epoch: str, ids: list[bytes]) -> list[StoredElement]:
        found = []
        while ids:
            records, taken = await self._reads.run(
                scripts.RECORDS, (keys.el, keys.big), PAGE_BYTES, *ids
            )
            found += [StoredElement(epoch, *decode_record(record)) for record in records]
            ids = ids[taken:]
        return found
