"""A whole installation in one stream, and back on an empty store."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from inkwire.access.tokens import new_id
from inkwire.assets.folder import FolderFiles
from inkwire.errors import BadFile, BoardNotFound, Refusal
from inkwire.protocol.backup import framed
from inkwire.protocol.elements import Image, Rectangle
from inkwire.protocol.instance_backup import InstanceEnd, InstanceHead
from inkwire.protocol.ops import Delete, Op, Put, Retitle
from inkwire.rooms.activity import Event
from inkwire.rooms.webhooks import Webhook
from inkwire.services.backup import Counts, back_up, check, restore
from inkwire.services.pictures import store_picture
from inkwire.store.activity_log import Findings
from inkwire.store.board_store import Applied, NewBoard
from inkwire.store.connect import new_pool
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import OWNERS
from inkwire.store.redis_store import RedisBoardStore
from tests.assets.pictures import png

NOW = 1_795_000_000_000


def opened(server: EmbeddedStore, folder: Path) -> RedisBoardStore:
    return RedisBoardStore(new_pool(server.url, "test"), FolderFiles(folder))


def box(id_: str, z: str = "a0") -> Rectangle:
    return Rectangle(id=id_, z=z, place=(0, 0, 10, 10, 0))


async def push(store: RedisBoardStore, board: str, n: int, *ops: Op) -> None:
    done = await store.commit(
        board, cid="c" * 16, n=n, gesture="", person="p" * 16, at_ms=NOW, ops=ops
    )
    assert isinstance(done, Applied)


async def drawn(store: RedisBoardStore, title: str, elements: int) -> NewBoard:
    """A board with boxes, a picture, a webhook and something told."""
    board = await store.create_board(title, NOW - elements)
    picture = await store_picture(store, board.id, png(3, elements), board_bytes=10**6)
    image = Image(id="picture", z="a1", place=(0, 0, 3, 3, 0), file=picture)
    for n in range(0, elements, 500):
        ops = [Put(box(f"b{k}", f"a{k % 9}")) for k in range(n, min(elements, n + 500))]
        await push(store, board.id, n // 500 + 1, *ops)
    await push(store, board.id, (elements + 499) // 500 + 1, Put(image), Retitle(title + "!"))
    notes = [Event(type="renamed", at=NOW + n, person="p" * 8, title=title) for n in range(3)]
    await store.activity.settle(board.id, board.epoch, Findings(0, 0, notes=notes), NOW)
    hook = Webhook(id="hook1", url="https://a.example/", secret="whsec_x", created=NOW)
    await store.webhooks.add(board.id, hook)
    return board


async def test_everything_comes_back_on_an_empty_store(
    embedded: EmbeddedStore, own_store: EmbeddedStore, tmp_path: Path
) -> None:
    """Elements, pictures, links, webhooks, activity; of the boards that were asked for, or of all."""
    one, other = opened(embedded, tmp_path / "one"), opened(own_store, tmp_path / "other")
    boards = [await drawn(one, "Plan", 1), await drawn(one, "Großes", 1_234)]
    owner = "a" * 64
    with redis.Redis.from_url(embedded.url) as raw:
        raw.zadd(f"{OWNERS}{{{owner}}}", {each.id: NOW for each in boards})
    out = io.BytesIO()
    counts = await back_up(one, out, now_ms=NOW, only=[each.id for each in boards])
    assert counts == Counts(2, 1 + 1_234 + 2, 2, len(out.getvalue()), 0)
    assert check(out) == (counts, [each.id for each in boards])

    assert (await restore(other, out, clock=lambda: NOW)).boards == 2
    for board in boards:
        before, after = await one.board(board.id), await other.board(board.id)
        assert before is not None
        assert after is not None
        assert (after.title, after.created_ms, after.elements) == (
            before.title,
            before.created_ms,
            before.elements,
        )
        assert after.epoch != before.epoch, (
            "a client's position must not seem to be one of this life"
        )
        digests = [(await each.digest(board.id)).sha256 for each in (one, other)]
        assert digests[0] == digests[1]
        for role, token in board.links.items():
            assert await other.role_of(board.id, token) == role
        told = await other.activity.read(board.id)
        assert (told.first, told.last, told.settled) == (1, 3, after.seq)
        assert [json.loads(each)["at"] for each in told.events] == [NOW, NOW + 1, NOW + 2]
        ((hook, progress),) = await other.webhooks.of(board.id)
        assert (hook.url, hook.secret, progress.number) == ("https://a.example/", "whsec_x", 3)
        assert board.id in await other.webhooks.boards()
        await push(other, board.id, 1, Delete("b0"))  # and life goes on
    kept = [each.id async for each in other.files.kept()]
    assert len(kept) == 2
    assert [each.id async for each in other.boards()] == [boards[1].id, boards[0].id]

    whole = io.BytesIO()
    assert (await back_up(one, whole, now_ms=NOW)).boards >= 2
    with redis.Redis.from_url(own_store.url) as raw:
        raw.flushall()
        again = await restore(other, whole, clock=lambda: NOW, only=[boards[0].id])
        assert (again.boards, again.elements) == (1, 2)
        assert raw.zrange(f"{OWNERS}{{{owner}}}", 0, -1) == [boards[0].id.encode()]
    await one.close()
    await other.close()


async def test_what_is_there_is_replaced_only_when_asked(
    embedded: EmbeddedStore, tmp_path: Path
) -> None:
    store = opened(embedded, tmp_path)
    board, later = await drawn(store, "Plan", 3), await drawn(store, "Later", 1)
    out = io.BytesIO()
    await back_up(store, out, now_ms=NOW, only=[board.id])
    before = await store.digest(board.id)
    await push(store, board.id, 3, Delete("b0"), Put(box("new")))
    changed = await store.digest(board.id)
    with pytest.raises(Refusal, match=f"{board.id}.*--force"):
        await restore(store, out, clock=lambda: NOW)
    assert await store.digest(board.id) == changed
    with pytest.raises(BoardNotFound, match=later.id):
        await restore(store, out, clock=lambda: NOW, only=[later.id])
    await restore(store, out, clock=lambda: NOW, replace=True)
    after = await store.digest(board.id)
    assert after.sha256 == before.sha256
    assert after.epoch != before.epoch
    missing = new_id()
    with pytest.raises(BoardNotFound, match=missing):
        await back_up(store, io.BytesIO(), now_ms=NOW, only=[missing])
    await store.close()


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def flipped(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << dice.randrange(8),)) + data[at + 1 :]


def doubled(data: bytes, _dice: random.Random) -> bytes:
    return data + data


async def test_a_file_that_is_not_whole_changes_nothing(
    own_store: EmbeddedStore, tmp_path: Path
) -> None:
    """Cut anywhere, one bit turned anywhere, something behind its end, another version."""
    store = opened(own_store, tmp_path)
    board = await drawn(store, "Plan", 3)
    out = io.BytesIO()
    await back_up(store, out, now_ms=NOW)
    whole = out.getvalue()
    dice = random.Random(20261121)
    ways: list[Callable[[bytes, random.Random], bytes]] = [cut] * 60 + [flipped] * 120 + [doubled]
    bad = [(way.__name__, way(whole, dice)) for way in ways]
    head = framed(InstanceHead(1, NOW))
    bad.append(("version", whole.replace(head, framed(InstanceHead(2, NOW)))))
    bad.append(("empty", head + framed(InstanceEnd(0, 0, 0, "0" * 64))))
    bad.append(("headless", whole[len(head) :]))
    bad.append(("bomb", head + b"\xc6\xff\xff\xff\xff" + bytes(100)))
    bad.append(("other", b"PK\x03\x04" + bytes(100)))
    with redis.Redis.from_url(own_store.url) as raw:
        raw.flushall()
        for name, data in bad:
            with pytest.raises(BadFile):
                await restore(store, io.BytesIO(data), clock=lambda: NOW, replace=True)
            assert raw.keys("inkwire:{*") == [], name
        await restore(store, io.BytesIO(whole), clock=lambda: NOW)
        assert await store.board(board.id) is not None
    await store.close()
