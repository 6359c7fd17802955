"""The commit script does what `rooms.document.Document` does, on Valkey and on Redis."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
import redis
from hypothesis import example, given, settings

from inkwire.protocol.canonical import canonical_bytes
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.elements import (
    LARGE_PROPERTIES,
    Arrow,
    Binding,
    Freedraw,
    TextElement,
)
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.protocol.plain import plain
from inkwire.rooms.document import Document
from inkwire.store.keys import board_keys
from tests.store.conftest import Blocking
from tests.store.drawings import HISTORIES, rectangle
from tests.store.pushing import Author, listed, log_after, new_author, stored

PLACE = (0.0, 0.0, 1.0, 1.0, 0.0)
STROKE = Freedraw(id="a", place=PLACE, z="a0", points=b"\x00\x04\x02\x02")
WORDS = TextElement(id="a", place=PLACE, z="a0", text="words")


@pytest.mark.slow
@settings(max_examples=150, deadline=None, print_blob=True)
@given(history=HISTORIES)
@example(history=[[Put(STROKE), Delete("a"), Put(WORDS)], [SetProps("a", Props(points=b""))]])
@example(history=[[Put(WORDS)], [Delete("a"), Put(STROKE), SetProps("a", Props(z="b0"))]])
@example(history=[[Put(WORDS)], [SetProps("a", Props(text=""))], [Delete("a")], [Put(STROKE)]])
@example(history=[[Put(STROKE)], [SetProps("a", Props(points=b""))], [Retitle("é")]])
@example(history=[[Put(Arrow(id="b", place=PLACE, z="a", points=b"", end=Binding(to="a")))]])
def test_the_store_is_the_document(
    blocking: Blocking, raw: redis.Redis, history: list[list[Op]]
) -> None:
    """State, paint order, log and large properties, after each history."""
    blocking.run(_compare(blocking, raw, history))


async def _compare(blocking: Blocking, raw: redis.Redis, history: Sequence[Sequence[Op]]) -> None:
    store = blocking.store
    author = await new_author(store)
    document = Document()
    for ops in history:
        await author.push(*ops)
        document.apply(ops)

    held = {id_: element for id_, (_, element) in (await stored(store, author.board)).items()}
    expected = document.in_paint_order()
    assert {id_: canonical_bytes(each) for id_, each in held.items()} == {
        each.id: canonical_bytes(each) for each in expected
    }
    painted = await listed(store.in_paint_order(author.board))
    assert [each.id for each in painted] == [each.id for each in expected]
    meta = await store.board(author.board)
    assert meta is not None
    assert (meta.seq, meta.elements, meta.title) == (len(history), len(expected), document.title)
    assert (await store.digest(author.board)).sha256 == document.digest()

    replayed = Document()
    for data in await log_after(store, author.board):
        replayed.apply(decode_commit(data).ops)
    assert replayed.digest() == document.digest()

    keys = board_keys(author.board)
    large = {
        f"{each.id}/{name}".encode()
        for each in expected
        for name in LARGE_PROPERTIES
        if name in plain(each)
    }
    assert set(raw.hkeys(keys.big)) == large
    assert raw.zcard(keys.z) == len(expected)


def test_moving_a_stroke_leaves_its_points_alone(blocking: Blocking, raw: redis.Redis) -> None:
    """Only its record, the meta and the client's number are written."""
    author = blocking.run(new_author(blocking.store))
    stroke = msgspec.structs.replace(STROKE, points=b"\x00\x04" + b"\x02" * 100_000)
    blocking.run(author.push(Put(stroke)))
    assert _hashes_written(blocking, raw, author, Delete("nobody")) == 2
    assert _hashes_written(blocking, raw, author, SetProps("a", Props(opacity=0.5))) == 3
    assert _hashes_written(blocking, raw, author, SetProps("a", Props(points=b""))) == 4


def test_a_wrong_property_changes_nothing(blocking: Blocking) -> None:
    author = blocking.run(new_author(blocking.store))
    blocking.run(author.push(Put(rectangle("r"))))
    blocking.run(
        author.push(SetProps("r", Props(text="no", points=b"\x00\x00\x02\x02", brush="pen")))
    )
    assert blocking.run(stored(blocking.store, author.board))["r"] == (1, rectangle("r"))


def _hashes_written(blocking: Blocking, raw: redis.Redis, author: Author, op: Op) -> int:
    raw.config_resetstat()
    blocking.run(author.push(op))
    calls: int = raw.info("commandstats")["cmdstat_hset"]["calls"]
    return calls
