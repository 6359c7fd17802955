"""Many WebSocket clients in one thread that read whatever is there and count marks in it.

Python's asyncio is too slow to be the other side of a server that writes 60,000 small frames a second:
here a read is one system call into one buffer, a count at C speed and a few bytes kept, because a mark
may be cut by the end of a read. Frames are not taken apart; only Inkwire's pings, which ask how far the
peer is, are looked for and answered as a browser would.
"""

from __future__ import annotations

import base64
import gc
import heapq
import os
import select
import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from bench.peers.stamp import OWN_BYTES, Kind

_TAIL: Final = OWN_BYTES - 1
_MARK_TAIL: Final = 3
_PING: Final = b"\x89\x04\x00"
_PING_BYTES: Final = 6
_BUFFER: Final = 1 << 20
_BACKLOG: Final = 1 << 20


@dataclass(frozen=True)
class Job:
    """``make`` is called every ``period`` seconds, first after ``phase``, and gives bytes to send."""

    client: int
    period: float
    phase: float
    make: Callable[[], bytes]


@dataclass
class Counts:
    """What came in."""

    updates: int = 0
    """Those of others."""
    bytes: int = 0
    reads: int = 0
    ages: list[int] = field(default_factory=list)
    """Microseconds, of a sample."""

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ages = sorted(self.ages) or [0]
        return ages[min(len(ages) - 1, int(len(ages) * share))] / 1_000


class Swarm:
    """So many open sockets. ``sample``: of one read in so many the ages are looked at."""

    def __init__(self, port: int, kind: Kind, sample: int) -> None:
        self.counts = Counts()
        self.closed = 0
        """Sockets that the server ended."""
        self._port = port
        self._kind = kind
        self._sample = sample
        self._sockets: list[socket.socket] = []
        self._by_number: dict[int, socket.socket] = {}
        self._own: dict[int, bytes] = {}
        self._tails: dict[int, bytes] = {}
        self._unsent: dict[int, bytearray] = {}
        self._poll = select.epoll()
        self._buffer = bytearray(_BUFFER)
        self._jobs: list[tuple[float, int, Job]] = []
        self._order = count()

    def connect(self, path: str, greeting: bytes = b"") -> None:
        """Opens one more socket and sends its first frame."""
        opened = socket.create_connection(("127.0.0.1", self._port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        opened.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            part = opened.recv(65536)
            if not part:
                raise ConnectionError(head[:200])
            head += part
        if b" 101 " not in head[:20]:
            raise ConnectionError(head[:200])
        if greeting:
            opened.sendall(greeting)
        opened.setblocking(False)
        number = opened.fileno()
        self._own[number] = self._kind.own(len(self._sockets))
        self._sockets.append(opened)
        self._by_number[number] = opened
        self._tails[number] = bytes(_TAIL)
        self._poll.register(number, select.EPOLLIN)

    def schedule(self, jobs: Iterable[Job]) -> None:
        """From now on."""
        now = time.perf_counter()
        for job in jobs:
            heapq.heappush(self._jobs, (now + job.phase, next(self._order), job))

    def unschedule(self) -> None:
        """Nothing more is sent."""
        self._jobs.clear()

    def run(
        self, seconds: float, *, sample: bool = False, until_updates: int | None = None
    ) -> None:
        """Sends what is due and counts what comes, for ``seconds`` or until so many have come."""
        end = time.perf_counter() + seconds
        gc.disable()
        while (now := time.perf_counter()) < end:
            if until_updates is not None and self.counts.updates >= until_updates:
                break
            jobs = self._jobs
            while jobs and jobs[0][0] <= now:
                due, _, job = jobs[0]
                heapq.heapreplace(jobs, (due + job.period, next(self._order), job))
                self._send(self._sockets[job.client], job.make())
            wait = (min(jobs[0][0], end) if jobs else end) - time.perf_counter()
            for number, events in self._poll.poll(max(wait, 0), 512):
                if events & select.EPOLLOUT:
                    self._send(self._by_number[number], b"")
                if events & ~select.EPOLLOUT:
                    self._read(number, sample)
        gc.enable()

    def close(self) -> None:
        """Drops every socket."""
        for each in self._sockets:
            each.close()
        self._poll.close()

    def _read(self, number: int, sample: bool) -> None:
        buffer, counts = self._buffer, self.counts
        buffer[:_TAIL] = self._tails[number]
        try:
            size = self._by_number[number].recv_into(memoryview(buffer)[_TAIL:])
        except BlockingIOError:
            return
        except ConnectionError:
            size = 0
        if not size:
            self.closed += 1
            self._poll.unregister(number)
            return
        end = _TAIL + size
        self._tails[number] = bytes(buffer[size:end])
        counts.updates += buffer.count(self._kind.mark, _TAIL - _MARK_TAIL, end)
        counts.updates -= buffer.count(self._own[number], 0, end)
        counts.bytes += size
        counts.reads += 1
        ping = buffer.rfind(_PING, _TAIL - _PING_BYTES + 1, end)
        if 0 <= ping <= end - _PING_BYTES:
            payload = bytes(buffer[ping + 2 : ping + _PING_BYTES])
            self._send(self._by_number[number], frame(payload, 10))
        if sample and not counts.reads % self._sample:
            counts.ages.extend(self._kind.ages(buffer, _TAIL - _MARK_TAIL, end))

    def _send(self, to: socket.socket, data: bytes) -> None:
        number = to.fileno()
        waiting = self._unsent.get(number)
        if waiting:
            waiting += data
            data = bytes(waiting)
        try:
            sent = to.send(data)
        except BlockingIOError:
            sent = 0
        except ConnectionError:
            return
        if sent < len(data):
            if len(data) - sent > _BACKLOG:
                raise RuntimeError("the server reads more slowly than the clients write")
            self._unsent[number] = bytearray(data[sent:])
            self._poll.modify(number, select.EPOLLIN | select.EPOLLOUT)
        elif waiting:
            del self._unsent[number]
            self._poll.modify(number, select.EPOLLIN)


def frame(payload: bytes, opcode: int = 2) -> bytes:
    """A client's message. It is masked with zeros, which is allowed and free."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BBI", 0x80 | opcode, 0x80 | size, 0) + payload
    if size < 1 << 16:
        return struct.pack("!BBHI", 0x80 | opcode, 0xFE, size, 0) + payload
    return struct.pack("!BBQI", 0x80 | opcode, 0xFF, size, 0) + payload
