"""One order for everybody: in every client, in the store, in both exports."""

from __future__ import annotations

import asyncio
import os
import random
import re
import urllib.request

from inkwire.client import Board, connect
from inkwire.protocol.elements import TextElement
from inkwire.protocol.ops import Op, Props, Put, SetProps
from inkwire.rooms.order import keys_between
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
BATCH = sized(400, 4_000)
INSERTS = sized(60, 500)
OPS = 400


async def test_s9_the_order_is_the_same_in_clients_store_and_exports(
    pair: Pair, report: Report
) -> None:
    """[D8] Three people insert into one gap at once, with equal keys among them; one brings a batch from offline."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    board = pair.here.create_board()
    people = [await connect(server.link(board)) for server in (pair.here, pair.there, pair.here)]
    begun = await people[0].push([put("low", "a0"), put("high", "a1"), put("same", "a1")])
    await asyncio.gather(*(person.reached(begun) for person in people))
    batch = [
        put(f"batch-{k}", key) for k, key in enumerate(keys_between("a0", "a1", BATCH, chance))
    ]
    await asyncio.gather(
        inserts(people[0], "ana", random.Random(SEED + 1)),
        inserts(people[1], "ben", random.Random(SEED + 2)),
        *(
            people[2].push(batch[at : at + OPS], gesture="offline")
            for at in range(0, len(batch), OPS)
        ),
    )
    last = max(person.position[1] for person in people)
    await asyncio.gather(*(person.reached(last) for person in people))
    orders = [order_of(person) for person in people]
    orders += [json_order(pair.here, board), svg_order(pair.there, board)]
    for person in people:
        await person.close()
    assert len(orders[0]) == 3 + BATCH + 2 * INSERTS
    assert all(order == orders[0] for order in orders)
    mine = [id_ for id_ in orders[0] if id_.startswith("batch-")]
    assert mine == [f"batch-{k}" for k in range(BATCH)]
    report("S9", elements=len(orders[0]), batch=BATCH, places=len(orders))


def put(id_: str, z: str) -> Op:
    """A text that says its own id, so that a picture tells the order."""
    return Put(TextElement(id=id_, place=(0.0, 0.0, 90.0, 20.0, 0.0), z=z, text=id_))


async def inserts(person: Board, name: str, chance: random.Random) -> None:
    """New elements into the lowest gap, some under a key that exists, some moved afterwards."""
    for k in range(INSERTS):
        document = person.document
        assert document is not None
        keys = sorted({element.z for element in document.in_paint_order()})
        above = chance.choice([*keys[1:3], keys[-1]])
        new = chance.choice([above, *keys_between(keys[0], above, 1, chance)])
        await person.push([put(f"{name}-{k}", new)])
        if chance.random() < 0.3:
            moved = SetProps(f"{name}-{k}", Props(z=chance.choice(keys)))
            await person.push([moved])


def order_of(person: Board) -> list[str]:
    assert person.document is not None
    return [element.id for element in person.document.in_paint_order()]


def json_order(server: Server, board: NewBoard) -> list[str]:
    return re.findall(
        r'"id": ?"((?:ana|ben|batch|low|high|same)[-0-9]*)"', fetched(server, board, "json")
    )


def svg_order(server: Server, board: NewBoard) -> list[str]:
    return re.findall(r">((?:ana|ben|batch|low|high|same)[-0-9]*)<", fetched(server, board, "svg"))


def fetched(server: Server, board: NewBoard, kind: str) -> str:
    request = urllib.request.Request(
        f"{server.base}/api/boards/{board.id}/export.{kind}",
        headers={"Authorization": f"Bearer {board.token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        text: str = answer.read().decode()
    return text
