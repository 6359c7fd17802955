"""Pushing to a board without a socket: numbered like a page's pushes, and so never stored twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from inkwire.errors import Invalid, Outdated, StoreUnavailable
from inkwire.observe import metrics
from inkwire.protocol import codec
from inkwire.protocol.limits import MAX_OPS, MAX_PUSH_BYTES
from inkwire.protocol.ops import Op
from inkwire.store.board_store import Applied, BoardStore, Changed, Duplicate

PAUSE_SECONDS: Final = 0.2
"""Between two attempts at a store that does not answer."""

Clock = Callable[[], int]
"""Unix time in milliseconds."""


class Author:
    """One client of the store. ``cid`` names it; the same one goes on where an earlier one ended."""

    def __init__(
        self,
        store: BoardStore,
        board: str,
        cid: str,
        *,
        person: str,
        gesture: str,
        clock: Clock,
        patience: float = 0.0,
    ) -> None:
        self.board = board
        self.n = 0
        """The number of the last push."""
        self._store = store
        self._cid = cid
        self._person = person
        self._gesture = gesture
        self._clock = clock
        self._patience = patience

    async def push(self, ops: Sequence[Op], must_be: Mapping[str, int | None] | None = None) -> int:
        """Stores the ops as one commit and returns its seq.

        Of a push that was stored before, by an earlier author of the same ``cid``, it may be the seq of a
        later one. A store that does not answer is asked again for ``patience`` seconds.

        Errors: those of ``BoardStore.commit``; ``Outdated`` where ``must_be`` is not so; ``Invalid`` for
        more than fits in one commit.
        """
        check_size(ops)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience
        while True:
            try:
                return await self._push_once(ops, must_be)
            except StoreUnavailable:
                if loop.time() >= deadline:
                    raise
                await asyncio.sleep(PAUSE_SECONDS)

    async def _push_once(self, ops: Sequence[Op], must_be: Mapping[str, int | None] | None) -> int:
        result = await self._store.commit(
            self.board,
            cid=self._cid,
            n=self.n + 1,
            gesture=self._gesture,
            person=self._person,
            at_ms=self._clock(),
            ops=ops,
            must_be=must_be,
        )
        match result:
            case Applied(seq, _):
                metrics.COMMITS.inc()
            case Duplicate(_, seq):
                pass
            case Changed():
                raise Outdated("It has changed since you looked at it.")
            case _:
                raise StoreUnavailable("The store lost what was pushed so far.")
        self.n += 1
        return seq


def check_size(ops: Sequence[Op]) -> None:
    """Raises ``Invalid`` for more than fits in one commit."""
    if len(ops) > MAX_OPS:
        raise Invalid(f"{len(ops)} ops at once, at most {MAX_OPS}.")
    if (size := len(codec.encode(tuple(ops)))) > MAX_PUSH_BYTES:
        raise Invalid(f"{size:,} bytes at once, at most {MAX_PUSH_BYTES:,}.")
