"""Clocks that are wrong, and clocks that jump: nothing that people see may depend on them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from inkwire.protocol.frames import Ping, Pong
from inkwire.protocol.ops import Delete, Op, Props, Put, SetProps
from inkwire.store.embedded import EmbeddedStore
from tests.harness.history import history
from tests.harness.pair import Pair
from tests.harness.server import Server, faults
from tests.harness.skewed import step
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire, rectangle

CASES: Final = sized(2, 20)
EDITS: Final = sized(140, 300)
TWINS: Final = sized(12, 60)
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
LOG_LENGTH: Final = 100
SEED: Final = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))


class Skewed(NamedTuple):
    """Two workers on one store, each with a wall clock that can be stepped."""

    pair: Pair
    folders: tuple[Path, Path]

    def step(self, chance: random.Random) -> None:
        """Steps one of the clocks: an hour forward, an hour back, or right."""
        step(chance.choice(self.folders), chance.choice((-HOUR_MS, 0, HOUR_MS)))

    def right(self) -> None:
        """Sets both clocks right."""
        for folder in self.folders:
            step(folder, 0)


@pytest.fixture
def skewed(embedded: EmbeddedStore, tmp_path: Path) -> Iterator[Skewed]:
    """A short log too: its length is promised, whatever the age of its entries seems to be."""
    app, length = "tests.harness.skewed:create_app", str(LOG_LENGTH)
    names = ("here", "there")
    servers = [
        Server(tmp_path / name, embedded.url, TEST_APP=app, INKWIRE_LOG_LENGTH=length)
        for name in names
    ]
    folders = [tmp_path / name / "data" for name in names]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    yield Skewed(Pair(*servers), (folders[0], folders[1]))
    for server in servers:
        server.stop()
        assert not faults(server.news())


def edits(chance: random.Random) -> list[tuple[int, Op]]:
    """Who of two does what: they overwrite and delete what the other did."""
    found: list[tuple[int, Op]] = []
    for _ in range(EDITS):
        id_ = f"e{chance.randrange(6)}"
        x = float(chance.randrange(1_000))
        op: Op = chance.choice(
            (
                Put(rectangle(id_, x)),
                SetProps(id_, Props(place=(x, 0.0, 40.0, 30.0, 0.0))),
                SetProps(id_, Props(color=chance.choice(("#e03131", "#2f9e44")))),
                Delete(id_),
            )
        )
        found.append((chance.randrange(2), op))
    return found


async def play(skewed: Skewed, script: list[tuple[int, Op]], steps: random.Random | None) -> str:
    """Plays the edits on a new board, one after the other; with ``steps``, clocks jump between them.

    Everybody's digest, which has to be the same.
    """
    skewed.right()
    made = skewed.pair.here.create_board()
    async with (
        await Wire.enter(skewed.pair.here, made) as here,
        await Wire.enter(skewed.pair.there, made) as there,
    ):
        seq = 0
        for who, op in script:
            wire = (here, there)[who]
            if steps is not None:
                skewed.step(steps)
                await wire.send(Ping(2 * DAY_MS + steps.choice((-DAY_MS, DAY_MS))))
                await wire.until(Pong)
            seq += 1
            assert await wire.commit(op) == seq
        for wire in (here, there):
            await wire.reached(seq)
            assert [commit.ops for commit in wire.commits] == [(op,) for _, op in script]
        kept = await history(skewed.pair.here, made.id, after=seq - LOG_LENGTH)
        assert len(kept) == LOG_LENGTH
        documents = [wire.replica.document for wire in (here, there)]
    (digest,) = {document.digest() for document in documents if document is not None}
    return digest


async def test_s14_order_and_winner_do_not_depend_on_clocks(skewed: Skewed, report: Report) -> None:
    """[C4] [D4] The same edits, with right clocks and with clocks that jump by an hour: the same board."""
    print(f"seed {SEED}")
    for case in range(CASES):
        script = edits(random.Random(SEED + case))
        right = await play(skewed, script, None)
        wrong = await play(skewed, script, random.Random(-SEED - case))
        assert right == wrong, f"seed {SEED + case}"
    report("S14", cases=CASES, edits=CASES * EDITS, differences=0)


async def test_s14_the_newer_socket_stays_although_its_clock_is_behind(
    skewed: Skewed, report: Report
) -> None:
    """[H8] Of two sockets of a page, the one that came later, not the one with the later time."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    made = skewed.pair.here.create_board()
    for k in range(TWINS):
        session = f"page-with-clocks-{k}"
        first, second = chance.sample(skewed.pair, 2)
        for folder in skewed.folders:
            step(folder, chance.choice((-HOUR_MS, HOUR_MS)))
        async with await Wire.enter(first, made, session=session) as older:
            if chance.random() < 0.5:
                skewed.step(chance)
            async with await Wire.enter(second, made, session=session) as newer:
                assert await older.closed() == 4009
                await newer.commit(Put(rectangle(f"twin-{k}")))
    report("S14", twins=TWINS, wrong_one_closed=0)
