"""The pushes of one connection: stored in order, several on their way at once, each answered."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from inkwire.errors import Refusal, StoreUnavailable
from inkwire.live.clock import Clock
from inkwire.live.limits import (
    HOLD_SECONDS,
    PUSH_BYTES_QUEUED,
    PUSHES_IN_FLIGHT,
    PUSHES_QUEUED,
    RETRY_SECONDS,
)
from inkwire.live.room import Room
from inkwire.live.sender import Sender
from inkwire.observe import metrics
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.frames import Accepted, Push, Refused
from inkwire.protocol.scalars import Role
from inkwire.rooms.permissions import may_push
from inkwire.store.board_store import (
    Applied,
    Arrival,
    BoardStore,
    CommitResult,
    Duplicate,
    Gap,
    Superseded,
)


@dataclass(slots=True)
class _Waiting:
    push: Push
    size: int
    refusal: Refusal | None
    held_until: float
    commit: asyncio.Task[CommitResult] | None = None
    failed: StoreUnavailable | None = None
    """Why the store has not taken it so far."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who pushes, and by which of a page's connections."""

    person: str
    role: Role
    arrival: Arrival


class Pushes:
    """A bounded queue and who works it off. ``outdone`` is told when the store takes no more of it."""

    def __init__(
        self,
        store: BoardStore,
        clock: Clock,
        room: Room,
        sender: Sender,
        author: Author,
        outdone: Callable[[Arrival], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._room = room
        self._sender = sender
        self._author = author
        self._outdone = outdone
        self._queue: deque[_Waiting] = deque()
        self._bytes = 0
        self._flying: deque[_Waiting] = deque()
        self._more = asyncio.Event()
        self._done = asyncio.Event()
        self._closed = False
        self._refused: tuple[str, int] | None = None
        self._stored: Accepted | None = None
        self._flows = False
        """Whether pushes go to the store as they come. Not before it has answered one: what waits for a
        connection, or for the store to learn a script, would be overtaken by what comes after it."""
        self._probing = False
        """Whether the store failed last: then one push finds out when it is back, not sixteen."""

    @property
    def crowded(self) -> bool:
        """Whether so much waits that no more should be read."""
        return len(self._queue) > PUSHES_QUEUED or self._bytes > PUSH_BYTES_QUEUED

    def add(self, push: Push, size: int, refusal: Refusal | None = None) -> None:
        """Takes a push; ``refusal`` is its answer if it was decided already. Answers keep order."""
        if refusal is None and not may_push(self._author.role, push.ops):
            refusal = Refusal(
                RefusalCode.FORBIDDEN, "This link does not allow to change the board."
            )
        self._queue.append(_Waiting(push, size, refusal, self._clock.now() + HOLD_SECONDS))
        self._bytes += size
        self._more.set()
        if self._flows and not self._closed:
            self._launch()  # not after the answers to those before: the store may be far away

    def close(self, *, drop: bool = False) -> None:
        """No more will come; what is queued is stored, unless ``drop`` forgets it."""
        self._closed = True
        if drop:
            self._queue.clear()
            self._bytes = 0
        self._more.set()

    async def idle(self) -> None:
        """Waits until everything taken is answered, for as long as a push may be held."""
        if self._queue or self._flying:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HOLD_SECONDS):
                    await self._done.wait()

    async def run(self) -> None:
        """Works until closed and empty. Raises ``BoardNotFound``."""
        while True:
            self._launch()
            if self._flying:
                await self._settle(self._flying[0])
            elif self._closed:
                self._done.set()
                return
            else:
                self._more.clear()
                await self._more.wait()

    def _launch(self) -> None:
        """Sends waiting pushes to the store; it takes those of one worker in the order given."""
        while self._queue and len(self._flying) < (1 if self._probing else PUSHES_IN_FLIGHT):
            waiting = self._queue.popleft()
            self._bytes -= waiting.size
            if waiting.refusal is None and self._behind_a_refused(waiting.push):
                waiting.refusal = _gap()
            if waiting.refusal is None:
                waiting.commit = asyncio.create_task(self._commit(waiting.push), name="commit")
            self._flying.append(waiting)

    async def _settle(self, first: _Waiting) -> None:
        push = first.push
        refusal = first.refusal
        if first.commit is not None:
            try:
                self._accept(push, await self._outcome(first, first.commit))
            except StoreUnavailable as error:
                self._flows = False
                self._probing = error.code != RefusalCode.STORE_FULL
                if self._is_worth_holding(first, error) and await self._all_known(first):
                    await self._put_back(error)
                    return
                refusal = error
            except Refusal as error:
                refusal = error
        self._flying.popleft()
        known = self._stored
        if refusal is not None and known and push.cid == known.cid and push.n <= known.n:
            self._answer(known)  # given up once, stored all the same: the one before it said so
        elif refusal is not None:
            self._refuse(push, refusal)

    async def _outcome(self, waiting: _Waiting, commit: asyncio.Task[CommitResult]) -> CommitResult:
        """The store's answer; of a store that failed before, no later than a push may be held.

        It may still store what was given up: the same number again is a duplicate.
        """
        if (self._probing or waiting.failed is not None) and not commit.done():
            left = max(0.0, waiting.held_until - self._clock.now())
            await asyncio.wait((commit,), timeout=left)
            if not commit.done():
                commit.add_done_callback(_forget)
                waiting.held_until = -math.inf  # timers may be early: it must not be tried again
                raise waiting.failed or StoreUnavailable("The store does not answer.")
        return await commit

    def _is_worth_holding(self, waiting: _Waiting, error: StoreUnavailable) -> bool:
        """A store that is full stays so until somebody makes room."""
        if self._closed or error.code == RefusalCode.STORE_FULL:
            return False
        return self._clock.now() < waiting.held_until

    async def _all_known(self, first: _Waiting) -> bool:
        """Whether the store's word on all that is on its way came while ``first`` may be held."""
        tasks = {waiting.commit for waiting in self._flying if waiting.commit is not None}
        left = max(0.0, first.held_until - self._clock.now())
        _, unknown = await asyncio.wait(tasks, timeout=left)
        return not unknown

    async def _put_back(self, error: StoreUnavailable) -> None:
        """All that is on its way goes again, in order: what was stored meanwhile is a duplicate."""
        again, self._flying = self._flying, deque()
        for waiting in reversed(again):
            if waiting.commit is not None:
                _forget(waiting.commit)
            waiting.commit, waiting.failed = None, error
            self._queue.appendleft(waiting)
            self._bytes += waiting.size
        left = again[0].held_until - self._clock.now()
        await asyncio.sleep(min(RETRY_SECONDS, max(0.0, left)))

    async def _commit(self, push: Push) -> CommitResult:
        started = time.perf_counter()
        result = await self._store.commit(
            self._room.board,
            cid=push.cid,
            n=push.n,
            gesture=push.gesture,
            person=self._author.person,
            at_ms=self._clock.wall_ms(),
            ops=push.ops,
            arrival=self._author.arrival,
        )
        metrics.COMMIT_SECONDS.observe(time.perf_counter() - started)
        if isinstance(result, Applied):
            metrics.COMMITS.inc()
            self._room.commit(result.data)
        return result

    def _accept(self, push: Push, result: CommitResult) -> None:
        self._probing = False
        match result:
            case Superseded():
                self.close(drop=True)  # the page's newer connection brings it again
                self._outdone(self._author.arrival)
                return
            case Gap(expected):
                self._refuse(push, _gap(), expected)
                return
            case Applied(seq, _):
                stored = push.n
            case Duplicate(stored, seq):
                pass
        if self._refused is not None and stored >= self._refused[1]:
            self._refused = None
        self._flows = True
        self._stored = Accepted(push.cid, stored, seq)
        self._answer(self._stored)

    def _behind_a_refused(self, push: Push) -> bool:
        """A push behind a refused one is a gap, whatever the store would say of it later."""
        return (
            self._refused is not None and self._refused[0] == push.cid and push.n > self._refused[1]
        )

    def _refuse(self, push: Push, refusal: Refusal, expected: int = 0) -> None:
        if not expected and self._refused is not None and self._behind_a_refused(push):
            refusal, expected = _gap(), self._refused[1]
        elif not expected:
            expected = push.n
            self._refused = (push.cid, push.n)
        metrics.REFUSED.labels(refusal.code).inc()
        self._answer(
            Refused(
                push.cid,
                push.n,
                refusal.code,
                str(refusal),
                refusal.retryable,
                refusal.retry_after,
                expected,
            )
        )

    def _answer(self, frame: object) -> None:
        self._sender.answer(frame)
        self._room.mark()


def _forget(commit: asyncio.Task[CommitResult]) -> None:
    """Takes notice of the end of a task that nobody waits for any more."""
    if not commit.cancelled():
        commit.exception()


def _gap() -> Refusal:
    return Refusal(RefusalCode.GAP, "An earlier push is missing.", retryable=True)
