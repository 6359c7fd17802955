"""The servers that are compared: how each is started, and what its clients say."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bench.peers import stamp, yjs
from bench.peers.install import install, node
from bench.peers.swarm import frame
from bench.process_usage import children, command_of
from bench.room import free_port, new_board, running
from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Hello, Ink, Live, LiveState, Ping, Push
from inkwire.protocol.ops import Put
from inkwire.protocol.version import PROTOCOL_VERSION

STROKE_UPDATES = 60
"""Then the pen is lifted and the stroke is committed."""
_PONG = frame(b"", 10)


class Running(Protocol):
    """A server that runs, and the language of its clients."""

    port: int
    workers: list[int]
    stores: list[int]

    def path(self, room: int) -> str:
        """Where the clients of a room connect."""

    def greeting(self, client: int, room: int) -> bytes:
        """What a client says first."""

    def writer(self, client: int) -> Callable[[], bytes]:
        """Makes one update after the other, 30 of them a second."""

    def alive(self) -> bytes:
        """What a client says every few seconds."""


@dataclass
class Inkwire:
    """One worker and its store. The store's commits of finished strokes are part of the work."""

    port: int
    workers: list[int]
    stores: list[int]
    boards: list[tuple[str, str]]

    def path(self, room: int) -> str:
        return f"/api/boards/{self.boards[room][0]}/socket"

    def greeting(self, client: int, room: int) -> bytes:
        board, token = self.boards[room]
        return frame(
            codec.encode(
                Hello(
                    PROTOCOL_VERSION,
                    board,
                    token,
                    f"session-{client:016d}",
                    f"person-{client:08d}",
                    f"Person {client}",
                    "#1971c2",
                )
            )
        )

    def writer(self, client: int) -> Callable[[], bytes]:
        return _Pen(client).update

    def pointer(self, client: int) -> Callable[[], bytes]:
        """Moves of a pointer."""
        return lambda: frame(codec.encode(Live(LiveState(cursor=stamp.cursor(client)))))

    def alive(self) -> bytes:
        return frame(codec.encode(Ping(stamp.microseconds() // 1_000)))


class _Pen:
    """What a page sends while its person draws: ink with the pointer's place, then the stroke."""

    def __init__(self, client: int) -> None:
        self._client = client
        self._stroke = 0
        self._data = b""
        self._element = self._next_element()

    def update(self) -> bytes:
        offset = len(self._data)
        last = offset >= (STROKE_UPDATES - 1) * stamp.UPDATE_BYTES
        # The stroke's commit overtakes its last ink, so there it is counted.
        new = stamp.ink(self._client, stamp.COMMITTED_MARK if last else stamp.INK_MARK)
        if not offset:
            new = bytes((1, 4)) + new
        self._data += new
        data = Ink(
            id=self._element.id,
            offset=offset,
            data=new,
            element=None if offset else self._element,
        )
        said = frame(codec.encode(Live(LiveState(cursor=(float(offset), 2.0), ink=(data,)))))
        if last:
            said += self._commit()
        return said

    def _commit(self) -> bytes:
        before, last = self._data[: -stamp.UPDATE_BYTES], self._data[-stamp.UPDATE_BYTES :]
        points = before.replace(stamp.INK_MARK, stamp.COMMITTED_MARK) + last.replace(
            stamp.COMMITTED_MARK, stamp.INK_MARK
        )
        done = Freedraw(
            id=self._element.id,
            place=self._element.place,
            z=self._element.z,
            points=points,
        )
        self._stroke += 1
        self._data = b""
        self._element = self._next_element()
        name = f"client-{self._client:016d}"
        return frame(
            codec.encode(Push(name, self._stroke, f"gesture-{self._stroke}", (Put(done),)))
        )

    def _next_element(self) -> Freedraw:
        name = f"p{self._client:06d}-stroke{self._stroke:07d}"
        return Freedraw(id=name, place=(0, 0, 1, 1, 0), z="a0", points=b"")


@dataclass
class YWebsocket:
    """y-websocket's server as its package starts it, without persistence."""

    port: int
    workers: list[int]
    stores: list[int] = field(default_factory=list)

    def path(self, room: int) -> str:
        return f"/room-{room}"

    def greeting(self, client: int, room: int) -> bytes:
        return frame(yjs.ask_all())

    def writer(self, client: int) -> Callable[[], bytes]:
        clock = 0

        def update() -> bytes:
            nonlocal clock
            said = yjs.append(1_000_000 + client, clock, f"ink-{client}", stamp.ink(client))
            clock += 1
            return frame(said)

        return update

    def alive(self) -> bytes:
        return _PONG


@dataclass
class Tutorial:
    """The ConnectionManager of FastAPI's tutorial."""

    port: int
    workers: list[int]
    stores: list[int] = field(default_factory=list)

    def path(self, room: int) -> str:
        return f"/room-{room}"

    def greeting(self, client: int, room: int) -> bytes:
        return b""

    def writer(self, client: int) -> Callable[[], bytes]:
        def update() -> bytes:
            text = json.dumps({"who": client, "ink": stamp.ink(client).decode()})
            return frame(text.encode(), 1)

        return update

    def alive(self) -> bytes:
        return _PONG


@contextlib.contextmanager
def inkwire(rooms: int = 1) -> Iterator[Inkwire]:
    """``inkwire serve`` with one worker and the embedded store, all on core 0.

    With BENCH_PROFILE in the environment the worker writes its profile to that file.
    """
    port = free_port()
    module = ["bench.profiled_server"] if "BENCH_PROFILE" in os.environ else ["inkwire", "serve"]
    with (
        tempfile.TemporaryDirectory() as data,
        running(
            [sys.executable, "-m", *module],
            port,
            "/readyz",
            INKWIRE_DATA_DIR=data,
            INKWIRE_PORT=str(port),
            INKWIRE_WORKERS="1",
        ) as pid,
    ):
        boards = [new_board(f"http://127.0.0.1:{port}") for _ in range(rooms)]
        family = [pid, *children(pid)]
        stores = [each for each in family if "valkey" in command_of(each).split(" ")[0]]
        workers = [each for each in family if each not in stores]
        names = [(each["id"], each["links"]["editor"]["token"]) for each in boards]
        yield Inkwire(port, workers, stores, names)


@contextlib.contextmanager
def y_websocket(rooms: int = 1) -> Iterator[YWebsocket]:
    """``y-websocket-server`` on core 0."""
    server = install() / "@y" / "websocket-server" / "src" / "server.js"
    port = free_port()
    with running(node(str(server)), port, "/", HOST="127.0.0.1", PORT=str(port)) as pid:
        yield YWebsocket(port, [pid, *children(pid)])


@contextlib.contextmanager
def tutorial(rooms: int = 1) -> Iterator[Tutorial]:
    """uvicorn with its defaults on core 0."""
    port = free_port()
    command = f"-m uvicorn bench.plain_server:app --port {port} --log-level warning".split()
    with running([sys.executable, *command], port, "/openapi.json") as pid:
        yield Tutorial(port, [pid])


Starter = Callable[[int], contextlib.AbstractContextManager[Running]]
SERVERS: dict[str, Starter] = {
    "inkwire": inkwire,
    "y-websocket": y_websocket,
    "tutorial": tutorial,
}
