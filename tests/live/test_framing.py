"""Frames read here are the frames that the library would have read."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from inkwire.live.framing import BREACH, frame_size, sole_echo, sole_message
from inkwire.live.limits import TRIFLES
from inkwire.live.uvicorn_options import UVICORN_OPTIONS
from inkwire.live.websocket import BoardSocket, framed
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.rooms.allowance import Bucket

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.over = False
        self.paused = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def write_eof(self) -> None:
        self.over = True

    def close(self) -> None:
        self.over = True

    abort = close

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False


class Ear:
    """A listener that keeps what is received."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.reads: list[int] = []
        self.endings = 0
        self.asked_for: set[int] = set()

    def received(self, data: bytes) -> None:
        self.messages.append(data)

    def read(self) -> None:
        self.reads.append(len(self.messages))

    def drained(self) -> None: ...

    def ended(self) -> None:
        self.endings += 1

    def leave_soon(self) -> None: ...

    def echoed(self, number: int) -> bool:
        known = number in self.asked_for
        self.asked_for.discard(number)
        return known


class ByLibrary(BoardSocket):
    """The same socket with every byte read by the library."""

    def data_received(self, data: bytes) -> None:
        if not self._deaf:
            WebSocketsSansIOProtocol.data_received(self, data)


async def app(scope: object, receive: object, send: object) -> None:
    await asyncio.Event().wait()


def open_socket(kind: type[BoardSocket]) -> tuple[BoardSocket, Wire, Ear]:
    """A socket after its handshake."""
    options = {k: v for k, v in UVICORN_OPTIONS.items() if k not in ("factory", "ws", "loop")}
    config = Config(app, ws=kind, **options)
    config.load()
    wire, ear = Wire(), Ear()
    found = kind(config, ServerState(), {}, asyncio.get_running_loop())
    found.connection_made(wire)
    found.data_received(REQUEST)
    found.conn.send_response(found.response)
    found.conn.data_to_send()
    found.handshake_complete = True
    found.listener = ear
    return found, wire, ear


def masked(
    opcode: int, payload: bytes, *, fin: bool = True, mask: bytes = b"\1\2\3\4", rsv: int = 0
) -> bytes:
    """A client's frame."""
    head = framed(payload)[: -len(payload) or None]
    turned = bytes(each ^ mask[k % 4] for k, each in enumerate(payload))
    first = bytes(((0x80 if fin else 0) | rsv | opcode, head[1] | 0x80))
    return b"".join((first, head[2:], mask, turned))


PAYLOADS = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([124, 125, 126, 127, 200, 65_535, 65_536]).map(lambda n: b"x" * n),
)
FRAMES = st.one_of(
    st.builds(masked, st.just(2), PAYLOADS),
    st.builds(
        masked,
        st.sampled_from([0, 1, 2, 8, 9, 10]),
        PAYLOADS,
        fin=st.booleans(),
        mask=st.binary(min_size=4, max_size=4),
    ),
)
STREAMS = st.lists(FRAMES, max_size=8)
BROKEN = st.one_of(
    st.just(b""),
    st.binary(min_size=1, max_size=30),
    st.builds(
        masked,
        st.integers(0, 15),
        st.binary(max_size=20),
        fin=st.booleans(),
        rsv=st.sampled_from([0, 0x40, 0x20]),
    ),
    st.binary(max_size=20).map(framed),
    st.just(b"\x82\xff" + (MAX_FRAME_BYTES + 1).to_bytes(8, "big") + b"\0\0\0\0"),
    st.just(b"\x00\xff" + (MAX_FRAME_BYTES - 1).to_bytes(8, "big") + b"\0\0\0\0"),
)


def told(kind: type[BoardSocket], data: bytes, ends: Iterable[int]) -> dict[int, object]:
    """What a socket makes of pieces that end there: what it heard and answered until each end."""

    async def run() -> dict[int, object]:
        found, wire, ear = open_socket(kind)
        seen: dict[int, object] = {}
        start = 0
        for end in sorted({*ends, len(data)}):
            found.data_received(data[start:end])
            seen[end] = (list(ear.messages), wire.written, wire.over, ear.endings)
            start = end
        if found.close_timer is not None:
            found.close_timer.cancel()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        return seen

    return asyncio.run(run())


@settings(max_examples=300, deadline=None)
@given(STREAMS, BROKEN, st.lists(st.integers(0, 2**31), max_size=12))
@example([masked(2, b"a", fin=False), masked(2, b"b")], b"", [])
@example([masked(2, b"a", fin=False), masked(9, b"p"), masked(0, b"b")], b"", [3, 9])
@example([masked(8, b"\x03\xe8"), masked(2, b"late")], b"", [])
@example([masked(2, b"whole")], b"", [1])
def test_any_bytes_in_any_pieces_are_read_as_the_library_reads_them(
    stream: list[bytes], broken: bytes, cuts: list[int]
) -> None:
    """[F4] The same messages, answers and ending as frame by frame through the library.

    Frame by frame, because it drops a message that came in one piece with a breach behind it.
    """
    data = b"".join(stream) + broken
    ends = {cut % (len(data) + 1) for cut in cuts} | {len(data)}
    whole = set(itertools.accumulate(map(len, stream), initial=0))
    whole |= set(range(len(data) - len(broken), len(data)))
    by_library = told(ByLibrary, data, ends | whole)
    assert told(BoardSocket, data, ends) == {end: by_library[end] for end in ends}


@given(PAYLOADS, st.binary(min_size=4, max_size=4))
def test_a_sole_message_is_unmasked(payload: bytes, mask: bytes) -> None:
    """[F4] As the library unmasks it; with one byte more or less it is not alone."""
    data = masked(2, payload, mask=mask)
    assert sole_message(data) == (payload if len(payload) < 65_536 else None)
    assert sole_message(data[:-1]) is None
    assert sole_message(data + b"\x82") is None


@given(st.integers(0, 2**32 - 1), st.binary(min_size=4, max_size=4))
def test_a_sole_echo_is_its_number(number: int, mask: bytes) -> None:
    """[F4] A pong of four bytes and nothing else; of another length or kind it is the library's."""
    payload = number.to_bytes(4, "big")
    assert sole_echo(masked(10, payload, mask=mask)) == number
    for other in (masked(9, payload), masked(10, payload[1:]), masked(10, payload) + b"\x82"):
        assert sole_echo(other) is None


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, MAX_FRAME_BYTES])
def test_a_frame_s_size_is_known_from_its_head(size: int) -> None:
    """[F3] Too large is known before the payload comes."""
    data = bytearray(b"??" + Frame(Opcode.BINARY, bytes(size)).serialize(mask=True))
    assert frame_size(data, 2, MAX_FRAME_BYTES) == len(data) - 2
    assert frame_size(data[:-1], 2, MAX_FRAME_BYTES) == 0
    head = len(data) - size - 4
    assert frame_size(data[:head], 2, size - 1) == BREACH


def test_the_library_has_what_is_relied_on() -> None:
    """[F4] Where a message in fragments stands."""
    assert ServerProtocol(max_size=MAX_FRAME_BYTES).current_size is None


@pytest.mark.parametrize("kinds", [("ping",), ("pong",), ("fragment",), ("ping", "fragment")])
def test_a_flood_of_trifles_is_failed_with_its_code(kinds: tuple[str, ...]) -> None:
    """[F4] [C8] Pings, pongs, tiny fragments: 4029, and then nothing more."""
    parts = {
        "ping": masked(9, b"x"),
        "pong": masked(10, b"x"),
        "fragment": masked(2, b"x", fin=False) + masked(0, b"y"),
    }
    data = b"".join(parts[kind] for kind in kinds) * 3_000
    seen = told(BoardSocket, data, ())[len(data)]
    messages, written, over, endings = cast(tuple[list[bytes], bytes, bool, int], seen)
    assert over
    assert endings == 1
    assert len(messages) < 2_100
    assert (4029).to_bytes(2, "big") in written[-130:]


def test_what_a_page_s_browser_answers_is_no_flood() -> None:
    """[K2] A pong every few seconds, for days."""
    now = 0.0
    bucket = Bucket(TRIFLES, now)
    for _ in range(100_000):
        now += 1.0
        assert not bucket.wait(now)
        bucket.take(1)


async def test_echoes_of_what_was_asked_are_no_trifles() -> None:
    """[K1] A large board's worth of marks is echoed; the same again, unasked, is a flood."""
    found, wire, ear = open_socket(BoardSocket)
    numbers = range(1, 3 * int(TRIFLES.burst))
    ear.asked_for |= set(numbers)
    echoes = b"".join(masked(10, number.to_bytes(4, "big")) for number in numbers)
    ends = []
    for _ in range(2):
        found.data_received(echoes)
        ends.append(wire.over)
        assert not ear.asked_for
    assert ends == [False, True]
    assert (4029).to_bytes(2, "big") in wire.written
    if found.close_timer is not None:
        found.close_timer.cancel()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def test_the_end_of_a_read_is_told_when_all_of_it_was_handed_over() -> None:
    found, _, ear = open_socket(BoardSocket)
    one, two, three = (masked(2, payload) for payload in (b"a", b"b" * 200, b"c"))
    found.data_received(one)
    found.data_received(two + three[:3])
    found.data_received(three[3:])
    assert ear.messages == [b"a", b"b" * 200, b"c"]
    assert ear.reads == [1, 2, 3]
    found.data_received(one + two + three)
    assert ear.reads == [1, 2, 3, 6]
