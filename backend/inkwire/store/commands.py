"""Commands to the store over one connection, pipelined.

All commands given within one turn of the event loop leave in one write, and their answers are
matched by order. A caller who is cancelled leaves its answer unread by anybody else: answers belong
to the connection, not to callers. Nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.exceptions import NoScriptError

from inkwire.errors import StoreUnavailable
from inkwire.store.connection import open_connection
from inkwire.store.failures import is_reply, refusal_of
from inkwire.store.scripts import Script

Argument = bytes | str | int | float

LIMIT_SECONDS = 1.0
"""How long a command may go unanswered, and how long connecting may take."""
WHOLE_SECONDS = 1.4
"""How long a caller waits at most who has to connect first."""
PAUSE_SECONDS = 0.05
"""After a failed attempt to connect, callers are refused at once for so long."""


class _Waiting(NamedTuple):
    deadline: float
    answer: asyncio.Future[Any]


class Commands:
    """One connection; made anew, by the next command, after it broke."""

    def __init__(self, pool: ConnectionPool, *, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._pool = pool
        self._limit = limit_seconds
        self._whole = limit_seconds * WHOLE_SECONDS / LIMIT_SECONDS
        self._link: _Link | None = None
        self._connecting: asyncio.Task[_Link] | None = None
        self._refuse_until = -math.inf

    async def call(self, *args: Argument) -> Any:
        """The store's answer. After ``StoreUnavailable`` the command may or may not have run."""
        link = self._link
        try:
            if link is not None and not link.broken:
                return await link.send(args)
            async with asyncio.timeout(self._whole):
                link = await self._connected()
                return await link.send(args)
        except StoreUnavailable:
            raise
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error

    async def run(self, script: Script, keys: Sequence[str], *args: Argument) -> Any:
        """Runs a script by its hash; loads it if the store does not know it (any more)."""
        name = "EVALSHA" if script.writes else "EVALSHA_RO"
        try:
            return await self.call(name, script.sha, len(keys), *keys, *args)
        except NoScriptError:  # it did not run, so running it is not a second time
            name = "EVAL" if script.writes else "EVAL_RO"
            return await self.call(name, script.text, len(keys), *keys, *args)

    async def close(self) -> None:
        """Ends the connection; commands under way are refused."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._link is not None:
            await self._link.close()

    async def _connected(self) -> _Link:
        loop = asyncio.get_running_loop()
        if loop.time() < self._refuse_until:
            raise StoreUnavailable("The store does not answer.", retry_after=self._limit)
        if self._connecting is None:
            self._connecting = loop.create_task(self._connect())
        # Shielded: one caller's cancellation must not end the attempt of all.
        return await asyncio.shield(self._connecting)

    async def _connect(self) -> _Link:
        loop = asyncio.get_running_loop()
        self._link = None  # broken: it closes itself, and nobody waits for that
        try:
            connection = await open_connection(self._pool, self._limit)
        except Exception as error:
            self._refuse_until = loop.time() + PAUSE_SECONDS
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error
        finally:
            self._connecting = None
        self._link = _Link(connection, self._limit)
        return self._link


class _Link:
    """A connection that stands, until it breaks once."""

    def __init__(self, connection: AbstractConnection, limit: float) -> None:
        self.broken = False
        self._connection = connection
        self._limit = limit
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_Waiting] = deque()
        self._unsent: list[bytes] = []
        self._to_send = asyncio.Event()
        self._tasks = [
            self._loop.create_task(self._write()),
            self._loop.create_task(self._read()),
        ]
        self._alarm: asyncio.TimerHandle | None = None

    def send(self, args: tuple[Argument, ...]) -> asyncio.Future[Any]:
        """Queues a command for the end of this turn of the loop."""
        answer: asyncio.Future[Any] = self._loop.create_future()
        if self.broken:  # between its caller's being woken and running
            answer.set_exception(ConnectionError("broken"))
            return answer
        self._unsent.extend(self._connection.pack_command(*args))
        self._waiting.append(_Waiting(self._loop.time() + self._limit, answer))
        self._to_send.set()
        if self._alarm is None:
            self._alarm = self._loop.call_later(self._limit, self._check)
        return answer

    async def close(self) -> None:
        self._break(ConnectionError("closed"))
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _check(self) -> None:
        """Runs when the oldest command of a while ago should have been answered."""
        self._alarm = None
        if not self._waiting:
            return
        left = self._waiting[0].deadline - self._loop.time()
        if left <= 0:
            self._break(TimeoutError("no answer"))
        else:
            self._alarm = self._loop.call_later(left, self._check)

    async def _write(self) -> None:
        while True:
            await self._to_send.wait()
            self._to_send.clear()
            packed, self._unsent = self._unsent, []
            try:
                await self._connection.send_packed_command(packed, check_health=False)
            except RuntimeError as error:  # uvloop's word for a transport that has closed meanwhile
                self._break(ConnectionError(str(error)))
                return
            except Exception as error:
                self._break(error)
                return

    async def _read(self) -> None:
        read = self._connection.read_response
        waiting = self._waiting
        while True:
            error = answer = None
            try:
                answer = await read(timeout=math.inf)
            except Exception as raised:
                if not is_reply(raised) or not waiting:
                    self._break(raised)
                    return
                error = raised
            if not waiting:
                self._break(ConnectionError("an answer to nothing"))
                return
            future = waiting.popleft().answer
            if future.done():  # its caller was cancelled
                continue
            if error is None:
                future.set_result(answer)
            else:
                future.set_exception(error)

    def _break(self, error: Exception) -> None:
        if self.broken:
            return
        self.broken = True
        if self._alarm is not None:
            self._alarm.cancel()
        while self._waiting:
            future = self._waiting.popleft().answer
            if not future.done():
                future.set_exception(error)
                future.exception()  # fetched here, so that nobody is warned of one nobody awaits
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._closing = self._loop.create_task(self._connection.disconnect(nowait=True))
