"""A store that is frozen, far away, or whose messages do not arrive."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from inkwire.client import Board, connect
from inkwire.protocol.frames import Commit, Ready
from inkwire.store.embedded import EmbeddedStore
from tests.faults.crowd import Crowd, drawing, passing, percentile
from tests.faults.listening import listening
from tests.harness.asking import Answer, asked
from tests.harness.link import Link
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import SOAK, Report, sized
from tests.live.test_faults import memory_of

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
MIB = 2**20
ELEMENT = {"type": "rectangle", "id": "r1", "z": "a0", "place": [0, 0, 9, 9, 0]}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers on a store; none of them may log a fault."""
    servers: list[Server] = []

    def start(url: str, workers: int = 1) -> Server:
        servers.append(Server(tmp_path / f"server{len(servers)}", url, workers=workers))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
    for server in servers:
        assert not faults(server.news())


def requests(server: Server, board: NewBoard) -> list[tuple[str, str, bytes | None]]:
    """One of each kind: address, token, body."""
    api = f"{server.base}/api/boards/{board.id}"
    return [
        (f"{server.base}/healthz", "", None),
        (f"{server.base}/readyz", "", None),
        (api, board.token, None),
        (f"{api}/digest", board.token, None),
        (f"{api}/export.json", board.token, None),
        (f"{api}/export.svg", board.token, None),
        (f"{api}/import", board.token, b"{}"),
        (f"{server.base}/api/boards", "", b"{}"),
        (f"{server.base}/metrics", "", None),
    ]


@pytest.mark.slow
async def test_r3_a_frozen_store_freezes_nobody(
    own_store: EmbeddedStore, serving: Callable[..., Server], report: Report
) -> None:
    """[C7] Every request is answered in time, nothing is acknowledged, live goes on, all heals."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    server = await asyncio.to_thread(serving, own_store.url, 2)
    board = server.create_board()
    loop = asyncio.get_running_loop()
    async with (
        drawing([server.link(board)] * 8, dice, 0.1) as crowd,
        listening(crowd.authors) as listener,
    ):
        for seconds in (1.0, 5.0, 30.0) if SOAK else (2.5,):
            before = sum(memory_of(pid) for pid in server.worker_pids())
            os.kill(own_store.pid, signal.SIGSTOP)
            frozen_at = loop.time()
            answers: list[tuple[str, Answer]] = []
            unready_after = 0.0
            lag = 0.0
            try:
                while loop.time() - frozen_at < seconds:
                    for url, token, body in requests(server, board):
                        answer = await asked(url, token, body=body)
                        answers.append((url.removeprefix(server.base), answer))
                        if url.endswith("/readyz") and answer.status == 503 and not unready_after:
                            unready_after = loop.time() - frozen_at
                    lag = max(lag, server.metric("inkwire_loop_lag_seconds"))
                grown = sum(memory_of(pid) for pid in server.worker_pids()) - before
            finally:
                thawed_at = loop.time()
                os.kill(own_store.pid, signal.SIGCONT)
            everyone = await crowd.everyone_gets(2)
            while (await asked(f"{server.base}/readyz")).status != 200:
                pass
            ready = loop.time() - thawed_at
            heard = listener.between(frozen_at + 0.5, thawed_at)
            false_acks = crowd.acknowledged_between(frozen_at + 0.3, thawed_at)
            waited = max(answer.seconds for _, answer in answers)
            report(
                "R3",
                frozen_s=seconds,
                requests=len(answers),
                request_longest_s=round(waited, 2),
                unready_after_s=round(unready_after, 2),
                acknowledged_meanwhile=false_acks,
                push_held_longest_s=round(crowd.longest_held(), 2),
                loop_lag_longest_ms=round(lag * 1000),
                memory_grown_mib=round(grown / MIB, 1),
                cursors_heard=len(heard),
                cursor_p95_ms=round(percentile(heard, 0.95) * 1000),
                first_ack_s=round(crowd.first_acknowledged_after(thawed_at), 2),
                everyone_again_s=round(everyone, 2),
                ready_again_s=round(ready, 2),
            )
            by_path = {path: answer.status for path, answer in answers}
            assert by_path.pop("/healthz") == by_path.pop("/metrics") == 200
            assert set(by_path.values()) == {503}, by_path
            assert unready_after
            assert false_acks == 0
            assert len(heard) > 5, "live traffic within a worker stopped"
            assert grown < 20 * MIB
            assert waited < 20.0
            if SOAK:
                assert waited <= 1.5
                assert unready_after <= 2.0
                assert crowd.first_acknowledged_after(thawed_at) <= 2.0
        verdict = await crowd.judged(server.link(board), own_store.url)
        assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
        assert not crowd.absences(), "a socket was closed"
        assert set(crowd.refusals) <= {"unavailable", "gap"}


@pytest.mark.slow
async def test_r4_a_store_far_away_is_used_like_a_pipeline(
    own_store: EmbeddedStore, serving: Callable[..., Server], report: Report
) -> None:
    """[C2] 200 ± 100 ms each way: pushes do not wait for each other's answers, nor cursors for them."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    loop = asyncio.get_running_loop()
    async with Link(own_store.folder.socket, dice) as link:
        server = await asyncio.to_thread(serving, f"redis://127.0.0.1:{link.port}/0")
        board = await asyncio.to_thread(server.create_board)
        async with (
            drawing([server.link(board)] * 4, dice, 0.1) as crowd,
            listening(crowd.authors) as listener,
        ):
            link.delay_s, link.jitter_s = 0.2, 0.1
            await crowd.everyone_gets(8)
            round_trips = await asyncio.to_thread(round_trip_times, link.port, 5)
            started = loop.time()
            for each in crowd.authors:
                each.ledger.waited.clear()
            await passing(sized(4.0, 30.0))
            # A reconnect must come about over the long way, too.
            link.reset()
            broken_at = loop.time()
            back = await crowd.everyone_gets(2)
            link.delay_s = link.jitter_s = 0.0
            heard = listener.between(started, broken_at)
            waited = [one for each in crowd.authors for one in each.ledger.waited]
            trip = sum(round_trips) / len(round_trips)
            verdict = await crowd.judged(server.link(board), own_store.url)
            report(
                "R4",
                round_trip_ms=round(trip * 1000),
                pushes=len(waited),
                ack_p50_ms=round(percentile(waited, 0.5) * 1000),
                ack_p95_ms=round(percentile(waited, 0.95) * 1000),
                ack_p95_round_trips=round(percentile(waited, 0.95) / trip, 2),
                cursors_heard=len(heard),
                cursor_p95_ms=round(percentile(heard, 0.95) * 1000),
                everyone_after_a_cut_s=round(back, 2),
                refusals=sum(crowd.refusals.values()),
            )
            assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
            assert percentile(heard, 0.5) < trip / 2, "cursors wait for the store"
            assert percentile(waited, 0.5) < 2.5 * trip, "pushes wait for each other"
            if SOAK:
                assert percentile(waited, 0.95) <= 2.5 * trip


def round_trip_times(port: int, count: int) -> list[float]:
    """What one command takes over the link, in seconds."""
    times = []
    with redis.Redis(port=port, socket_timeout=5) as client:
        client.ping()
        for _ in range(count):
            started = time.perf_counter()
            client.ping()
            times.append(time.perf_counter() - started)
    return times


class Watcher:
    """Notes when each commit arrived."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.at: dict[int, float] = {}
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        expected = self.board.position[1] + 1
        async for item in self.board.commits():
            assert not isinstance(item, Ready), "the board was loaded again"
            first, last = (
                (item.seq, item.seq) if isinstance(item, Commit) else (item.first, item.last)
            )
            assert first == expected, "a gap"
            expected = last + 1
            for seq in range(first, last + 1):
                self.at[seq] = loop.time()

    def delays(self, crowd: Crowd, after: int = 0) -> list[float]:
        """From the acknowledgement at its author to the arrival here, in seconds, after a seq."""
        return [
            self.at[seq] - at
            for each in crowd.authors
            for seq, at in zip(
                each.ledger.acknowledged.values(), each.ledger.acknowledged_at, strict=True
            )
            if seq > after and seq in self.at
        ]

    async def end(self) -> None:
        """Raises what it saw."""
        await self.board.close()
        await self._task


@pytest.mark.slow
async def test_r5_lost_messages_are_found_by_their_numbers(
    own_store: EmbeddedStore, serving: Callable[..., Server], report: Report
) -> None:
    """[C4] The subscriber is cut off twice a second, then deaf for ten: every commit arrives, in order."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    async with Link(own_store.folder.socket, dice) as link:
        here = await asyncio.to_thread(serving, own_store.url)
        there = await asyncio.to_thread(serving, f"redis://127.0.0.1:{link.port}/0")
        board = here.create_board()
        watchers = [Watcher(await connect(there.link(board), open_timeout=60)) for _ in range(3)]
        async with drawing([here.link(board)] * 4, dice, 0.1) as crowd:
            with redis.Redis.from_url(own_store.url) as raw:
                for _ in range(sized(8, 120)):
                    raw.client_kill_filter(_type="pubsub")
                    await passing(0.5)
            for watcher in watchers:
                await asyncio.wait_for(watcher.board.reached(max_seq(crowd)), 30)
            cut = watchers[0].delays(crowd)
            before = max_seq(crowd)
            link.deaf = True
            await passing(sized(5.0, 10.0))
            # Somebody at the deaf worker draws too: the next number shows the gap at once.
            newest = max_seq(crowd)
            author = await connect(there.link(board), open_timeout=60)
            asked_at = asyncio.get_running_loop().time()
            await author.push([["put", ELEMENT]])
            await asyncio.wait_for(watchers[0].board.reached(newest), 30)
            next_event = asyncio.get_running_loop().time() - asked_at
            link.deaf = False
            verdict = await crowd.judged(here.link(board), own_store.url)
            for watcher in watchers:
                await asyncio.wait_for(watcher.board.reached(verdict.commits), 30)
        deaf = watchers[0].delays(crowd, after=before)
        snapshots = max(each.board.snapshots for each in watchers)
        report(
            "R5",
            commits=verdict.commits,
            cuts_delay_p95_ms=round(percentile(cut, 0.95) * 1000),
            cuts_delay_longest_ms=round(max(cut) * 1000),
            deaf_delay_p95_s=round(percentile(deaf, 0.95), 2),
            deaf_delay_longest_s=round(max(deaf), 2),
            after_the_next_event_s=round(next_event, 2),
            snapshots=snapshots,
            gaps=there.metric("inkwire_gaps_total"),
        )
        assert cut
        assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
        assert snapshots == 1, "a page had to load the board again"
        assert len({(await each.board.digest())["sha256"] for each in watchers}) == 1
        assert all(each.board.close_code is None for each in watchers)
        if SOAK:
            assert next_event <= 1.0
            assert max(deaf) <= 5.0
            assert max(cut) <= 1.0
        await author.close()
        for each in watchers:
            with contextlib.suppress(asyncio.CancelledError):
                await each.end()


def max_seq(crowd: Crowd) -> int:
    """The newest commit that anybody was told of."""
    return max(seq for each in crowd.authors for seq in each.ledger.acknowledged.values())
