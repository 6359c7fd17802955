"""The activity feed at the wire: what it tells, in which form, from where on, and how it ends."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import httpx
import pytest
from redis import Redis

from inkwire.access.tokens import hashed
from inkwire.config import load_settings
from inkwire.protocol.ops import Delete, Props, Retitle, SetProps
from inkwire.store.connect import open_store
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import board_keys
from tests.harness.feed import numbers, reading
from tests.harness.http import patient
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server, faults
from tests.harness.wire import Wire, box
from tests.web.test_boards import bearer

ANA = "person-ana-000"


async def history(server: Server, board: NewBoard) -> list[dict[str, Any]]:
    """Draws, edits and goes; gives what the feed made of it, as lines."""
    async with (
        reading(server, board, since="0") as feed,
        await Wire.enter(server, board, person=ANA) as ana,
    ):
        await feed.until("joined")
        for n in range(12):
            await ana.commit(box(f"r{n}", x=n * 50.0))
        await feed.until("drew")
        await ana.commit(SetProps("r0", Props(z="a1")), Delete("r1"), Retitle("Plan"))
        await feed.until("edited", "deleted", "renamed")
        await ana.close()
        return await feed.until("left")


async def test_what_happened_is_told_in_sums(hasty: Server) -> None:
    """[A1] [A2] [A6] [A7]"""
    board = hasty.create_board()
    began = time.time_ns() // 1_000_000 - 1_000
    events = await history(hasty, board)
    assert numbers(events) == list(range(1, len(events) + 1))
    assert {event["person"] for event in events} == {ANA}
    assert {event["name"] for event in events} == {"Somebody"}
    assert all(began <= event["at"] <= time.time_ns() // 1_000_000 + 1_000 for event in events)
    drew = [event for event in events if event["type"] == "drew"]
    assert sum(event["count"] for event in drew) == 12
    assert len(drew) <= 4, "summed up"
    assert [each["type"] for each in events if each["type"] != "drew"] == [
        "joined",
        "edited",
        "deleted",
        "renamed",
        "left",
    ]
    assert next(event for event in events if event["type"] == "renamed")["title"] == "Plan"
    async with reading(hasty, board) as feed:
        headers = feed.answer.headers
        assert headers["content-type"].startswith("text/event-stream")
        assert headers["cache-control"] == "no-cache"
        assert headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in headers
        await feed.more()
        assert feed.comments == 1
        while not feed.told:
            await feed.more()
        assert feed.told == [("present", {"people": []})]
        assert feed.id == events[-1]["id"]
        while feed.comments < 3:  # signs of life carry the id
            await feed.more()
        assert (feed.events, feed.id) == ([], events[-1]["id"])


async def test_a_reader_goes_on_where_it_was_or_starts_anew(hasty: Server) -> None:
    """[A3] [A4] [A5]"""
    board, other = hasty.create_board(), hasty.create_board()
    events = await history(hasty, board)
    epoch = events[0]["id"].rpartition("-")[0]
    last = len(events)

    async def told(last_id: str | None = None, **query: str) -> list[Any]:
        async with reading(hasty, board, last=last_id, follow="false", **query) as feed:
            while await feed.more():
                pass
            return [numbers([data])[0] if name == "message" else name for name, data in feed.told]

    everything = [*range(1, last + 1), "present"]
    assert await told() == ["present"]
    assert await told(since="0") == everything
    assert await told(since=f"{epoch}-3") == everything[3:]
    assert await told(f"{epoch}-2", since=f"{epoch}-4") == everything[2:]
    assert await told(f"{epoch}-{last}") == ["present"]
    assert await told(f"{epoch}-0") == everything
    assert await told(since=str(events[-1]["at"])) == [last, "present"]
    assert await told(since="99999999999999") == ["present"]
    joined = await told(since="0", types="joined,left")
    assert joined == [1, last, "present"]
    async with reading(hasty, other, follow="false") as feed:
        while not feed.id:
            await feed.more()
        foreign = feed.id.rpartition("-")[0]
    for impossible in (
        f"{epoch}-{last + 1}",
        f"{foreign}-1",
        "x",
        "1-1",
        "-1",
        f"{epoch}-1e9",
        "é",
    ):
        assert await told(since=impossible) == ["reset", *everything], impossible
    assert await told("no id", since="0") == ["reset", *everything]


async def test_who_takes_another_name_is_told_of_by_it(hasty: Server) -> None:
    """[A6] A new name is a new connection: the person never left, and the feed must not go on with the old one."""
    board = hasty.create_board()
    async with reading(hasty, board, since="0") as feed:
        before = await Wire.enter(hasty, board, person=ANA, name="Lucky Fox")
        await feed.until("joined")
        async with await Wire.enter(hasty, board, person=ANA, name="Ana") as ana:
            await before.close()
            await ana.commit(box("r"))
            told = await feed.until("drew")
            async with reading(hasty, board) as other:
                while not other.told:
                    await other.more()
        told = await feed.until("left")
    assert [(each["type"], each["name"]) for each in told] == [
        ("joined", "Lucky Fox"),
        ("drew", "Ana"),
        ("left", "Ana"),
    ]
    assert [person["name"] for person in other.told[0][1]["people"]] == ["Ana"]


async def test_it_comes_as_lines_to_those_who_ask(hasty: Server) -> None:
    """[A8]"""
    board = hasty.create_board()
    lines: list[dict[str, Any]] = []
    rest = ""
    async with (
        await Wire.enter(hasty, board, person=ANA),
        reading(hasty, board, accept="application/x-ndjson", since="x") as feed,
    ):
        assert feed.answer.headers["content-type"].startswith("application/x-ndjson")
        async for piece in feed.answer.aiter_text():
            *whole, rest = (rest + piece).split("\n")
            lines += map(json.loads, whole)
            if {"joined", "alive"} <= {line["type"] for line in lines}:
                break
    types = [line["type"] for line in lines]
    assert types[0] == "reset"
    assert set(types) == {"reset", "present", "joined", "alive"}
    assert all(line["id"] for line in lines)


def test_who_may_not_read_is_told_by_the_status(server: Server, board: NewBoard) -> None:
    url = f"{server.base}/api/boards/{board.id}/activity"
    assert patient.get(url).status_code == 401
    assert patient.get(url, headers=bearer("wrong")).status_code == 404
    assert patient.get(url.replace(board.id, "nosuchboard"), headers=bearer("x")).status_code == 404
    answer = patient.get(url, params={"types": "drew,slept"}, headers=bearer(board.token))
    assert answer.status_code == 422
    assert "'slept'" in answer.json()["error"]
    for role in ("owner", "editor", "viewer"):
        token = board.links[role].token
        answer = patient.get(url, params={"follow": "false"}, headers=bearer(token))
        assert answer.status_code == 200


async def test_it_ends_with_its_worker_and_with_its_board(
    own_store: EmbeddedStore, own_server: Server
) -> None:
    """[A9]"""
    gone, kept = own_server.create_board(), own_server.create_board()
    async with reading(own_server, gone) as one, reading(own_server, kept) as two:
        await one.more()
        await two.more()
        with Redis.from_url(own_store.url) as raw:
            keys = board_keys(gone.id)
            raw.delete(*keys[:-1])
        while await one.more():
            pass  # ended by a last chunk: a connection that is cut raises
        async with reading(own_server, gone) as again:
            assert again.answer.status_code == 404
        own_server.terminate()
        began = time.monotonic()
        while await two.more():
            pass
        assert own_server.stop() == 0
        assert time.monotonic() - began < 10, "it waited for a stream"
    assert not faults(own_server.news())


@pytest.mark.parametrize("windows", [1, 2])
async def test_who_comes_back_at_once_never_left(hasty: Server, windows: int) -> None:
    """[A6] A page loaded anew, and one of two windows that is closed."""
    board = hasty.create_board()
    async with reading(hasty, board) as feed:
        first = [await Wire.enter(hasty, board, person=ANA) for _ in range(windows)]
        await feed.until("joined")
        await first[0].close()
        async with await Wire.enter(hasty, board, person=ANA) as again:
            await again.commit(box("a"))
            await feed.until("drew")
        for wire in first[1:]:
            await wire.close()
        await feed.until("left")
        assert [event["type"] for event in feed.events] == ["joined", "drew", "left"]
    await asyncio.gather(*(wire.socket.wait_closed() for wire in first))


async def test_a_withdrawn_link_ends_its_feeds_and_no_others(
    pair: Pair, embedded: EmbeddedStore
) -> None:
    """[A10] On every worker."""
    board = pair.here.create_board()
    store = open_store(load_settings(redis_url=embedded.url))
    async with (
        reading(pair.here, board, role="viewer", since="0") as withdrawn,
        reading(pair.there, board, role="viewer", since="0") as there,
        reading(pair.here, board, role="owner", since="0") as kept,
    ):
        for feed in (withdrawn, there, kept):
            while not feed.told:
                await feed.more()
        with Redis.from_url(embedded.url) as raw:
            raw.hdel(board_keys(board.id).links, hashed(board.links["viewer"].token))
        await store.activity.ring(board.id)
        for feed in (withdrawn, there):
            while await feed.more():
                pass  # a last chunk: a connection that is cut raises
        async with await Wire.enter(pair.there, board, person=ANA):
            await kept.until("joined")
        assert not withdrawn.events
        assert not there.events
    await store.close()


async def test_who_takes_the_board_along_is_told_once(hasty: Server) -> None:
    """An export that names somebody who is here; a picture that is only shown names nobody."""
    board = hasty.create_board()
    url = f"{hasty.base}/api/boards/{board.id}/export"
    async with (
        reading(hasty, board, since="0") as feed,
        await Wire.enter(hasty, board, person=ANA) as ana,
        httpx.AsyncClient(timeout=60, headers=bearer(board.links["viewer"].token)) as client,
    ):
        await feed.until("joined")
        for form, person in (
            ("svg", ""),
            ("svg", "nobody-here"),
            ("svg", ANA),
            ("svg", ANA),
            ("json", ANA),
        ):
            assert (await client.get(f"{url}.{form}?person={person}")).status_code == 200
        assert (await client.get(f"{url}.svg?person=..")).status_code == 422
        await ana.commit(box("a"))
        await feed.until("drew")
        told = [event for event in feed.events if event["type"] == "exported"]
        assert [(each["person"], each["name"], each["format"]) for each in told] == [
            (ANA, "Somebody", "svg"),
            (ANA, "Somebody", "json"),
        ]
