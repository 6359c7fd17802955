"""Imports go through the same door as edits, as one gesture, whole or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from itertools import pairwise
from random import SystemRandom
from typing import Any

import pytest

from inkwire.assets.folder import FolderFiles
from inkwire.errors import BadFile, BoardNotFound, Refusal, StoreUnavailable
from inkwire.importing.plan import ImportPlan
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.ops import Op, Put
from inkwire.rooms.bounds import bounds_of
from inkwire.services import imports
from inkwire.services.imports import NamedFile, plan_files, put_on_board
from inkwire.store.board_store import CommitResult, NewBoard
from inkwire.store.connect import new_pool
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import Limits, RedisBoardStore

DICE = SystemRandom()
"""Ids must differ between files, as they do outside of tests."""


@pytest.fixture
async def store(embedded: EmbeddedStore) -> AsyncIterator[RedisBoardStore]:
    opened = _opened(embedded)
    yield opened
    await opened.close()


@pytest.fixture
async def board(store: RedisBoardStore) -> NewBoard:
    return await store.create_board("", 0)


def _opened(embedded: EmbeddedStore, limits: Limits | None = None) -> RedisBoardStore:
    files = FolderFiles(embedded.folder.files)
    return RedisBoardStore(new_pool(embedded.url, "test"), files, limits)


def scene(count: int, name: str = "a.excalidraw") -> NamedFile:
    """Rectangles side by side, 100 by 100."""
    elements = [
        {"type": "rectangle", "id": f"r{k}", "x": 200 * k, "y": 0, "width": 100, "height": 100}
        for k in range(count)
    ]
    data = json.dumps({"type": "excalidraw", "elements": elements}).encode()
    return NamedFile(name, BytesIO(data))


async def plans_of(
    store: RedisBoardStore, board: NewBoard, *files: NamedFile, **options: Any
) -> list[ImportPlan]:
    return await plan_files(store, board.id, files, **({"at": None, "random": DICE} | options))


async def put(store: RedisBoardStore, board: NewBoard, plan: ImportPlan) -> list[int]:
    """Pushes the plan and returns the progress that was told."""
    told: list[int] = []
    await put_on_board(
        store,
        board.id,
        plan,
        person="person-01",
        clock=lambda: 77,
        progress=lambda n, _: told.append(n),
    )
    return told


async def boxes(store: RedisBoardStore, board: NewBoard) -> list[tuple[float, float]]:
    """Left and right edge of each element, in paint order."""
    return [
        (bounds_of(each).min_x, bounds_of(each).max_x)
        async for some in store.in_paint_order(board.id)
        for each in some
    ]


async def test_one_gesture_of_many_pushes(store: RedisBoardStore, board: NewBoard) -> None:
    (plan,) = await plans_of(store, board, scene(1_100))
    assert await put(store, board, plan) == [500, 1_000, 1_100]
    log = await store.commits_after(board.id, board.epoch, 0, limit_bytes=10**7)
    commits = [decode_commit(data) for data in log or ()]
    assert len(commits) == 3
    assert len({(each.cid, each.gesture, each.person, each.at) for each in commits}) == 1
    assert [each.n for each in commits] == [1, 2, 3]


async def test_each_file_stands_right_of_what_is_there(
    store: RedisBoardStore, board: NewBoard
) -> None:
    """Beside what the board holds, then beside one another, and above all that."""
    (first,) = await plans_of(store, board, scene(3))
    await put(store, board, first)
    for plan in await plans_of(store, board, scene(2), scene(0), scene(1)):
        await put(store, board, plan)
    edges = await boxes(store, board)
    assert len(edges) == 6
    assert all(one[1] < two[0] for one, two in pairwise(edges))


async def test_centred_where_one_points(store: RedisBoardStore, board: NewBoard) -> None:
    plans = await plans_of(store, board, scene(1), scene(1), at=(1_000.0, 50.0))
    assert plans[0].bounds == (950.0, 0.0, 100.0, 100.0)
    assert plans[1].bounds[0] > 1_050.0


async def test_a_bad_file_is_named(store: RedisBoardStore, board: NewBoard) -> None:
    bad = NamedFile("bad.excalidraw", BytesIO(b'{"elements": [{"type": "rectangle", "x": []}]}'))
    with pytest.raises(BadFile, match=r"bad\.excalidraw") as error:
        await plans_of(store, board, scene(1), bad)
    assert error.value.where.startswith("elements[0]")
    with pytest.raises(BoardNotFound):
        await plan_files(store, "nosuchboard", [scene(1)], at=None, random=DICE)


async def test_a_board_that_would_be_too_full(
    store: RedisBoardStore, board: NewBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told before anything is pushed."""
    monkeypatch.setattr(imports, "MAX_ELEMENTS", 5)
    with pytest.raises(Refusal, match="more than 5 elements"):
        await plans_of(store, board, scene(3), scene(3))


async def test_refused_in_the_middle_it_takes_all_back(
    embedded: EmbeddedStore, store: RedisBoardStore, board: NewBoard
) -> None:
    """Somebody else fills the board meanwhile: as if nothing had been imported."""
    small = _opened(embedded, Limits(elements=700))
    (plan,) = await plans_of(store, board, scene(1_100))
    with pytest.raises(Refusal, match="largest number"):
        await put(small, board, plan)
    meta = await small.board(board.id)
    assert meta is not None
    assert (meta.elements, meta.seq) == (0, 2)
    await small.close()


class Interrupted(RedisBoardStore):
    """Is interrupted in its second push, which is stored all the same."""

    pushes = 0

    async def commit(self, board: str, *, ops: Sequence[Op], **rest: Any) -> CommitResult:
        self.pushes += 1
        result = await super().commit(board, ops=ops, **rest)
        if self.pushes == 2:
            raise asyncio.CancelledError
        return result


async def test_interrupted_it_takes_back_also_what_nobody_knows_of(
    embedded: EmbeddedStore, board: NewBoard
) -> None:
    """Ctrl-C, a server that stops: as if nothing had been imported."""
    store = Interrupted(new_pool(embedded.url, "test"), FolderFiles(embedded.folder.files))
    (plan,) = await plans_of(store, board, scene(1_600))
    with pytest.raises(asyncio.CancelledError):
        await put(store, board, plan)
    meta = await store.board(board.id)
    assert meta is not None
    assert meta.elements == 0
    await store.close()


class Hiccups(RedisBoardStore):
    """Does not answer every first time, half of the times after having stored the push."""

    asked = 0

    async def commit(self, board: str, *, ops: Sequence[Op], **rest: Any) -> CommitResult:
        self.asked += 1
        if self.asked % 4 == 1:
            raise StoreUnavailable("no answer")
        if self.asked % 4 == 3:
            await super().commit(board, ops=ops, **rest)
            raise StoreUnavailable("no answer")
        return await super().commit(board, ops=ops, **rest)


async def test_a_store_with_hiccups(
    embedded: EmbeddedStore, board: NewBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked again, and nothing is pushed twice."""
    monkeypatch.setattr(imports, "PAUSE_SECONDS", 0.0)
    hiccups = Hiccups(new_pool(embedded.url, "test"), FolderFiles(embedded.folder.files))
    (plan,) = await plans_of(hiccups, board, scene(1_600))
    await put(hiccups, board, plan)
    meta = await hiccups.board(board.id)
    assert meta is not None
    assert (meta.elements, meta.seq, hiccups.asked) == (1_600, 4, 8)
    assert all(isinstance(op, Put) for ops in plan.pushes() for op in ops)
    await hiccups.close()
