"""Pictures go when nobody can bring them back: never while a board, its log or a fresh undo names them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from inkwire.assets.folder import FolderFiles
from inkwire.protocol.elements import Image
from inkwire.protocol.ops import Delete, Op, Put
from inkwire.services.pictures import keep_picture
from inkwire.services.sweep import Swept, sweep
from inkwire.store.connect import new_pool
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import Limits, RedisBoardStore
from tests.assets.pictures import png

DAY = 86_400_000


class Author:
    """Edits a board, and knows what time it is."""

    def __init__(self, store: RedisBoardStore, board: str) -> None:
        self.store, self.board, self.n = store, board, 0

    async def push(self, *ops: Op) -> None:
        self.n += 1
        await self.store.commit(
            self.board,
            cid="author-1",
            n=self.n,
            gesture="g",
            person="person-1",
            at_ms=self.n * 1_000,
            ops=ops,
        )

    async def bring(self, number: int) -> str:
        kept = await keep_picture(
            self.store, self.board, png(2, 2, bytes([number, 1, 1])), board_bytes=2**20
        )
        return kept.file

    async def place(self, id_: str, file: str) -> None:
        await self.push(Put(Image(id=id_, place=(0, 0, 1, 1, 0), z="a0", file=file)))

    async def kept(self) -> set[str]:
        return {each.id async for each in self.store.files.kept()}

    async def newest_ms(self) -> int:
        return max([each.written_ms async for each in self.store.files.kept()])


@pytest.fixture
async def author(own_store: EmbeddedStore) -> AsyncIterator[Author]:
    """On a store of its own, whose log holds ten commits: a sweep looks at every board there is."""
    store = RedisBoardStore(
        new_pool(own_store.url, "test"),
        FolderFiles(own_store.folder.files),
        Limits(log_length=10, log_age_s=0),
    )
    board = await store.create_board("", 0)
    yield Author(store, board.id)
    await store.close()


async def test_only_what_nobody_names_for_a_month_goes(author: Author) -> None:
    used, deleted, never = [await author.bring(number) for number in range(3)]
    await author.place("i1", used)
    await author.place("i2", deleted)
    await author.push(Delete("i2"))
    now = await author.newest_ms()
    first = await sweep(author.store, now_ms=now)
    assert first == Swept(kept=3, unused=1, deleted=0, bytes=0)
    # Years after it was brought, but found unused only just now.
    assert (await sweep(author.store, now_ms=now + 29 * DAY)).deleted == 0
    gone = await sweep(author.store, now_ms=now + 31 * DAY)
    assert (gone.deleted, gone.unused) == (1, 0)
    # The log still tells of the deleted one.
    assert await author.kept() == {used, deleted}
    await author.push(*(Delete(f"x{n}") for n in range(3)))
    assert never not in await author.kept()


async def test_what_is_forgotten_by_the_log_waits_a_month_too(author: Author) -> None:
    file = await author.bring(1)
    await author.place("i1", file)
    now = await author.newest_ms()
    late = now + 400 * DAY
    assert (await sweep(author.store, now_ms=late)).unused == 0
    await author.push(Delete("i1"))
    for _ in range(300):  # the log of this store holds ten, and is cut by the hundred
        await author.push(Delete("nothing"))
    assert (await sweep(author.store, now_ms=late)).unused == 1
    await author.place("i1", file)  # an undo
    assert (await sweep(author.store, now_ms=late + 31 * DAY)).unused == 0
    await author.push(Delete("i1"))
    for _ in range(300):
        await author.push(Delete("nothing"))
    assert (await sweep(author.store, now_ms=late + 32 * DAY)).unused == 1
    assert (await sweep(author.store, now_ms=late + 63 * DAY)).deleted == 1


async def test_what_is_brought_again_stays_and_a_board_gets_its_room_back(author: Author) -> None:
    file = await author.bring(1)
    now = await author.newest_ms()
    await sweep(author.store, now_ms=now)
    assert await author.bring(1) == file
    assert (await sweep(author.store, now_ms=now + 31 * DAY)).deleted == 0
    assert (await sweep(author.store, now_ms=now + 62 * DAY)).deleted == 1
    size = len(png(2, 2))
    await author.store.board_files.check_room(author.board, "0" * 64, size, size)
