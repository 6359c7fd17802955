"""What is no frame gets a published close code, and leaves no trace in the log."""

from __future__ import annotations

import asyncio
import os
import struct

import msgpack
import pytest

from inkwire.protocol import codec
from inkwire.protocol.elements import TextElement
from inkwire.protocol.frames import Hello, Live, LiveState, Ping, Pong, Push
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.version import PROTOCOL_VERSION
from tests.harness.raw import RawSocket, message
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box


def deep(levels: int) -> bytes:
    return b"\x91" * levels + b"\xc0"


BOX = {"type": "rectangle", "id": "a", "z": "a0", "place": [0, 0, 1, 1, 0]}


def element(**values: object) -> list[object]:
    return [2, "client-of-the-test", 1, "", [["put", BOX | values]]]


NOT_A_FRAME = {
    "nothing": b"",
    "a torn frame": codec.encode(Ping(1_000_000))[:-1],
    "a string that is not there": b"\xdb\xff\xff\xff\xff",
    "an array of 4 GiB": b"\xdd\xff\xff\xff\xff",
    "a binary of 4 GiB": b"\xc6\xff\xff\xff\xff",
    "trailing bytes": codec.encode(Ping(1)) + b"\x00",
    "the byte that means nothing": b"\xc1",
    "bad UTF-8": b"\x95\x02\xa8\xff\xfe" + b"x" * 6 + b"\x01\xa0\x90",
}
AGAINST_THE_PROTOCOL = {
    "a number": b"\x05",
    "100,000 levels": deep(100_000),
    "a map of 4 GiB": b"\xdf\xff\xff\xff\xff",
    "nil": b"\xc0",
    "a map": msgpack.packb({"tag": 4}),
    "an empty array": b"\x90",
    "an unknown tag": msgpack.packb([99]),
    "a tag of the server": msgpack.packb([18, 1, 2]),
    "a tag that is a word": msgpack.packb(["push"]),
    "too few fields": msgpack.packb([2, "client-of-the-test"]),
    "too many fields": msgpack.packb([4, 1, 2]),
    "a negative number": msgpack.packb([4, -1]),
    "a number above 2**53": msgpack.packb([4, 2**60]),
    "no ops": msgpack.packb([2, "client-of-the-test", 1, "", []]),
    "501 ops": msgpack.packb([2, "client-of-the-test", 1, "", [["delete", "a"]] * 501]),
    "push 0": msgpack.packb([2, "client-of-the-test", 0, "", [["delete", "a"]]]),
    "an unknown op": msgpack.packb([2, "client-of-the-test", 1, "", [["burn", "a"]]]),
    "17 levels": msgpack.packb([3, {"cursor": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}]),
    "NaN": msgpack.packb(element(opacity=float("nan"))),
    "infinity": msgpack.packb(element(place=[float("inf"), 0, 1, 1, 0])),
    "1e308": msgpack.packb(element(place=[1e308, 0, 1, 1, 0])),
    "an unknown type": msgpack.packb(element(type="iframe")),
    "an unknown property": msgpack.packb(element(onclick="x")),
    "__proto__ as a property": msgpack.packb(element(__proto__=1)),
    "__proto__ as an id": msgpack.packb(element(id="__proto__")),
    "a link that runs": msgpack.packb(element(link="javascript:alert(1)")),
    "a colour that is none": msgpack.packb(element(color="red;}")),
    "an id with a NUL": msgpack.packb(element(id="a\0b")),
    "an id with a newline": msgpack.packb(element(id="a\n")),
    "a title of two lines": msgpack.packb(
        [2, "client-of-the-test", 1, "", [["title", "a\u2028b"]]]
    ),
    "a name that turns what follows": msgpack.packb(element(type="frame", name="a\u202eb")),
    "a key of 257": msgpack.packb(element(z="a" * 257)),
    "groups without end": msgpack.packb(element(groups=["g"] * 17)),
    "64 K empty maps": msgpack.packb([3, {"selection": [{}] * 65_000}]),
    "an extension": msgpack.packb([4, msgpack.ExtType(5, b"x")]),
    "integer keys": msgpack.packb([3, {1: 2}]),
    "points that are torn": msgpack.packb(element(type="freedraw", points=b"\x00\x04\x80")),
    "ink of something else": msgpack.packb(
        [3, {"ink": [{"id": "a", "offset": 0, "data": b"", "element": BOX}]}]
    ),
}
CORPUS = [(name, data, 1007) for name, data in NOT_A_FRAME.items()] + [
    (name, data, 4500) for name, data in AGAINST_THE_PROTOCOL.items()
]


@pytest.mark.parametrize(("name", "data", "code"), CORPUS, ids=[each[0] for each in CORPUS])
async def test_rubbish_is_answered_by_its_code(
    server: Server, board: NewBoard, name: str, data: bytes, code: int
) -> None:
    """[F1] [F2] Each frame of the corpus, after a proper greeting; the document stays as it was."""
    async with await Wire.enter(server, board) as wire:
        await wire.commit(box("before"))
        await wire.send(data)
        assert await wire.closed() == code, name
    async with await Wire.enter(server, board) as wire:
        await wire.reached(1)
        assert wire.ids == ["before"]


@pytest.mark.parametrize("seed", range(8))
async def test_random_bytes_are_answered_by_a_code(
    server: Server, board: NewBoard, seed: int
) -> None:
    """[F1] [F2] Also before the greeting."""
    async with await Wire.open(server, board) as wire:
        await wire.send(os.urandom(1 + seed * 50))
        assert await wire.closed() in (1007, 4500)


async def test_a_text_message_is_no_frame(server: Server, board: NewBoard) -> None:
    """[F1] Frames are binary."""
    async with await Wire.enter(server, board) as wire:
        await wire.socket.send("hello")
        assert await wire.closed() == 1007


async def test_a_message_too_large_is_refused_before_it_is_there(
    server: Server, board: NewBoard
) -> None:
    """[F3] Its head is enough."""
    async with await Wire.enter(server, board) as wire:
        await wire.socket.send(b"\x00" * (MAX_FRAME_BYTES + 1))
        assert await wire.closed() == 1009
    async with RawSocket(server, board.id) as raw:
        await raw.send(b"\x82\xff" + struct.pack(">Q", 2**32) + b"\0\0\0\0")
        assert await raw.closed() == 1009


async def test_ping_is_answered(server: Server, board: NewBoard) -> None:
    """[F5] With the stamp and a clock."""
    async with await Wire.enter(server, board) as wire:
        await wire.send(Ping(12345))
        pong = await wire.until(Pong)
        assert pong.stamp == 12345
        assert pong.now > 1_700_000_000_000


BREACHES = [
    ("an unmasked frame", message(2, b"x", mask=False), {1002}),
    ("a reserved bit", message(2, b"x", rsv=0x40), {1002}),
    ("a reserved opcode", message(3, b"x"), {1002}),
    ("a reserved control opcode", message(11), {1002}),
    ("a fragmented ping", message(9, b"x", fin=False), {1002}),
    ("a ping of 126 bytes", message(9, b"x" * 126), {1002}),
    ("a continuation of nothing", message(0, b"x"), {1002}),
    ("a message within a message", message(2, b"x", fin=False) + message(2, b"y"), {1002}),
    ("a close of one byte", message(8, b"x"), {1002}),
    ("a close with 999", message(8, struct.pack(">H", 999)), {1002}),
    ("a close with 1005", message(8, struct.pack(">H", 1005)), {1002}),
    ("a close with 1006", message(8, struct.pack(">H", 1006)), {1002}),
    ("a close with bad UTF-8", message(8, struct.pack(">H", 1000) + b"\xff"), {1002, 1007}),
    ("a length with its top bit", b"\x82\xff" + struct.pack(">Q", 2**63), {1002, 1009}),
    ("10,000 empty fragments", message(2, fin=False) + message(0, fin=False) * 10_000, {1009}),
    ("a text of bad UTF-8", message(1, b"\xff\xfe"), {1007}),
]


@pytest.mark.parametrize(("name", "data", "codes"), BREACHES, ids=[each[0] for each in BREACHES])
async def test_a_breach_of_rfc_6455_is_answered_as_it_says(
    server: Server, board: NewBoard, name: str, data: bytes, codes: set[int]
) -> None:
    """[F4] By a close frame, not by a reset."""
    async with RawSocket(server, board.id) as raw:
        await raw.send(data)
        assert await raw.closed() in codes, name


async def test_a_fragmented_message_and_pings_between_are_fine(
    server: Server, board: NewBoard
) -> None:
    """[F4] A frame may come in pieces; a ping is answered in between."""
    hello = codec.encode(
        Hello(PROTOCOL_VERSION, board.id, board.token, "s" * 16, "p" * 8, "x", "#1971c2")
    )
    async with RawSocket(server, board.id) as raw:
        await raw.send(message(2, hello[:10], fin=False))
        await raw.send(message(9, b"between"))
        assert await raw.frame() == (10, b"between")
        await raw.send(message(0, hello[10:]))
        opcode, data = await raw.frame()
        assert (opcode, data[1]) == (2, 10)


async def test_compression_is_not_agreed_on(server: Server, board: NewBoard) -> None:
    """[F4] A small message cannot become a large one."""
    async with RawSocket(server, board.id, "Sec-WebSocket-Extensions: permessage-deflate") as raw:
        assert b"permessage-deflate" not in raw.answer


async def test_a_flood_of_pings_costs_no_memory(server: Server, board: NewBoard) -> None:
    """[F4] Who asks without reading the answers is dropped before they pile up."""
    async with RawSocket(server, board.id, receive_buffer=4096) as raw:
        ping = message(9, b"x" * 125) * 1_000
        with pytest.raises(OSError, match=r"reset|lost|pipe|aborted"):
            await raw.send(*(ping * 100,) * 10)


FLOODS = {
    "pings": message(9, b"x" * 125) * 20_000,
    "pongs": message(10) * 20_000,
    "tiny fragments": (message(2, b"\x92\x04", fin=False) + message(0, b"\x01")) * 20_000,
}


@pytest.mark.parametrize("data", FLOODS.values(), ids=FLOODS.keys())
async def test_a_flood_of_trifles_is_told_why_it_ends(
    server: Server, board: NewBoard, data: bytes
) -> None:
    """[F4] [C8] 20,000 control frames or tiny fragments get 4029, not a reset; others notice nothing."""
    greeting = codec.encode(
        Hello(PROTOCOL_VERSION, board.id, board.token, "s" * 16, "p" * 8, "x", "#1971c2")
    )
    async with await Wire.enter(server, board) as other, RawSocket(server, board.id) as raw:
        await raw.send(message(2, greeting))
        ended = asyncio.create_task(raw.closed())
        await raw.send(data)
        assert await ended == 4029
        assert await other.commit(box("others-go-on")) == 1


async def test_a_live_frame_is_bounded(server: Server, board: NewBoard) -> None:
    """[L6] One that is too large is dropped, the next one arrives."""
    async with (
        await Wire.enter(server, board) as author,
        await Wire.enter(server, board) as watcher,
    ):
        drafts = tuple(written(f"d{k}", "x" * 20_000) for k in range(4))
        await author.send(Live(LiveState(drafts=drafts, tool="dropped")))
        await author.send(Live(LiveState(tool="arrives")))
        while not any(item.state.tool for item in watcher.live):
            await watcher.receive()
        tools = [item.state.tool for item in watcher.live if item.state.tool]
        assert tools == ["arrives"]
        await asyncio.gather(author.close(), watcher.close())


def written(id_: str, text: str) -> TextElement:
    return TextElement(id=id_, place=(0.0, 0.0, 1.0, 1.0, 0.0), z="a0", text=text)


def test_the_corpus_is_large() -> None:
    """[F2] Cases are not lost by an edit."""
    assert len(CORPUS) >= 40
    assert Push.__struct_config__.tag == 2
