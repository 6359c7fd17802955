"""Stores that freeze, forget and lose messages; peers that stall, fall silent; a server that stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from inkwire.protocol import codec
from inkwire.protocol.elements import TextElement
from inkwire.protocol.frames import Accepted, Batch, Hello, Notice, Ready, Refused, Reset
from inkwire.protocol.ops import Op, Put
from inkwire.store.embedded import EmbeddedStore, renew_epochs
from tests.harness.fault_proxy import FaultProxy
from tests.harness.pair import Pair
from tests.harness.raw import RawSocket, message
from tests.harness.server import Server, faults
from tests.harness.wire import PATIENCE_SECONDS, Wire, box


def memory_of(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def wait_for_end(store: EmbeddedStore) -> None:
    """Returns when the store's process has ended."""
    while store.is_alive():
        pass


def heavy(id_: str, size: int = 8_000) -> Op:
    """An op of about so many bytes."""
    return Put(TextElement(id=id_, place=(0.0, 0.0, 9.0, 9.0, 0.0), z="a0", text="x" * size))


async def test_commits_whose_message_was_lost_arrive(pair: Pair) -> None:
    """[C4] Subscribers are cut again and again; every commit reaches the other worker, in order."""
    board = pair.here.create_board()
    redis = Redis.from_url(pair.here.redis_url)
    try:
        async with (
            await Wire.enter(pair.here, board) as author,
            await Wire.enter(pair.there, board) as watcher,
        ):
            for k in range(60):
                await author.commit(box(f"e{k}"))
                if k % 5 == 0:
                    await redis.client_kill_filter(_type="pubsub")
            await watcher.reached(60)
            assert [commit.seq for commit in watcher.commits] == list(range(1, 61))
    finally:
        await redis.aclose()


async def test_a_history_that_starts_anew_resets_everybody(own_server: Server) -> None:
    """[C5] Another epoch: a snapshot in the middle of the connection, and then on from there."""
    board = own_server.create_board()
    async with (
        await Wire.enter(own_server, board) as author,
        await Wire.enter(own_server, board) as watcher,
    ):
        seq = await author.commit(box("a"))
        await watcher.reached(seq)
        epoch = watcher.position.epoch
        assert await asyncio.to_thread(renew_epochs, own_server.redis_url) == 1
        for wire in (author, watcher):
            await wire.until(Reset)
            await wire.until(Ready)
            assert wire.position.epoch != epoch
        author.n, author.cid = 0, "another-client-id"
        seq = await author.commit(box("b"))
        await watcher.reached(seq)
        assert watcher.ids == ["a", "b"]


async def test_a_board_that_is_gone_closes_its_sockets(own_server: Server) -> None:
    """[H4] After everything was flushed there is no such board."""
    board = own_server.create_board()
    redis = Redis.from_url(own_server.redis_url)
    async with await Wire.enter(own_server, board) as wire:
        await redis.flushall()
        await redis.aclose()
        assert await wire.closed() == 4504


async def test_a_frozen_store_freezes_nobody(own_store: EmbeddedStore, own_server: Server) -> None:
    """[C7] [C9] Pushes are refused as retryable within seconds, cursors still move, all heals."""
    board = own_server.create_board()
    async with (
        await Wire.enter(own_server, board) as author,
        await Wire.enter(own_server, board) as watcher,
    ):
        await author.commit(box("a"))
        os.kill(own_store.pid, signal.SIGSTOP)
        try:
            asked_at = asyncio.get_running_loop().time()
            await author.push(box("b"))
            await author.push(box("c"))
            await author.show(cursor=(5.0, 5.0))
            while not any(item.state.cursor for item in watcher.live):
                await watcher.until(Batch)
            refused = await author.refused()
            waited = asyncio.get_running_loop().time() - asked_at
            assert (refused.n, refused.code, refused.retryable) == (2, "unavailable", True)
            assert 1.5 < waited < 20
            behind = await author.refused()
            assert (behind.n, behind.code, behind.expected) == (3, "gap", 2)
            assert (await watcher.until(Notice)).code == "unavailable"
        finally:
            os.kill(own_store.pid, signal.SIGCONT)
        assert (await watcher.until(Notice)).code == ""
        for n, id_ in ((2, "b"), (3, "c")):
            answer: object = None
            while not isinstance(answer, Accepted) or answer.n < n:
                if answer is None or isinstance(answer, Refused):
                    await author.push(box(id_), n=n)
                answer = await author.receive()
        await watcher.reached(3)
        assert watcher.ids == ["a", "b", "c"]


async def test_a_store_that_dies_and_comes_back_loses_nothing(
    own_store: EmbeddedStore, own_server: Server
) -> None:
    """[C7] A push held while the store is away is stored when it comes back in time."""
    board = own_server.create_board()
    async with await Wire.enter(own_server, board) as author:
        await author.commit(box("a"))
        os.kill(own_store.pid, signal.SIGKILL)
        await asyncio.to_thread(wait_for_end, own_store)
        await author.push(box("b"))
        await asyncio.to_thread(own_store.spawn)
        await author.accepted(2)
        await author.reached(2)
        assert author.ids == ["a", "b"]


async def test_stalled_readers_are_closed(hasty: Server) -> None:
    """[K1] They take nothing; the others go on, and they are dropped. What they cost: tests/reliability."""
    board = hasty.create_board()
    async with (
        contextlib.AsyncExitStack() as stack,
        await Wire.enter(hasty, board) as author,
        await Wire.enter(hasty, board) as reader,
    ):

        async def draw(count: int) -> None:
            for k in range(count):
                await author.push(heavy(f"a{author.n}"), heavy(f"b{author.n}"))
                if k % 10 == 9:
                    await author.accepted(author.n)
                    await reader.reached(author.n)

        closed = hasty.metric("inkwire_sockets_closed_total", code="4001")
        for k in range(4):
            raw = RawSocket(hasty, board.id, receive_buffer=4096)
            await stack.enter_async_context(raw)  # greets, and then never takes a byte
            hello = Hello(1, board.id, board.token, f"session-{k}" * 2, "p" * 8, "x", "#1971c2")
            await raw.send(message(2, codec.encode(hello)))
        await draw(200)
        while hasty.metric("inkwire_sockets_closed_total", code="4001") < closed + 4:
            await author.until_pong()


async def test_a_silent_peer_is_closed(hasty: Server) -> None:
    """[K2] A half-open connection: everything is there but the peer."""
    board = hasty.create_board()
    async with FaultProxy(hasty.port) as proxy:
        async with await Wire.enter(hasty, board) as stays:
            ghost = await Wire.enter(hasty, board, port=proxy.port)
            await stays.sees(ghost.peer)
            proxy.mode = "blackhole"
            while ghost.peer not in stays.left:
                await stays.until(Batch)
        proxy.mode = "pass"
        assert await ghost.closed() in (4002, 4001, 1006)


async def test_a_quiet_peer_that_answers_stays(hasty: Server) -> None:
    """[K2] Saying nothing is fine as long as pings are answered."""
    board = hasty.create_board()
    async with await Wire.enter(hasty, board) as quiet, await Wire.enter(hasty, board) as other:
        before = hasty.metric("inkwire_position_checks_total")
        while hasty.metric("inkwire_position_checks_total") < before + 8:
            await quiet.reached(await other.commit(box("tick")))
        assert quiet.socket.close_code is None


async def test_a_server_that_stops_says_so(embedded: EmbeddedStore, tmp_path: Path) -> None:
    """[K3] [C9] Pushes on their way are answered, then 1012, then the process ends by itself."""
    server = Server(tmp_path / "stops", embedded.url)
    try:
        board = server.create_board()
        wires = [await Wire.enter(server, board) for _ in range(60)]
        for wire in wires[:10]:
            for k in range(5):
                await wire.push(box(f"b{wire.peer}-{k}"))
        for wire in wires[:10]:
            await wire.accepted(1)
        server.terminate()
        codes = await asyncio.gather(*(wire.closed() for wire in wires))
        assert set(codes) == {1012}
        for wire in wires:
            assert any(isinstance(f, Notice) and f.code == "restarting" for f in wire.frames)
        for wire in wires[:10]:
            assert max(f.n for f in wire.frames if isinstance(f, Accepted)) == 5
        assert await asyncio.to_thread(server.process.wait, PATIENCE_SECONDS) is not None
        assert not faults(server.news())
    finally:
        server.stop()


async def test_a_reader_that_is_slow_ends_with_everything(pair: Pair) -> None:
    """[C4] At 40 kB/s a burst of 400 kB takes its time, and delays nobody."""
    board = pair.here.create_board()
    async with FaultProxy(pair.here.port) as proxy:
        proxy.rate = 100_000
        async with (
            await Wire.enter(pair.here, board) as author,
            await Wire.enter(pair.here, board, port=proxy.port) as slow,
            await Wire.enter(pair.here, board) as quick,
        ):

            async def behind() -> int:
                await slow.reached(60)
                return slow.position.seq

            waiting = asyncio.create_task(behind())
            for k in range(60):
                await author.commit(heavy(f"e{k}"))
            await quick.reached(60)
            assert not waiting.done()
            assert await waiting == 60
            assert slow.ids == quick.ids


async def test_the_greeting_is_not_needed_to_be_dropped(hasty: Server) -> None:
    """[K1] [H2] A socket that neither speaks nor reads does not stay either."""
    async with RawSocket(hasty, hasty.create_board().id, receive_buffer=4096) as raw:
        assert await raw.closed() in (4508, 1006)


@pytest.mark.parametrize("cuts", [3])
async def test_answers_cut_on_their_way_are_given_again(pair: Pair, cuts: int) -> None:
    """[C1] The same push through the other worker: stored once, the same seq."""
    board = pair.here.create_board()
    async with FaultProxy(pair.here.port) as proxy:
        for k in range(cuts):
            wire = await Wire.enter(pair.here, board, port=proxy.port)
            await wire.push(box(f"e{k}"))
            await wire.until(Batch)
            proxy.reset_all()
            async with await Wire.enter(pair.there, board) as again:
                again.cid = wire.cid
                await again.push(box(f"e{k}"), n=1)
                accepted = await again.accepted(1)
                async with await Wire.enter(pair.here, board) as third:
                    await third.reached(accepted.seq)
                    assert third.ids.count(f"e{k}") == 1
            await wire.socket.wait_closed()
