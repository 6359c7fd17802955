"""Six people edit the same elements on two workers while their links are cut, silenced and torn."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import AsyncIterator
from functools import partial
from typing import Final, NamedTuple

import pytest

from inkwire.client import connect
from tests.harness.fault_proxy import FaultProxy
from tests.harness.history import agrees, history, in_order_and_once, replayed
from tests.harness.pair import Pair
from tests.harness.scribe import Scribe
from tests.harness.server import NewBoard
from tests.harness.soak import SOAK, Report, sized

RUNS: Final = sized(1, 20)
AT_ONCE: Final = sized(1, 4)
"""Runs side by side, each on a board of its own."""
SECONDS: Final = sized(8.0, 60.0)
PEOPLE: Final = 6
EDITS_PER_SECOND: Final = 10
SHARED: Final = 40
EQUAL_SECONDS: Final = 5.0
"""How soon after the last fault everybody has to hold the same."""
HANGS_SECONDS: Final = 40.0
SEED: Final = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))


class Lines(NamedTuple):
    """One person's ways to the two workers."""

    proxies: tuple[FaultProxy, FaultProxy]
    links: tuple[str, str]

    @property
    def open(self) -> bool:
        return all(proxy.mode == "pass" for proxy in self.proxies)


async def wait(seconds: float, over: asyncio.Event) -> None:
    """That long, or until it is over."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)


async def break_now_and_then(lines: Lines, chance: random.Random, over: asyncio.Event) -> int:
    """Every 1 to 3 s a reset, a torn message or a silence; everything is whole when it returns."""
    faults = 0
    while True:
        await wait(chance.uniform(1.0, 3.0), over)
        if over.is_set():
            break
        faults += 1
        kind = chance.choice(("reset", "torn", "silence"))
        for proxy in lines.proxies:
            if kind == "reset":
                proxy.reset_all()
            elif kind == "torn":
                proxy.cut_after = chance.randrange(1, 300)
            else:
                proxy.mode = "blackhole"
        if kind == "silence":
            await wait(chance.uniform(0.3, 3.0), over)
            for proxy in lines.proxies:
                proxy.mode = "pass"
    for proxy in lines.proxies:
        proxy.cut_after = None
    return faults


async def edit(scribe: Scribe, chance: random.Random, over: asyncio.Event) -> None:
    """About ten edits a second, online or not."""
    while not over.is_set():
        scribe.push(*scribe.something(SHARED))
        await wait(chance.uniform(0.5, 1.5) / EDITS_PER_SECOND, over)


@contextlib.asynccontextmanager
async def people(
    pair: Pair, board: NewBoard, chance: random.Random
) -> AsyncIterator[list[tuple[Scribe, Lines]]]:
    """Scribes with lines of their own to both workers; each new connection takes either."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for k in range(PEOPLE):
            here = await stack.enter_async_context(FaultProxy(pair.here.port))
            there = await stack.enter_async_context(FaultProxy(pair.there.port))
            path = f"/b/{board.id}#k={board.token}"
            links = (f"http://127.0.0.1:{here.port}{path}", f"http://127.0.0.1:{there.port}{path}")
            dice = random.Random(chance.random())
            scribe = Scribe(f"p{k}", partial(dice.choice, links), dice)
            stack.push_async_callback(scribe.stop)
            await scribe.start()
            found.append((scribe, Lines((here, there), links)))
        yield found


async def run(pair: Pair, seed: int) -> dict[str, float]:
    """One board through all of it; returns figures."""
    chance = random.Random(seed)
    board = pair.here.create_board()
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with people(pair, board, chance) as crowd:
        breaking = [
            asyncio.create_task(break_now_and_then(lines, random.Random(chance.random()), over))
            for _, lines in crowd
        ]
        editing = [
            asyncio.create_task(edit(scribe, random.Random(chance.random()), over))
            for scribe, _ in crowd
        ]
        await wait(SECONDS, over)
        over.set()
        faults = sum(await asyncio.gather(*breaking))
        await asyncio.gather(*editing)
        healed_at = loop.time()
        async with asyncio.timeout(HANGS_SECONDS):
            for scribe, _ in crowd:
                await scribe.acknowledged()
            commits = await history(pair.here, board.id)
            digests = {await scribe.holds(len(commits)) for scribe, _ in crowd}
        equal_after = loop.time() - healed_at
        for server in pair:
            async with await connect(server.link(board)) as fresh:
                digests |= {
                    (await fresh.digest())["sha256"],
                    (await fresh.server_digest())["sha256"],
                }
        digests.add(replayed(commits).digest())
        assert len(digests) == 1, f"seed {seed}: clients, workers and log disagree"
        in_order_and_once(commits)
        for scribe, _ in crowd:
            agrees(commits, scribe.cid, scribe.ledger)
        ledgers = [scribe.ledger for scribe, _ in crowd]
        assert len(commits) == sum(len(ledger.sent) for ledger in ledgers)
        if SOAK:
            assert equal_after <= EQUAL_SECONDS
        return {
            "commits": len(commits),
            "faults": faults,
            "connections": sum(ledger.connections for ledger in ledgers),
            "equal_after_s": equal_after,
        }


@pytest.mark.slow
async def test_s2_everybody_ends_with_the_same_board(pair: Pair, report: Report) -> None:
    """[C1] [C2] [C4] [H7] Each edit is in the log once, in its author's order; all digests are equal."""
    print(f"seed {SEED}")
    figures: list[dict[str, float]] = []
    for first in range(0, RUNS, AT_ONCE):
        seeds = range(SEED + first, SEED + min(first + AT_ONCE, RUNS))
        figures += await asyncio.gather(*(run(pair, seed) for seed in seeds))
    report(
        "S2",
        runs=RUNS,
        seconds=SECONDS,
        commits=sum(each["commits"] for each in figures),
        faults=sum(each["faults"] for each in figures),
        connections=sum(each["connections"] for each in figures),
        lost=0,
        twice=0,
        equal_after_s_longest=round(max(each["equal_after_s"] for each in figures), 2),
    )
