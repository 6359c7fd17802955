"""Peers that read nothing, read slowly, or are not there any more: what they cost, and what they get."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from inkwire.client import connect
from inkwire.protocol import codec
from inkwire.protocol.frames import Batch, Hello
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.store.embedded import EmbeddedStore
from tests.faults.crowd import passing, percentile
from tests.harness.audience import Author, Listener, audience
from tests.harness.fault_proxy import FaultProxy
from tests.harness.gauges import ring_commits
from tests.harness.raw import RawSocket, message
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import SOAK, Report, sized
from tests.harness.wire import Wire
from tests.live.test_faults import memory_of

MIB = 2**20
GUARD_SECONDS = 90.0
BYTES_PER_SECOND = sized(300_000, 1_000_000)
SLOW_LINK = 20_000
"""Bytes a second of a link that is slow, but alive."""
OPS = 10
"""Of each of fifty pushes a second: more than such a link carries one by one."""


@pytest.fixture
def patient(embedded: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A server of its own with the real durations at full size, short ones at the quick size."""
    app: dict[str, str] = {} if SOAK else {"TEST_APP": "tests.harness.hasty:create_app"}
    server = Server(tmp_path / "server", embedded.url, workers=1, **app)
    yield server
    server.stop()
    assert not faults(server.news())


@contextlib.asynccontextmanager
async def stalled(server: Server, made: NewBoard, count: int) -> AsyncIterator[list[RawSocket]]:
    """So many pages that greet and then never take a byte."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for k in range(count):
            raw = RawSocket(server, made.id, receive_buffer=4096)
            await stack.enter_async_context(raw)
            person = f"stalled-{k:04d}"
            hello = Hello(
                PROTOCOL_VERSION, made.id, made.token, f"{person}-page", person, "x", "#1971c2"
            )
            await raw.send(message(2, codec.encode(hello)))
            found.append(raw)
        yield found


async def until_closed(server: Server, code: str, count: float) -> float:
    """Waits until the server has closed so many sockets with a code; the event loop's time then."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(GUARD_SECONDS):
        while await asyncio.to_thread(closed, server, code) < count:
            await passing(0.05)
    return loop.time()


def closed(server: Server, code: str) -> float:
    return server.metric("inkwire_sockets_closed_total", code=code)


def p99_ms(listeners: list[Listener]) -> float:
    """Of everything that came since the last time, in milliseconds."""
    ages = [age for listener in listeners for age in listener.ages]
    for listener in listeners:
        listener.ages.clear()
    return percentile(ages, 0.99) * 1000


async def agree(listeners: list[Listener]) -> None:
    """They catch up, and hold what the server holds."""
    for listener in listeners:
        await listener.caught_up()
    expected = await listeners[0].board.server_digest()
    for listener in listeners:
        assert await listener.board.digest() == expected


async def test_w5_a_stalled_reader_delays_nobody_and_comes_back_whole(
    patient: Server, report: Report
) -> None:
    """[K1] One of twenty stops to read while a megabyte a second is said."""
    seconds = sized(2.0, 20.0)
    made = patient.create_board()
    async with Author.at(patient, made) as author:
        loop = asyncio.get_running_loop()
        async with audience(patient, made, author, sized(4, 19)) as listeners:
            before = await connect(patient.link(made))
            position, document = before.position, before.document
            await before.close()
            await author.write(seconds, bytes_per_second=BYTES_PER_SECOND)
            baseline = p99_ms(listeners)
            async with stalled(patient, made, 1):
                stopped_at = loop.time()
                ending = asyncio.create_task(until_closed(patient, "4001", 1))
                await author.write(seconds, bytes_per_second=BYTES_PER_SECOND)
                beside = p99_ms(listeners)
                while not ending.done():
                    await author.write(0.5, bytes_per_second=BYTES_PER_SECOND / 4)
                closed_after = await ending - stopped_at
            await author.write(seconds, bytes_per_second=BYTES_PER_SECOND)
            after = p99_ms(listeners)
            back = await connect(patient.link(made), resume=position, document=document)
            returned = Listener(back, author)
            await agree([*listeners, returned])
            await returned.leave()
        report(
            "W5",
            listeners=len(listeners),
            p99_before_ms=round(baseline, 1),
            p99_beside_ms=round(beside, 1),
            p99_after_ms=round(after, 1),
            closed_after_s=round(closed_after, 1),
        )
        if SOAK:
            assert closed_after <= 30
            assert beside <= max(baseline, after) + 20


async def test_w5_a_stalled_reader_costs_less_than_two_mebibytes(
    own_server: Server, report: Report
) -> None:
    """[K1] Eight who take nothing beside eight who read, in the same process under the same load."""
    count, seconds = 8, sized(3.0, 12.0)
    made = own_server.create_board()
    (worker,) = own_server.worker_pids()
    async with Author.at(own_server, made) as author:
        for _ in range(
            2
        ):  # what is needed once is there: the ring is full, the allocator has grown
            async with audience(own_server, made, author, count):
                await author.write(seconds, bytes_per_second=1_000_000)
        async with audience(own_server, made, author, count) as listeners:
            await author.write(seconds, bytes_per_second=1_000_000)
            reading = memory_of(worker)
            for listener in listeners:
                await listener.caught_up()
        async with stalled(own_server, made, count):
            await author.write(seconds, bytes_per_second=1_000_000)
            waiting = memory_of(worker)
        each = (waiting - reading) / count / MIB
        report("W5", stalled=count, each_mib=round(each, 3), worker_mib=round(waiting / MIB, 1))
        assert each <= 2


async def test_w6_slow_but_alive_is_never_far_behind(own_server: Server, report: Report) -> None:
    """[K1] [C4] Ten links of 20 kB/s in a room that says more than they carry."""
    seconds, count = sized(4.0, 40.0), sized(3, 10)
    made = own_server.create_board()
    async with Author.at(own_server, made) as author:
        async with FaultProxy(own_server.port) as proxy:
            proxy.rate = SLOW_LINK
            async with audience(own_server, made, author, count, proxy.port) as slow:
                await author.drag(seconds / 2, per_second=50, ops=OPS)
                early = max(age for each in slow for age in each.ages)
                for each in slow:
                    each.ages.clear()
                passed, frames = proxy.passed, sum(each.items for each in slow)
                await author.drag(seconds, per_second=50, ops=OPS)
                passed, frames = proxy.passed - passed, sum(each.items for each in slow) - frames
                ages = [age for each in slow for age in each.ages]
                await agree(slow)
        report(
            "W6",
            links=count,
            ops_per_second=50 * OPS,
            behind_p50_ms=round(percentile(ages, 0.5) * 1000),
            behind_p99_ms=round(percentile(ages, 0.99) * 1000),
            behind_most_ms=round(max(ages) * 1000),
            behind_at_first_ms=round(early * 1000),
            share_of_link=round(passed / seconds / count / SLOW_LINK, 2),
            commits_or_merged_per_second=round(frames / seconds / count, 1),
        )
        assert passed <= 1.2 * SLOW_LINK * count * (seconds + 2)
        if SOAK:
            assert max(ages) <= 2.0


async def test_w6_a_link_that_recovers_is_used_again(own_server: Server, report: Report) -> None:
    """[K1] The room's whole traffic again, within seconds."""
    made = own_server.create_board()
    async with Author.at(own_server, made) as author, FaultProxy(own_server.port) as proxy:
        proxy.rate = SLOW_LINK
        async with audience(own_server, made, author, 1, proxy.port) as (listener,):
            await author.drag(sized(3.0, 10.0), per_second=50, ops=4)
            proxy.rate = 0
            await author.drag(sized(1.0, 3.0), per_second=50, ops=4)
            listener.ages.clear()
            await author.drag(sized(1.0, 10.0), per_second=50, ops=4)
            await agree([listener])
            report("W6", recovered_p99_ms=round(p99_ms([listener]), 1))


async def test_w5_w6_a_room_with_slow_and_stalled_people(
    own_server: Server, report: Report
) -> None:
    """[K1] Twenty people, two read nothing, three have 20 kB/s: the others notice nothing."""
    seconds = sized(3.0, 20.0)
    people, still, slow = sized(8, 20), 2, 3
    made = own_server.create_board()
    async with Author.at(own_server, made) as author:
        (worker,) = own_server.worker_pids()

        async def talk() -> None:
            await author.drag(seconds, per_second=50, ops=4)

        async with contextlib.AsyncExitStack() as stack:
            others = people - still - slow - 1
            listeners = await stack.enter_async_context(audience(own_server, made, author, others))
            replaced = await stack.enter_async_context(
                audience(own_server, made, author, still + slow)
            )
            await talk()
            p99_ms(listeners)
            await talk()
            baseline, resident = p99_ms(listeners), memory_of(worker)
            for each in replaced:
                each.board.abort()
            proxy = await stack.enter_async_context(FaultProxy(own_server.port))
            proxy.rate = SLOW_LINK
            crawling = await stack.enter_async_context(
                audience(own_server, made, author, slow, proxy.port)
            )
            await stack.enter_async_context(stalled(own_server, made, still))
            await talk()
            beside, grown = p99_ms(listeners), (memory_of(worker) - resident) / MIB
            await agree([*listeners, *crawling])
        report(
            "W5+W6",
            people=people,
            p99_without_ms=round(baseline, 1),
            p99_beside_ms=round(beside, 1),
            ratio=round(beside / baseline, 2),
            grown_mib=round(grown, 2),
        )
        assert grown <= still * 2 + 2
        if SOAK:
            assert beside <= 1.2 * baseline + 20


def descriptors(pid: int) -> int:
    """Open files and sockets of a process."""
    return len(os.listdir(f"/proc/{pid}/fd"))


async def test_w7_half_open_sockets_leave_nothing_behind(hasty: Server, report: Report) -> None:
    """[K2] Two hundred vanish without a word, half of them in the middle of a room that talks."""
    rounds, at_once = sized(2, 10), 20
    made = hasty.create_board()
    (worker,) = hasty.worker_pids()
    loop = asyncio.get_running_loop()
    await ring_commits(hasty, at_most=0)
    async with Author.at(hasty, made) as author:
        longest = 0.0
        others = hasty.metric("inkwire_peers")
        await author.drag(0.2, per_second=20, ops=2)
        await ring_commits(hasty, at_least=1)
        before, tasks = descriptors(worker), hasty.metric("inkwire_tasks")
        for _ in range(rounds):
            quiet = hasty.create_board()
            async with FaultProxy(hasty.port) as proxy:
                wires = await asyncio.gather(
                    *(
                        Wire.enter(hasty, made if k % 2 else quiet, port=proxy.port)
                        for k in range(at_once)
                    )
                )
                await author.drag(0.2, per_second=20, ops=2)
                proxy.mode = "blackhole"
                gone_at = loop.time()
                async with asyncio.timeout(GUARD_SECONDS):
                    while await asyncio.to_thread(hasty.metric, "inkwire_peers") > others:
                        await author.drag(0.1, per_second=20, ops=2)
                longest = max(longest, loop.time() - gone_at)
                for wire in wires:
                    wire.socket.transport.abort()
        async with asyncio.timeout(GUARD_SECONDS):
            while descriptors(worker) > before + 2 or hasty.metric("inkwire_tasks") > tasks + 2:
                await passing(0.1)
        report(
            "W7",
            half_open=rounds * at_once,
            longest_until_gone_s=round(longest, 1),
            descriptors_left=descriptors(worker) - before,
            tasks_left=hasty.metric("inkwire_tasks") - tasks,
        )


@pytest.mark.skipif(not SOAK, reason="the real patience is half a minute: make soak")
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
async def test_w7_half_open_is_noticed_within_thirty_seconds(
    own_server: Server, report: Report, busy: bool
) -> None:
    """[K2] With the durations that are shipped; the page's side is tested with the page."""
    made = own_server.create_board()
    async with Author.at(own_server, made) as author:
        loop = asyncio.get_running_loop()
        async with (
            FaultProxy(own_server.port) as proxy,
            await Wire.enter(own_server, made) as stays,
        ):
            ghost = await Wire.enter(own_server, made, port=proxy.port)
            await stays.sees(ghost.peer)
            proxy.mode = "blackhole"
            gone_at = loop.time()
            talking = asyncio.create_task(author.drag(40 if busy else 0, per_second=20, ops=4))
            while ghost.peer not in stays.left:
                with contextlib.suppress(TimeoutError):  # nothing else happens in an idle room
                    await stays.until(Batch)
            noticed = loop.time() - gone_at
            ghost.socket.transport.abort()
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)
        report("W7", busy=str(busy), noticed_after_s=round(noticed, 1))
        assert noticed <= 30
