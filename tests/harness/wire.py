"""A client that speaks in frames and shows each one; what it decides is up to the test."""

from __future__ import annotations

import asyncio
import secrets
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec.structs import asdict
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from inkwire.client.replica import Replica
from inkwire.protocol import codec
from inkwire.protocol.elements import Element, Rectangle
from inkwire.protocol.frames import (
    Accepted,
    Batch,
    Commit,
    Hello,
    Live,
    LiveState,
    Merged,
    Page,
    PeerLive,
    Ping,
    Pong,
    Position,
    Push,
    Ready,
    Refused,
    Reset,
    ServerFrame,
    Welcome,
)
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.ops import Op, Put
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.rooms.document import Document
from tests.harness.server import NewBoard, Server

F = TypeVar("F", bound=ServerFrame)
PATIENCE_SECONDS = 60
"""A frame that does not come within that will not come; far longer than any takes."""


class Wire:
    """One open socket; keeps what came in ``frames``, ``commits``, ``peers``."""

    def __init__(self, socket: ClientConnection, board: NewBoard) -> None:
        self.socket = socket
        self.board = board
        self.cid = secrets.token_urlsafe(16)
        self.n = 0
        self.frames: list[ServerFrame] = []
        self.sizes: list[int] = []
        self.commits: list[Commit] = []
        self.replica = Replica(Position("none", 0), Document())
        """What snapshot and commits make; it fails at once if commits leave a gap."""
        self.live: list[PeerLive] = []
        self.left: list[str] = []

    @classmethod
    async def open(cls, server: Server, board: NewBoard, port: int = 0, **options: Any) -> Self:
        """A socket that has said nothing yet; ``port`` goes through a proxy."""
        url = server.socket_url(board.id)
        if port:
            url = url.replace(f":{server.port}/", f":{port}/")
        socket = await connect(
            url,
            compression=None,
            max_size=MAX_FRAME_BYTES,
            ping_interval=None,
            proxy=None,
            **options,
        )
        return cls(socket, board)

    @classmethod
    async def enter(
        cls,
        server: Server,
        board: NewBoard,
        *,
        port: int = 0,
        resume: Position | None = None,
        **hello: Any,
    ) -> Self:
        """A socket that is welcome and has everything that there was."""
        wire = await cls.open(server, board, port)
        if resume is not None:
            wire.replica.position = resume
        await wire.hello(resume=resume, **hello)
        await wire.until(Welcome)
        if resume is None:
            await wire.until(Ready)
        return wire

    @property
    def welcome(self) -> Welcome:
        """How the server greeted."""
        return next(frame for frame in self.frames if isinstance(frame, Welcome))

    @property
    def position(self) -> Position:
        """What it has."""
        return self.replica.position

    @property
    def ids(self) -> list[str]:
        """The elements it has, lowest first."""
        assert self.replica.document is not None
        return [element.id for element in self.replica.document.in_paint_order()]

    @property
    def peer(self) -> str:
        """Its name in live traffic."""
        return self.welcome.peer

    async def hello(
        self,
        *,
        role: str = "editor",
        token: str | None = None,
        version: int = PROTOCOL_VERSION,
        board: str | None = None,
        session: str | None = None,
        person: str | None = None,
        name: str = "Somebody",
        resume: Position | None = None,
    ) -> None:
        """Says hello."""
        await self.send(
            Hello(
                version,
                board or self.board.id,
                self.board.links[role].token if token is None else token,
                session or secrets.token_urlsafe(16),
                person or f"person-{secrets.token_urlsafe(9)}",
                name,
                "#1971c2",
                resume,
            )
        )

    async def send(self, frame: object) -> None:
        """Sends a frame, or bytes as they are."""
        await self.socket.send(frame if isinstance(frame, bytes) else codec.encode(frame))

    async def push(self, *ops: Op, n: int | None = None, cid: str | None = None) -> int:
        """Sends a push and returns its number; the answer is not waited for."""
        if n is None:
            self.n += 1
            n = self.n
        await self.send(Push(cid or self.cid, n, "", ops))
        return n

    async def commit(self, *ops: Op) -> int:
        """Pushes and waits until it is accepted; returns its seq."""
        n = await self.push(*ops)
        return (await self.accepted(n)).seq

    async def show(self, **state: Any) -> None:
        """Sends a live state."""
        await self.send(Live(LiveState(**state)))

    async def receive(self) -> ServerFrame:
        """The next frame."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            data = await self.socket.recv()
        assert isinstance(data, bytes)
        frame = codec.decode_server(data)
        self.frames.append(frame)
        self.sizes.append(len(data))
        match frame:
            case Reset():
                self.replica.reset(frame)
            case Page():
                self.replica.page(frame)
            case Ready():
                self.replica.ready()
            case Merged():
                self.replica.merged(frame)
            case Batch(commits, live, left):
                self.commits += commits
                self.live += live
                self.left += left
                for commit in commits:
                    self.replica.commit(commit)
        return frame

    async def until(self, kind: type[F]) -> F:
        """Receives until a frame of that kind comes."""
        while True:
            frame = await self.receive()
            if isinstance(frame, kind):
                return frame

    async def accepted(self, n: int) -> Accepted:
        """Receives until push ``n`` is accepted."""
        while True:
            answer = await self.receive()
            assert not isinstance(answer, Refused), answer
            if isinstance(answer, Accepted) and answer.n >= n:
                return answer

    async def refused(self) -> Refused:
        """Receives until something is refused."""
        return await self.until(Refused)

    async def reached(self, seq: int) -> None:
        """Receives until commit ``seq`` is here."""
        while self.position.seq < seq:
            await self.receive()

    async def until_pong(self) -> None:
        """A round trip: everything sent before is dealt with, everything that came is here."""
        await self.send(Ping(1))
        await self.until(Pong)

    async def sees(self, peer: str) -> PeerLive:
        """Receives until something of that peer comes."""
        while True:
            for item in self.live:
                if item.peer == peer:
                    return item
            await self.until(Batch)

    async def shown(self, peer: str, state: dict[str, Any]) -> None:
        """Receives until the newest that is known of a peer is as said, field by field."""
        while True:
            known: dict[str, Any] = {}
            for item in self.live:
                if item.peer == peer:
                    known |= {
                        name: each for name, each in asdict(item.state).items() if each is not None
                    }
            if all(known.get(name) == each for name, each in state.items()):
                return
            await self.until(Batch)

    async def ink_of(self, stroke: str, length: int) -> bytes:
        """Receives until that much of a stroke is here; fails if a piece leaves a gap."""
        while True:
            data = b""
            for item in self.live:
                for piece in item.state.ink:
                    if piece.id == stroke:
                        assert piece.offset <= len(data), "ink with a gap"
                        data = data[: piece.offset] + piece.data
            if len(data) >= length:
                return data
            await self.until(Batch)

    async def closed(self) -> int:
        """Receives until the server closes; the close code."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else 1006

    async def close(self) -> None:
        """Says goodbye."""
        await self.socket.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.transport.abort()
        await self.socket.wait_closed()


def box(id_: str, x: float = 0.0) -> Op:
    """An op that puts a rectangle."""
    return Put(rectangle(id_, x))


def rectangle(id_: str, x: float = 0.0) -> Element:
    """A rectangle."""
    return Rectangle(id=id_, place=(x, 0.0, 40.0, 30.0, 0.0), z="a0")
