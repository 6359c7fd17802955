"""Limits that several connections share: of a person, a board, a network address."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from inkwire.protocol.frames import Accepted, Pong, Refused, Welcome
from inkwire.rooms.allowance import BOARD, CONNECTION, PERSON
from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import NewBoard, Server, faults
from tests.harness.wire import Wire, box

TENTH = 0.1


@pytest.fixture
def strict(embedded: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A tenth of the rates; eight people on a board; five connections of an address, twelve a minute.

    The test's own address is no proxy's here, and none is believed.
    """
    server = Server(
        tmp_path / "strict",
        embedded.url,
        INKWIRE_RATES=str(TENTH),
        INKWIRE_BOARD_CONNECTIONS="8",
        INKWIRE_ADDRESS_CONNECTIONS="5",
        INKWIRE_ADDRESS_CONNECTIONS_PER_MINUTE="12",
        INKWIRE_TRUSTED_PROXIES="192.0.2.1",
    )
    yield server
    server.stop()
    assert not faults(server.news())


@pytest.fixture
def proxied(embedded: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """As strict, but the test is a trusted proxy."""
    server = Server(
        tmp_path / "proxied",
        embedded.url,
        INKWIRE_RATES=str(TENTH),
        INKWIRE_BOARD_CONNECTIONS="8",
        INKWIRE_ADDRESS_CONNECTIONS="5",
        INKWIRE_ADDRESS_CONNECTIONS_PER_MINUTE="12",
    )
    yield server
    server.stop()
    assert not faults(server.news())


async def door(server: Server, board: NewBoard, forwarded: str = "") -> tuple[int, str]:
    """The status that answers an upgrade, and its Retry-After; an open socket is closed again."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    try:
        async with connect(
            server.socket_url(board.id), proxy=None, additional_headers=headers
        ) as socket:
            await socket.close()
            return 101, ""
    except InvalidStatus as refused:
        return refused.response.status_code, refused.response.headers.get("Retry-After", "")


async def pushed(wire: Wire, count: int) -> tuple[int, int]:
    """How many of so many pushes were accepted, and how many refused as too much at once."""
    for k in range(count):
        await wire.push(box(f"e{wire.cid[:8]}-{k}"))
    while True:
        accepted = max((each.n for each in wire.frames if isinstance(each, Accepted)), default=0)
        refused = [each.code for each in wire.frames if isinstance(each, Refused)]
        if accepted + len(refused) >= count:
            return accepted, refused.count("rate")
        await wire.receive()


EACH = int(CONNECTION.frames.burst * TENTH) - 5
"""Frames that one connection may send at once."""
TOO_MANY = 2 * int(PERSON.frames.burst * TENTH) // EACH
"""Connections that send so much are together over a person's limit, though it takes them a while."""


async def dropped(server: Server, stack: contextlib.AsyncExitStack, *, elsewhere: bool) -> float:
    """How many live frames of one person's connections are dropped; each has an address if asked."""
    wires = []
    board = server.create_board()
    for k in range(TOO_MANY):
        if k % 8 == 7:
            board = server.create_board()
        header = {"X-Forwarded-For": f"198.51.100.{k}"} if elsewhere else {}
        wire = await Wire.open(server, board, additional_headers=header)
        await stack.enter_async_context(wire)
        await wire.hello(person="ana-with-many-pages")
        await wire.until(Welcome)
        wires.append(wire)
    before = server.metric("inkwire_live_dropped_total")
    for wire in wires:
        for k in range(EACH):
            await wire.show(cursor=(float(k), 0.0))
    for wire in wires:
        await wire.until_pong()
    return server.metric("inkwire_live_dropped_total") - before


async def test_one_persons_connections_share_what_a_person_may_send(proxied: Server) -> None:
    """[C11] On whatever boards of the worker; somebody else's are not held back."""
    async with contextlib.AsyncExitStack() as stack:
        assert await dropped(proxied, stack, elsewhere=False) > 0
        board = proxied.create_board()
        async with await Wire.enter(proxied, board, person="somebody-else") as wire:
            assert (await pushed(wire, EACH)) == (EACH, 0)


async def test_the_same_name_elsewhere_is_somebody_else(proxied: Server) -> None:
    """[C11] Nobody can use up another's allowance by calling itself by that name."""
    async with contextlib.AsyncExitStack() as stack:
        assert await dropped(proxied, stack, elsewhere=True) == 0


def test_a_board_may_take_what_five_hundred_people_draw() -> None:
    """[C11] Thirty frames a second each."""
    assert BOARD.frames.per_second >= 500 * 30
    assert BOARD.ops.per_second >= 500 * 30


async def test_a_full_board_says_so(proxied: Server) -> None:
    """[H10] Those inside notice nothing; a page's newer socket takes the place of its older one."""
    board = proxied.create_board()
    async with contextlib.AsyncExitStack() as stack:
        inside = [
            await stack.enter_async_context(
                await Wire.enter(proxied, board, session=f"page-number-{k}-of-8")
            )
            for k in range(8)
        ]
        async with await Wire.open(proxied, board) as ninth:
            await ninth.hello()
            assert await ninth.closed() == 4513
        again = await Wire.enter(proxied, board, session="page-number-0-of-8")
        await stack.enter_async_context(again)
        assert await inside[0].closed() == 4009
        for wire in (again, *inside[1:]):
            await wire.until_pong()
            assert any(isinstance(frame, Pong) for frame in wire.frames)
        await inside[1].close()
        await again.sees(inside[1].peer)
        while inside[1].peer not in again.left:
            await again.receive()
        async with await Wire.enter(proxied, board) as late:
            await late.commit(box("a"))


async def test_an_address_may_have_so_many_connections(strict: Server) -> None:
    """[H9] Beyond them 429 and when to come back; who leaves makes room."""
    board = strict.create_board()
    async with contextlib.AsyncExitStack() as stack:
        inside = [
            await stack.enter_async_context(await Wire.enter(strict, board)) for _ in range(5)
        ]
        status, retry_after = await door(strict, board)
        assert status == 429
        assert int(retry_after) >= 1
        await inside[0].commit(box("a"))
        await inside[4].close()
        while (await door(strict, board))[0] == 429 and strict.metric("inkwire_peers") > 4:
            pass
        await stack.enter_async_context(await Wire.enter(strict, board))


async def test_an_address_may_open_so_many_a_minute(strict: Server) -> None:
    """[H9] Whatever it says of itself: only a trusted proxy is believed."""
    board = strict.create_board()
    answers = [await door(strict, board, f"198.51.100.{k}") for k in range(20)]
    opened = sum(status == 101 for status, _ in answers)
    assert 12 <= opened <= 14
    assert {status for status, _ in answers[opened:]} == {429}
    assert 1 <= int(answers[-1][1]) <= 10


async def test_a_trusted_proxy_says_for_whom_it_asks(proxied: Server) -> None:
    """[H9] The last address that is no proxy's counts, not what its sender has put before it."""
    board = proxied.create_board()
    spoofed = [await door(proxied, board, f"203.0.113.{k}, 198.51.100.7") for k in range(14)]
    assert sum(status == 101 for status, _ in spoofed) in (12, 13)
    assert (await door(proxied, board, "198.51.100.8"))[0] == 101
    assert {(await door(proxied, board))[0] for _ in range(30)} == {101}


async def test_a_class_behind_one_address_joins_at_once(
    embedded: EmbeddedStore, tmp_path: Path
) -> None:
    """[H9] Forty pages in the same moment, with the limits as they are."""
    server = Server(tmp_path / "class", embedded.url, INKWIRE_TRUSTED_PROXIES="192.0.2.1")
    try:
        board = server.create_board()
        async with contextlib.AsyncExitStack() as stack:
            pupils = await asyncio.gather(*(Wire.enter(server, board) for _ in range(40)))
            for pupil in pupils:
                await stack.enter_async_context(pupil)
            await asyncio.gather(*(pupil.commit(box(f"p{pupil.cid}")) for pupil in pupils))
            for pupil in pupils:
                await pupil.reached(40)
        assert server.metric("inkwire_connections_refused_total") == 0
        assert not faults(server.news())
    finally:
        server.stop()
