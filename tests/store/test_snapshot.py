"""Snapshots, paint order and digest, also while others draw."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence

import pytest

from inkwire.assets.folder import FolderFiles
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.elements import Element, Freedraw, TextElement
from inkwire.protocol.limits import MAX_POINTS_BYTES, MAX_TEXT
from inkwire.protocol.ops import Delete, Op, Props, Put, SetProps
from inkwire.protocol.records import decode_record
from inkwire.rooms.document import Document
from inkwire.store.board_store import PAGE_BYTES
from inkwire.store.connect import new_pool
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore
from tests.store.drawings import rectangle
from tests.store.pushing import Author, listed, log_after, new_author, stored
from tests.store.seed import SEED

PLACE = (0.0, 0.0, 1.0, 1.0, 0.0)


def stroke(id_: str, size: int) -> Freedraw:
    return Freedraw(id=id_, place=PLACE, z="a0", points=b"\x00\x04" + b"\x02" * size)


async def test_pages_are_bounded_and_complete(store: RedisBoardStore) -> None:
    """Small and huge elements mixed: no page beyond the limit but for one record alone."""
    author = await new_author(store)
    sizes = {f"s{k}": (40, 2_000, 60_000, MAX_POINTS_BYTES - 10)[k % 4] for k in range(120)}
    for id_, size in sizes.items():
        await author.push(Put(stroke(id_, size)))
    await author.push(Put(TextElement(id="t", place=PLACE, z="a0", text="ü" * MAX_TEXT)))
    pages = [page async for page in store.pages(author.board, page_bytes=100_000)]
    assert all(sum(map(len, page)) <= 100_000 or len(page) == 1 for page in pages)
    assert all(page for page in pages)
    held = await stored(store, author.board)
    found = {
        id_: len(each.points) - 2 for id_, (_, each) in held.items() if isinstance(each, Freedraw)
    }
    assert found == sizes
    assert set(held) == {*sizes, "t"}


async def test_an_empty_board(store: RedisBoardStore) -> None:
    author = await new_author(store)
    assert [page async for page in store.pages(author.board)] == []
    assert await listed(store.in_paint_order(author.board)) == []
    assert (await store.digest(author.board)).sha256 == Document().digest()


async def test_every_record_tells_its_last_change(store: RedisBoardStore) -> None:
    author = await new_author(store)
    await author.push(Put(rectangle("a")), Put(rectangle("b")))
    await author.push(SetProps("b", Props(opacity=0.5)))
    await author.push(SetProps("a", Props(text="ignored")))
    held = await stored(store, author.board)
    assert {id_: seq for id_, (seq, _) in held.items()} == {"a": 1, "b": 2}


@pytest.mark.parametrize("run", range(3))
async def test_snapshot_then_commits_is_replay_from_zero(store: RedisBoardStore, run: int) -> None:
    """Read page by page while a writer works between the pages; then all commits since the start."""
    dice = random.Random(SEED + run)
    author = await new_author(store)
    for base in range(0, 2_000, 200):
        await author.push(*(Put(rectangle(f"r{base + k}")) for k in range(200)))
    start = await store.position(author.board)
    loaded: dict[str, tuple[int, Element]] = {}
    async for page in interleaved(store, author, dice):
        for id_, (seq, element) in page.items():
            if id_ not in loaded or loaded[id_][0] <= seq:
                loaded[id_] = seq, element
    document = Document(element for _, element in loaded.values())
    for commit in map(decode_commit, await log_after(store, author.board, start.seq)):
        document.apply(
            op
            for op in commit.ops
            if loaded.get(op.element.id if isinstance(op, Put) else op.id, (0,))[0] < commit.seq  # type: ignore[union-attr]  # no titles here
        )
    replayed = Document()
    for data in await log_after(store, author.board):
        replayed.apply(decode_commit(data).ops)
    assert document.digest() == replayed.digest() == (await store.digest(author.board)).sha256


async def interleaved(
    store: RedisBoardStore, author: Author, dice: random.Random
) -> AsyncIterator[dict[str, tuple[int, Element]]]:
    async for page in store.pages(author.board, page_bytes=4_096):
        yield {element.id: (seq, element) for seq, element in map(decode_record, page)}
        await author.push(*(random_op(dice) for _ in range(dice.randint(1, 20))))


def random_op(dice: random.Random) -> Op:
    id_ = f"r{dice.randrange(2_200)}"
    ops: list[Op] = [
        Put(rectangle(id_, x=dice.random())),
        Delete(id_),
        SetProps(id_, Props(place=(dice.random(), 0.0, 1.0, 1.0, 0.0))),
        SetProps(id_, Props(z=f"a{dice.choice('VWXYZ')}")),
    ]
    return dice.choice(ops)


async def test_the_digest_is_of_one_moment(store: RedisBoardStore) -> None:
    """While a writer works without a pause, each digest equals the replay up to its own seq."""
    dice = random.Random(SEED)
    author = await new_author(store)
    await author.push(*(Put(rectangle(f"r{k}")) for k in range(500)))
    digests = [await store.digest(author.board)]
    further, done = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        while not done.is_set():
            if await author.push(*(random_op(dice) for _ in range(5))) > digests[-1].seq:
                further.set()

    writer = asyncio.create_task(write())
    while len(digests) < 9:
        async with asyncio.timeout(60):
            await further.wait()
        digests.append(await store.digest(author.board))
        further.clear()
    done.set()
    await writer
    assert len({each.seq for each in digests}) == len(digests)
    replayed, wanted = Document(), {each.seq: each.sha256 for each in digests}
    for commit in map(decode_commit, await log_after(store, author.board)):
        replayed.apply(commit.ops)
        if commit.seq in wanted:
            assert replayed.digest() == wanted.pop(commit.seq), commit.seq
    assert wanted == {}


class Meanwhile(RedisBoardStore):
    """Others push something after the position was read and before the elements are."""

    ops: Sequence[Op] = ()

    async def pages(self, board: str, *, page_bytes: int = 0) -> AsyncIterator[list[bytes]]:
        author = Author(self, board)
        for op in self.ops:
            await author.push(op)
        async for page in super().pages(board, page_bytes=page_bytes or PAGE_BYTES):
            yield page


@pytest.mark.parametrize(
    "ops",
    [
        [SetProps("a", Props(opacity=0.5)), Put(rectangle("a"))],
        [Put(rectangle("a")), Delete("a"), SetProps("a", Props(opacity=0.5)), Put(rectangle("a"))],
        [Put(rectangle("a")), SetProps("a", Props(opacity=0.5)), Delete("a")],
        [Delete("b"), Put(rectangle("b", x=7.0)), SetProps("b", Props(z="b0"))],
    ],
    ids=["set before put", "set between delete and put", "gone again", "put again"],
)
async def test_what_was_read_later_is_not_applied_again(
    server: EmbeddedStore, ops: list[Op]
) -> None:
    """A commit that changed nothing when it was made must change nothing when it is replayed."""
    pool = new_pool(server.url, "test")
    store = Meanwhile(pool, FolderFiles(server.folder.files))
    author = await new_author(store)
    await author.push(Put(rectangle("b")))
    store.ops = ops
    digest = await store.digest(author.board)
    document = Document([rectangle("b")])
    document.apply(ops)
    assert (digest.seq, digest.sha256) == (1 + len(ops), document.digest())
    await store.close()


async def test_paint_order_while_others_reorder(store: RedisBoardStore) -> None:
    """An element brought to the front behind the reader's back does not come twice."""
    author = await new_author(store)
    await author.push(*(Put(rectangle(f"r{k:03}", z="a0")) for k in range(450)))
    seen: list[str] = []
    async for elements in store.in_paint_order(author.board):
        seen += [each.id for each in elements]
        await author.push(SetProps(seen[0], Props(z="z0")), SetProps(seen[-1], Props(z="z1")))
    assert sorted(seen) == [f"r{k:03}" for k in range(450)]
    painted = [each.id for each in await listed(store.in_paint_order(author.board))]
    assert painted[-4:] == ["r000", "r199", "r399", "r449"]
