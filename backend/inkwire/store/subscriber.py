"""The doorbell: one connection that hears the channels of the boards a worker has open."""

from __future__ import annotations

import asyncio
from collections import deque

from redis.asyncio.connection import AbstractConnection, ConnectionPool

from inkwire.store.board_store import Heard, Lost
from inkwire.store.commands import LIMIT_SECONDS
from inkwire.store.connection import open_connection
from inkwire.store.keys import ACTIVITY_MARK, LIVE_MARK, board_keys

RETRY_SECONDS = 0.1
"""Between attempts to connect."""
IDLE_SECONDS = 3.5
"""A connection that is silent for so long is asked whether it lives. Rooms with people in them are
heard more often: each hears its own worker's beat too."""
_LIVE = LIVE_MARK[0]
_ACTIVITY = ACTIVITY_MARK[0]


class RedisSubscriber:
    """Hears boards, reconnects by itself, and says so: a loss is never silent."""

    def __init__(self, pool: ConnectionPool, on_lost: Lost) -> None:
        self._pool = pool
        self._on_lost = on_lost
        self._heard: dict[str, Heard] = {}
        self._by_channel: dict[bytes, Heard] = {}
        self._confirming: dict[bytes, deque[list[asyncio.Future[None]]]] = {}
        """By channel, for each SSUBSCRIBE on its way, who waits for it."""
        self._connection: AbstractConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._was_lost = False

    async def add(self, board: str, heard: Heard) -> None:
        """See ``board_store.Subscriber``."""
        channel = board_keys(board).channel
        self._heard[board] = heard
        self._by_channel[channel.encode()] = heard
        confirmed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._confirming.setdefault(channel.encode(), deque()).append([confirmed])
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        await self._send("SSUBSCRIBE", channel)
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                await confirmed
        except TimeoutError:
            self._was_lost = True  # when it stands, what was published until then is missing

    async def remove(self, board: str) -> None:
        """See ``board_store.Subscriber``."""
        if self._heard.pop(board, None) is None:
            return
        channel = board_keys(board).channel
        self._by_channel.pop(channel.encode(), None)
        await self._send("SUNSUBSCRIBE", channel)

    async def close(self) -> None:
        """See ``board_store.Subscriber``."""
        self._heard.clear()
        self._by_channel.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _send(self, *args: str) -> None:
        connection = self._connection
        # The library would connect anew by itself, and the boards subscribed before were silent.
        if connection is None or not connection.is_connected:
            return
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                await connection.send_command(*args, check_health=False)
        except Exception:
            # Whatever it was, the reader sees it too, connects anew and subscribes to all.
            await connection.disconnect(nowait=True)

    async def _run(self) -> None:
        while True:
            try:
                connection = await open_connection(self._pool, LIMIT_SECONDS)
                await self._subscribe_all(connection)
                await self._listen(connection)
            except Exception:
                # Refused, reset, timed out, half an answer: messages may be missing.
                self._was_lost = True
            finally:
                lost, self._connection = self._connection, None
                if lost is not None:
                    await lost.disconnect(nowait=True)
            await asyncio.sleep(RETRY_SECONDS)

    async def _subscribe_all(self, connection: AbstractConnection) -> None:
        self._connection = connection
        waiting, self._confirming = self._confirming, {}
        commands = []
        for board in tuple(self._heard):  # one each: the channels of a cluster lie in several slots
            channel = board_keys(board).channel
            everyone = [each for some in waiting.get(channel.encode(), ()) for each in some]
            self._confirming.setdefault(channel.encode(), deque()).append(everyone)
            commands.append(("SSUBSCRIBE", channel))
        if self._was_lost:
            # Its answer comes after all confirmations: from here on nothing is missed any more.
            commands.append(("PING", "stands"))
        # All or nothing: a connection that hears some of the boards would look like a good one.
        async with asyncio.timeout(LIMIT_SECONDS):
            await connection.send_packed_command(
                connection.pack_commands(commands), check_health=False
            )

    async def _listen(self, connection: AbstractConnection) -> None:
        asked = False
        while True:
            message = await connection.read_response(
                timeout=LIMIT_SECONDS if asked else IDLE_SECONDS
            )
            if message is None:
                if asked:
                    raise ConnectionError("silent")
                asked = True
                await self._send("PING", "idle")
                continue
            asked = False
            self._take(message)

    def _confirm(self, channel: bytes) -> None:
        waiting = self._confirming.get(channel)
        if waiting:
            for confirmed in waiting.popleft():
                if not confirmed.done():
                    confirmed.set_result(None)
            if not waiting:
                del self._confirming[channel]

    def _take(self, message: list[bytes] | bytes) -> None:
        match message:
            case [b"smessage", channel, data]:
                heard = self._by_channel.get(channel)
                if heard is not None and data[0] == _LIVE:
                    heard("live", data[1:])
                elif heard is not None and data[0] == _ACTIVITY:
                    heard("activity", data[1:])
                elif heard is not None:
                    heard("commit", data)
            case [b"ssubscribe", channel, _]:
                self._confirm(channel)
            case [b"pong", b"stands"] | b"stands":  # bare while no channel is subscribed
                self._was_lost = False
                self._on_lost()
            case _:
                pass
