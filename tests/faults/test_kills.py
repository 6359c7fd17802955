"""Workers and the store are killed while people draw: what was acknowledged is there, and once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inkwire.client import connect
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Put
from tests.faults.author import Author
from tests.harness.server import NewBoard, Server

AUTHORS = 4
KILLS = 20
BACK_SECONDS = 15.0
"""A guard against a hang; how long it really takes stands in docs/testing.md."""
SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """A launcher as people start it: two workers and its own store."""
    server = Server(tmp_path / "house", "", workers=2)
    yield server
    server.stop()


def store_pid(house: Server) -> int:
    """The store's process now, 0 while there is none."""
    children = Path(f"/proc/{house.process.pid}/task/{house.process.pid}/children").read_text()
    for pid in children.split():
        if b"valkey" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]:
            return int(pid)
    return 0


def drawn(authors: list[Author], count: int) -> Callable[[], bool]:
    """Whether so many pushes are acknowledged."""
    return lambda: sum(author.acknowledged for author in authors) >= count


def returned(authors: list[Author]) -> Callable[[], bool]:
    """Whether everybody had two more pushes acknowledged than when asked for."""
    wanted = [author.acknowledged + 2 for author in authors]
    return lambda: all(
        author.acknowledged >= each for author, each in zip(authors, wanted, strict=True)
    )


async def draw_through(
    house: Server, board: NewBoard, victim: Callable[[random.Random], int]
) -> list[Author]:
    """Four people draw; twenty times, in the middle of it, the victim is killed and everybody returns."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    authors = [
        Author(house.link(board), f"author{i}", random.Random(chance.random()))
        for i in range(AUTHORS)
    ]
    moved = asyncio.Event()
    tasks = [asyncio.create_task(author.draw(moved.set)) for author in authors]

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(BACK_SECONDS):
            while not condition():
                moved.clear()
                for task in tasks:
                    if task.done():
                        task.result()
                await moved.wait()

    for _ in range(KILLS):
        some = sum(author.acknowledged for author in authors) + chance.randint(5, 60)
        await until(drawn(authors, some))
        await until(lambda: victim(chance) != 0)
        os.kill(victim(chance), signal.SIGKILL)
        # One push may have been under way; the second one was surely sent afterwards.
        await until(returned(authors))
    for author in authors:
        author.stop()
    await asyncio.gather(*tasks)
    return authors


async def check(house: Server, board: NewBoard, authors: list[Author]) -> None:
    """Nothing acknowledged is missing, nothing is twice, everybody has the same."""
    fresh = await connect(house.link(board))
    assert fresh.document is not None
    missing = {
        id_: author.ledger.acknowledged[n]
        for author in authors
        for n, id_ in author.ledger.sent.items()
        if fresh.document.get(id_) is None
    }
    assert not missing, f"acknowledged and missing at {fresh.position}: {missing}"
    epoch, seq = fresh.position
    history = await connect(house.link(board), resume=(epoch, 0))
    await history.reached(seq)
    assert history.snapshots == 0, "the log does not reach back to the first commit"
    written: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    expected = 1
    async for commit in history.commits():
        assert isinstance(commit, Commit)
        assert commit.seq == expected
        expected += 1
        assert commit.n == numbers.get(commit.cid, 0) + 1, "out of its author's order"
        numbers[commit.cid] = commit.n
        written.update(op.element.id for op in commit.ops if isinstance(op, Put))
        if commit.seq == seq:
            break
    sent = {id_ for author in authors for id_ in author.ledger.sent.values()}
    assert set(written) == sent
    assert max(written.values()) == 1, "applied twice"
    digests = {(await fresh.digest())["sha256"], (await fresh.server_digest())["sha256"]}
    digests |= {await author.digest(seq) for author in authors}
    assert len(digests) == 1
    for each in (fresh, history, *(author.board for author in authors)):
        if each is not None:
            await each.close()
    longest = max(author.ledger.longest_absence for author in authors)
    print(f"{len(sent)} commits, longest absence {longest:.2f} s")


@pytest.mark.slow
async def test_twenty_killed_workers_lose_and_double_nothing(house: Server) -> None:
    """[C2] [C3] Any worker may die at any moment."""
    board = house.create_board()

    def a_worker(chance: random.Random) -> int:
        pids = house.worker_pids()
        return chance.choice(pids) if len(pids) == 2 else 0

    authors = await draw_through(house, board, a_worker)
    await check(house, board, authors)


@pytest.mark.slow
async def test_twenty_killed_stores_lose_and_double_nothing(house: Server) -> None:
    """[C2] [C3] The store may die at any moment: acknowledged means in its append-only file."""
    board = house.create_board()
    authors = await draw_through(house, board, lambda _chance: store_pid(house))
    await check(house, board, authors)
