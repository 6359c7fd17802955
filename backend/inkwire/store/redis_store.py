"""The boards in Redis or Valkey: each method is one script or a few pipelined commands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

import msgspec
from redis.asyncio.connection import ConnectionPool

from inkwire.access import tokens
from inkwire.assets.files import Files
from inkwire.errors import BoardNotFound, Refusal
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import Position
from inkwire.protocol.limits import MAX_ELEMENTS
from inkwire.protocol.ops import Op
from inkwire.protocol.records import decode_record
from inkwire.protocol.scalars import Role
from inkwire.store import scripts
from inkwire.store.activity_log import ActivityLog
from inkwire.store.board_copies import BoardCopies
from inkwire.store.board_elements import BoardElements
from inkwire.store.board_files import BoardFiles
from inkwire.store.board_register import BoardRegister
from inkwire.store.board_store import (
    PAGE_BYTES,
    Applied,
    Arrival,
    BoardDigest,
    BoardMeta,
    Changed,
    CommitResult,
    Duplicate,
    Gap,
    Lost,
    NewBoard,
    StoreHealth,
    Subscriber,
    Superseded,
)
from inkwire.store.commands import Commands
from inkwire.store.exact import exact_digest
from inkwire.store.health import probe
from inkwire.store.keys import BOARDS, LIVE_MARK, BoardKeys, board_keys, session_field
from inkwire.store.once import Once
from inkwire.store.records import must_arguments, only_deletes, op_arguments
from inkwire.store.subscriber import RedisSubscriber
from inkwire.store.webhook_log import WebhookLog

_ROLES: Final[frozenset[str]] = frozenset(get_args(Role))
_NEW_LINKS: Final[tuple[Role, ...]] = ("owner", "editor", "viewer")
_SCAN: Final = 200
"""Elements of one read, about."""
_encode: Final = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Limits:
    """``log_length`` commits are always kept for resuming; older than ``log_age_s`` and beyond it
    they go, and beyond ``log_most`` in any case. A client and a session not heard of
    for ``acks_age_s`` are forgotten.
    """

    elements: int = MAX_ELEMENTS
    log_length: int = 10_000
    log_age_s: float = 600.0
    log_most: int = 50_000
    acks_age_s: float = 30 * 86_400.0


class RedisBoardStore:
    """See ``board_store.BoardStore``.

    Three connections: one for commits, one for what is read (so that a snapshot's pages never
    stand before an acknowledgement), and the subscriber's.
    """

    def __init__(
        self,
        pool: ConnectionPool,
        files: Files,
        limits: Limits | None = None,
        *,
        may_forget: bool = False,
    ) -> None:
        self._may_forget = may_forget
        self._pool = pool
        self.files = files
        limits = limits or Limits()
        self._limits = (
            limits.elements,
            limits.log_length,
            round(limits.log_age_s * 1000),
            limits.log_most,
            round(limits.acks_age_s * 1000),
        )
        self._writes = Commands(pool)
        self._reads = Commands(pool)
        self.board_files = BoardFiles(self._writes, self._reads)
        self.activity = ActivityLog(self._writes, self._reads)
        self.webhooks = WebhookLog(self._writes, self._reads)
        self.register = BoardRegister(self._writes, self._reads)
        self.elements = BoardElements(self._reads)
        self.once = Once(self._writes)
        self.copies = BoardCopies(self._writes, self._reads)
        """Whole boards, for backups."""

    async def create_board(
        self, title: str, now_ms: int, *, owner: str = "", request: str = ""
    ) -> NewBoard:
        """See ``board_store.BoardStore``."""
        known = bool(owner and request)
        board = NewBoard(
            id=tokens.derived(owner, request, "board", bits=128) if known else tokens.new_id(),
            title=title,
            epoch=tokens.new_epoch(),
            created_ms=now_ms,
            links={
                role: tokens.derived(owner, request, role) if known else tokens.new_token()
                for role in _NEW_LINKS
            },
        )
        await self.register.add(board.id, title, board.epoch, now_ms, board.links, owner)
        return board

    async def add_link(self, board: str, role: Role) -> str:
        """See ``board_store.BoardStore``."""
        token = tokens.new_token()
        await self.register.add_link(board, role, token)
        return token

    async def board(self, board: str) -> BoardMeta | None:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        fields, elements = await asyncio.gather(
            self._reads.call("HMGET", keys.meta, "title", "epoch", "seq", "created", "archived"),
            self._reads.call("HLEN", keys.el),
        )
        title, epoch, seq, created, archived = fields
        if epoch is None:
            return None
        return BoardMeta(
            board,
            title.decode(),
            epoch.decode(),
            int(seq),
            elements,
            int(created),
            archived is not None,
        )

    async def boards(self) -> AsyncIterator[BoardMeta]:
        """See ``board_store.BoardStore``."""
        first = 0
        while ids := await self._reads.call("ZRANGE", BOARDS, first, first + _SCAN - 1):
            for found in await asyncio.gather(*(self.board(each.decode()) for each in ids)):
                if found is not None:
                    yield found
            first += _SCAN

    async def role_of(self, board: str, token: str) -> Role | None:
        """See ``board_store.BoardStore``."""
        flat = await self._reads.call("HGETALL", board_keys(board).links)
        known = {flat[k].decode(): flat[k + 1].decode() for k in range(0, len(flat), 2)}
        role = tokens.find(known, token)
        return cast(Role, role) if role in _ROLES else None

    async def arrive(self, board: str, session: str, now_ms: int) -> Arrival:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        answer = await self._writes.run(
            scripts.ARRIVE,
            (keys.meta, keys.acks),
            session_field(session),
            now_ms,
            self._limits[-1],
        )
        match answer:
            case [b"ok", number]:
                return Arrival(session, number)
            case _:
                raise BoardNotFound("no such board")

    async def commit(
        self,
        board: str,
        *,
        cid: str,
        n: int,
        gesture: str,
        person: str,
        at_ms: int,
        ops: Sequence[Op],
        arrival: Arrival | None = None,
        must_be: Mapping[str, int | None] | None = None,
    ) -> CommitResult:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        # A Commit without its first item, the seq, which only the script knows.
        rest = _encode((at_ms, person, cid, n, gesture, ops))[1:]
        answer = await self._writes.run(
            scripts.COMMIT_DELETES if only_deletes(ops) else scripts.COMMIT,
            (keys.meta, keys.el, keys.big, keys.z, keys.acks, keys.log),
            keys.channel,
            rest,
            cid,
            n,
            at_ms,
            *self._limits,
            session_field(arrival.session) if arrival else "",
            arrival.number if arrival else 0,
            *must_arguments(must_be or {}),
            *op_arguments(ops),
        )
        match answer:
            case [b"ok", seq]:
                return Applied(seq, b"\x97\xcf" + seq.to_bytes(8, "big") + rest)
            case [b"duplicate", last_n, seq]:
                return Duplicate(last_n, seq)
            case [b"gap", expected]:
                return Gap(expected)
            case [b"superseded"]:
                return Superseded()
            case [b"changed"]:
                return Changed()
            case [b"archived"]:
                raise Refusal(RefusalCode.FORBIDDEN, "This board is archived: it takes no changes.")
            case [b"full"]:
                raise Refusal(
                    RefusalCode.BOARD_FULL,
                    f"The board holds its largest number of elements, {self._limits[0]:,}.",
                )
            case _:
                raise BoardNotFound("no such board")

    async def position(self, board: str) -> Position:
        """See ``board_store.BoardStore``."""
        epoch, seq = await self._reads.call("HMGET", board_keys(board).meta, "epoch", "seq")
        if epoch is None:
            raise BoardNotFound("no such board")
        return Position(epoch.decode(), int(seq))

    async def commits_after(
        self, board: str, epoch: str, seq: int, *, limit_bytes: int = PAGE_BYTES
    ) -> list[bytes] | None:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        answer = await self._reads.run(
            scripts.TAIL, (keys.meta, keys.log), epoch, seq, max(1, limit_bytes)
        )
        match answer:
            case [b"ok", commits]:
                return cast(list[bytes], commits)
            case [b"lost"]:
                return None
            case _:
                raise BoardNotFound("no such board")

    async def pages(
        self, board: str, *, page_bytes: int = PAGE_BYTES
    ) -> AsyncIterator[list[bytes]]:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        await self.position(board)
        ahead = self._scan(keys, b"0", page_bytes)
        try:
            while True:
                cursor, records, rest = await ahead
                last = cursor == b"0"
                if not last:  # the store reads the next while the caller is busy with this one
                    ahead = self._scan(keys, cursor, page_bytes)
                for page in _bounded(records, page_bytes):
                    yield page
                async for records in self._records(keys, rest, page_bytes):
                    for page in _bounded(records, page_bytes):
                        yield page
                if last:
                    return
        finally:
            ahead.cancel()
            await asyncio.gather(ahead, return_exceptions=True)

    def _scan(self, keys: BoardKeys, cursor: bytes, page_bytes: int) -> asyncio.Task[Any]:
        return asyncio.create_task(
            self._reads.run(scripts.PAGE, (keys.el, keys.big), cursor, _SCAN, page_bytes)
        )

    async def in_paint_order(self, board: str) -> AsyncIterator[list[Element]]:
        """See ``board_store.BoardStore``."""
        async for records in self.records_in_paint_order(board):
            yield [element for _, element in map(decode_record, records)]

    async def records_in_paint_order(self, board: str) -> AsyncIterator[list[bytes]]:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        await self.position(board)
        seen: set[bytes] = set()  # one brought to the front meanwhile is met a second time
        after = "-"
        while members := await self._reads.call(
            "ZRANGE", keys.z, after, "+", "BYLEX", "LIMIT", 0, _SCAN
        ):
            after = b"(" + members[-1]
            ids = [id_ for m in members if (id_ := m.partition(b"\0")[2]) not in seen]
            seen.update(ids)
            async for records in self._records(keys, ids, PAGE_BYTES):
                yield records

    async def element(self, board: str, element: str) -> Element | None:
        """See ``board_store.BoardStore``."""
        keys = board_keys(board)
        await self.position(board)
        async for records in self._records(keys, [element.encode()], PAGE_BYTES):
            return decode_record(records[0])[1]
        return None

    async def _records(
        self, keys: BoardKeys, ids: list[bytes], page_bytes: int
    ) -> AsyncIterator[list[bytes]]:
        while ids:
            records, taken = await self._reads.run(
                scripts.RECORDS, (keys.el, keys.big), page_bytes, *ids
            )
            if records:
                yield records
            ids = ids[taken:]

    async def highest_key(self, board: str) -> str | None:
        """See ``board_store.BoardStore``."""
        await self.position(board)
        top = await self._reads.call(
            "ZRANGE", board_keys(board).z, "+", "-", "BYLEX", "REV", "LIMIT", 0, 1
        )
        return top[0].partition(b"\0")[0].decode() if top else None

    async def digest(self, board: str) -> BoardDigest:
        """See ``board_store.BoardStore``."""
        return await exact_digest(self, board)

    async def publish_live(self, board: str, payload: bytes) -> None:
        """See ``board_store.BoardStore``."""
        await self._writes.call("SPUBLISH", board_keys(board).channel, LIVE_MARK + payload)

    def subscriber(self, on_lost: Lost) -> Subscriber:
        """See ``board_store.BoardStore``."""
        return RedisSubscriber(self._pool, on_lost)

    async def health(self) -> StoreHealth:
        """See ``board_store.BoardStore``."""
        return await probe(self._writes, may_forget=self._may_forget)

    async def close(self) -> None:
        """See ``board_store.BoardStore``."""
        await asyncio.gather(self._writes.close(), self._reads.close(), self.files.close())
        await self._pool.aclose()


def _bounded(records: list[bytes], page_bytes: int) -> list[list[bytes]]:
    """The records in lists of at most so many bytes, or of one record."""
    pages: list[list[bytes]] = []
    size = page_bytes
    for record in records:
        if size + len(record) > page_bytes:
            pages.append([])
            size = 0
        pages[-1].append(record)
        size += len(record)
    return pages
