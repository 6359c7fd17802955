"""Which boards there are, whose they are, and by which links they open."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast, get_args

from inkwire.access import tokens
from inkwire.errors import BoardNotFound
from inkwire.protocol.scalars import Role
from inkwire.store.commands import Commands
from inkwire.store.keys import BOARDS, BoardKeys, board_keys, owner_key

LINK_ID: Final = 16
"""Of the hash of a link's token so many characters name the link."""
_ROLES: Final[frozenset[str]] = frozenset(get_args(Role))
_SAME_MOMENT: Final = 100
"""Boards that one owner may make in one millisecond without a list losing one of them."""


@dataclass(frozen=True, slots=True)
class BoardLink:
    """One way into a board. ``id`` names it and opens nothing."""

    id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Owned:
    """A board in its owner's list; ``made_ms`` and ``board`` are where the list goes on after it."""

    board: str
    made_ms: int


class BoardRegister:
    """Every method may raise ``errors.StoreUnavailable``, and most ``BoardNotFound``."""

    def __init__(self, writes: Commands, reads: Commands) -> None:
        self._writes = writes
        self._reads = reads

    async def add(
        self, board: str, title: str, epoch: str, now_ms: int, links: Mapping[Role, str], owner: str
    ) -> None:
        """Makes an empty board that the tokens of ``links`` open, and the ``owner``'s key, if there is one.

        For a board that is there already with these links nothing changes.
        """
        keys = board_keys(board)
        hashed = [part for role, token in links.items() for part in (tokens.hashed(token), role)]
        if owner:
            hashed += [tokens.hashed(owner), "owner"]
        known = await self._writes.call("HEXISTS", keys.meta, "epoch")
        if not known:
            await asyncio.gather(
                self._writes.call("HSET", keys.links, *hashed),
                self._writes.call(
                    "HSET", keys.meta, "title", title, "epoch", epoch, "seq", 0, "created", now_ms
                ),
            )
        await self._writes.call("ZADD", BOARDS, "NX", now_ms, board)
        if owner:
            await self._writes.call("ZADD", owner_key(tokens.hashed(owner)), "NX", now_ms, board)

    async def owned(self, owner: str, after: Owned | None, most: int) -> list[Owned]:
        """The boards made with an owner's key, oldest first; some may be gone since."""
        least = 0 if after is None else after.made_ms
        flat = await self._reads.call(
            "ZRANGE",
            owner_key(tokens.hashed(owner)),
            least,
            "+inf",
            "BYSCORE",
            "LIMIT",
            0,
            most + _SAME_MOMENT,
            "WITHSCORES",
        )
        found = [Owned(flat[k].decode(), int(float(flat[k + 1]))) for k in range(0, len(flat), 2)]
        last = (-1, "") if after is None else (after.made_ms, after.board)
        return [each for each in found if (each.made_ms, each.board) > last][:most]

    async def disown(self, owner: str, board: str) -> None:
        """Takes a board that is gone from its owner's list."""
        await self._writes.call("ZREM", owner_key(tokens.hashed(owner)), board)

    async def archive(self, board: str, *, archived: bool) -> None:
        """From here on the board takes no commits, or does again."""
        keys = await self._known(board)
        if archived:
            await self._writes.call("HSET", keys.meta, "archived", 1)
        else:
            await self._writes.call("HDEL", keys.meta, "archived")

    async def delete(self, board: str) -> None:
        """Deletes the board and everything it has but its pictures, which the sweep finds unused."""
        keys = await self._known(board)
        await self._writes.call("UNLINK", *(key for key in keys if key != keys.channel))
        await self._writes.call("ZREM", BOARDS, board)

    async def links(self, board: str) -> list[BoardLink]:
        """Every link, by role and id."""
        keys = await self._known(board)
        flat = await self._reads.call("HGETALL", keys.links)
        found = (
            BoardLink(flat[k].decode()[:LINK_ID], cast(Role, flat[k + 1].decode()))
            for k in range(0, len(flat), 2)
        )
        return sorted(
            (each for each in found if each.role in _ROLES), key=lambda each: (each.role, each.id)
        )

    async def hashes(self, board: str) -> frozenset[str]:
        """The hashes of all tokens that open the board; none of one that is not there."""
        names = await self._reads.call("HKEYS", board_keys(board).links)
        return frozenset(each.decode() for each in names)

    async def add_link(self, board: str, role: Role, token: str) -> BoardLink:
        """A further way in; the same token again changes nothing."""
        keys = await self._known(board)
        name = tokens.hashed(token)
        await self._writes.call("HSET", keys.links, name, role)
        return BoardLink(name[:LINK_ID], role)

    async def withdraw_link(self, board: str, link: str) -> bool:
        """From here on the link opens nothing; False if there is none with that id."""
        keys = await self._known(board)
        names = [each.decode() for each in await self._reads.call("HKEYS", keys.links)]
        withdrawn = [each for each in names if each[:LINK_ID] == link]
        if not withdrawn:
            return False
        return bool(await self._writes.call("HDEL", keys.links, *withdrawn))

    async def _known(self, board: str) -> BoardKeys:
        keys = board_keys(board)
        if not await self._reads.call("HEXISTS", keys.meta, "epoch"):
            raise BoardNotFound("no such board")
        return keys
