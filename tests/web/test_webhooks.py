"""Webhooks at the wire: told once, in order, by any worker, through faults; and managed by the owner alone."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
import pytest
from redis import Redis

from inkwire.config import load_settings
from inkwire.rooms.activity import Event
from inkwire.rooms.activity_ring import MAX_EVENTS
from inkwire.store.activity_log import Findings
from inkwire.store.connect import open_store
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import hook_claim
from tests.harness.http import patient
from tests.harness.pair import Pair
from tests.harness.receiver import GUARD_SECONDS, Message, receiving
from tests.harness.server import NewBoard, Server, faults
from tests.harness.wire import Wire, box
from tests.web.test_boards import bearer

ARRIVED = {"arrived": True, "status": 204, "error": ""}


@pytest.fixture(scope="module")
def tellers(embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two hasty workers that may send to this machine."""
    folder = tmp_path_factory.mktemp("tellers")
    extra: dict[str, Any] = {
        "TEST_APP": "tests.harness.hasty:create_app",
        "INKWIRE_WEBHOOK_NETWORKS": "127.0.0.0/8",
    }
    pair = Pair(
        Server(folder / "here", embedded.url, **extra),
        Server(folder / "there", embedded.url, **extra),
    )
    yield pair
    for server in pair:
        server.stop()
        assert not faults(server.news())


def hooks(server: Server, board: NewBoard, path: str = "") -> str:
    return f"{server.base}/api/boards/{board.id}/webhooks{path}"


def make(server: Server, board: NewBoard, url: str, *types: str) -> dict[str, Any]:
    answer = patient.post(
        hooks(server, board),
        json={"url": url, "types": types},
        headers=bearer(board.links["owner"].token),
        timeout=GUARD_SECONDS,
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def standing(server: Server, board: NewBoard) -> dict[str, Any]:
    headers = bearer(board.links["owner"].token)
    async with httpx.AsyncClient(timeout=GUARD_SECONDS) as client:
        (found,) = (await client.get(hooks(server, board), headers=headers)).json()
    assert isinstance(found, dict)
    return found


async def arrives(server: Server, board: NewBoard, hook: str) -> None:
    """Tests a webhook until a message arrives; a busy machine may be too late for one."""
    headers = bearer(board.links["owner"].token)
    url = hooks(server, board, f"/{hook}/test")
    async with httpx.AsyncClient(timeout=GUARD_SECONDS) as client, asyncio.timeout(GUARD_SECONDS):
        while (await client.post(url, headers=headers)).json() != ARRIVED:
            pass


async def paused(server: Server, board: NewBoard) -> dict[str, Any]:
    """How the only webhook stands, once it is paused."""
    async with asyncio.timeout(GUARD_SECONDS):
        while not (now := await standing(server, board))["paused"]:
            pass
    return now


def failures(pair: Pair) -> float:
    """Messages of these workers that failed, or seemed to on a busy machine."""
    return sum(each.metric("inkwire_webhooks_sent_total", outcome="failed") for each in pair)


class Teller:
    """Writes events into the store, as a worker would."""

    def __init__(self, embedded: EmbeddedStore, board: str) -> None:
        self.store = open_store(load_settings(redis_url=embedded.url))
        self.board = board

    async def tell(self, *kinds: Any) -> None:
        epoch = (await self.store.position(self.board)).epoch
        notes = [Event(type=kind, at=2**40 + n, person="p" * 8) for n, kind in enumerate(kinds)]
        await self.store.activity.settle(self.board, epoch, Findings(0, 0, notes=notes), 2**41)


def any_number(number: int, messages: list[Message]) -> bool:
    """Whether this event has come."""
    return number in numbers(messages, "/hook")


def numbers(messages: list[Message], path: str) -> list[int]:
    return [each.number for each in messages if each.path == path and each.told["type"] != "ping"]


async def test_what_is_drawn_is_told_once_in_order_and_signed(
    tellers: Pair, embedded: EmbeddedStore
) -> None:
    """[W2] [W3] Two workers, two receivers, one of them for one type only."""
    board = tellers.here.create_board()
    failed = failures(tellers)
    async with receiving() as receiver:
        every = make(tellers.here, board, receiver.url("/all"))
        some = make(tellers.there, board, receiver.url("/some"), "renamed")
        async with await Wire.enter(tellers.there, board, person="person-ana-0") as ana:
            for n in range(5):
                await ana.commit(box(f"r{n}"))
            drawn = await receiver.until(lambda all_: any(m.told["type"] == "drew" for m in all_))
        first = next(each.told for each in drawn if each.told["type"] == "drew")
        assert first["data"]["board"] == board.id
        assert first["data"]["name"] == "Somebody"
        assert first["data"]["kinds"].keys() == {"rectangle"}
        assert first["timestamp"].endswith("Z")
        await receiver.until(lambda all_: any(m.told["type"] == "left" for m in all_))
        teller = Teller(embedded, board.id)
        for n in range(20):
            await teller.tell(*["exported"] * (1 + n % 5), "renamed")
        last = (await teller.store.activity.read(board.id)).last
        told = await receiver.until(
            lambda all_: last in numbers(all_, "/all") and last in numbers(all_, "/some")
        )
        twice = len(told) - len({(m.path, m.id) for m in told})
        assert twice <= failures(tellers) - failed, "told twice without need"
        assert numbers(told, "/all") == sorted(numbers(told, "/all")), "in order"
        assert set(numbers(told, "/all")) == set(range(1, last + 1))
        assert {m.told["type"] for m in told if m.path == "/some"} == {"renamed"}
        assert len(set(numbers(told, "/some"))) == 20
        for message in told:
            secret = every["secret"] if message.path == "/all" else some["secret"]
            assert message.is_signed_by(secret)
            assert message.id == message.told["data"]["id"]
        await teller.store.close()


async def test_a_receiver_that_fails_is_told_again_and_then_given_up(
    tellers: Pair, embedded: EmbeddedStore
) -> None:
    """[W3] [W4] Errors, silence, a redirect: nothing is lost, nothing overtakes. 410 ends it, a test begins again."""
    board = tellers.here.create_board()
    async with receiving() as receiver, receiving() as canary:
        made = make(tellers.here, board, receiver.url())
        moved = f"HTTP/1.1 308 .\r\nLocation: {canary.url()}\r\n\r\n".encode()
        receiver.answers.extend([500, "hang", moved, "close", 503, 200])
        teller = Teller(embedded, board.id)
        await teller.tell("renamed", "exported", "renamed")
        told = await receiver.until(lambda all_: 3 in numbers(all_, "/hook"))
        assert numbers(told, "/hook") == sorted(numbers(told, "/hook"))
        assert set(numbers(told, "/hook")) == {1, 2, 3}
        assert numbers(told, "/hook").count(1) >= 6
        assert not receiver.answers
        assert all(message.is_signed_by(made["secret"]) for message in told)
        receiver.usual = 410
        await teller.tell("renamed")
        now = await paused(tellers.there, board)
        assert "410" in now["paused"]
        assert now["failures"] >= 1
        await teller.tell("renamed")
        receiver.usual = 204
        with Redis.from_url(embedded.url) as raw:  # another worker has a look at that very moment
            raw.set(hook_claim(board.id, made["id"]), "another", px=1_500)
        await arrives(tellers.there, board, made["id"])
        told = await receiver.until(lambda all_: 5 in numbers(all_, "/hook"))
        assert told[-2].number == 4, "it goes on where it was given up"
        async with asyncio.timeout(GUARD_SECONDS):
            while (now := await standing(tellers.here, board))["failures"]:
                pass
        assert (now["paused"], now["error"]) == ("", "")
        assert canary.connections == 0
        await teller.store.close()


async def test_another_worker_goes_on_where_one_died(
    tellers: Pair, embedded: EmbeddedStore
) -> None:
    """[W3] Killed in the middle of a message: none is missing, none comes with another id."""
    board = tellers.here.create_board()
    async with receiving() as receiver:
        made = make(tellers.here, board, receiver.url())
        teller = Teller(embedded, board.id)
        await teller.tell("renamed")
        await receiver.until(partial(any_number, 1))
        receiver.usual = "hang"
        await teller.tell("renamed", "renamed")
        await receiver.until(partial(any_number, 2))
        with Redis.from_url(embedded.url) as raw:
            while not (claim := raw.get(hook_claim(board.id, made["id"]))):
                pass  # given back for a moment after each attempt
        os.kill(int(claim.split(b"-")[0]), signal.SIGKILL)
        receiver.usual = 204
        told = await receiver.until(partial(any_number, 3))
        assert numbers(told, "/hook") == sorted(numbers(told, "/hook")), "in order"
        assert set(numbers(told, "/hook")) == {1, 2, 3}
        assert all(message.is_signed_by(made["secret"]) for message in told)
        await teller.store.close()


async def test_what_the_feed_forgot_is_said(tellers: Pair, embedded: EmbeddedStore) -> None:
    """[W4]"""
    board = tellers.here.create_board()
    async with receiving() as receiver:
        receiver.usual = 410
        made = make(tellers.here, board, receiver.url(), "renamed")
        teller = Teller(embedded, board.id)
        await teller.tell("renamed")
        await paused(tellers.here, board)
        await teller.tell(*["exported"] * (MAX_EVENTS + 6), "renamed")
        receiver.usual = 204
        await arrives(tellers.here, board, made["id"])
        last_is_there = partial(any_number, MAX_EVENTS + 8)
        by_id = {each.id: each for each in await receiver.until(last_is_there)}
        *_, missed, last = by_id.values()
        assert missed.told["type"] == "missed"
        assert missed.told["data"] == {"board": board.id, "count": 8}
        assert (last.told["type"], last.number) == ("renamed", MAX_EVENTS + 8)
        await teller.store.close()


def test_only_the_owner_manages_them(server: Server, board: NewBoard) -> None:
    """[W1] [W5] Addresses inside are refused when something is to be sent, those that are none at once."""
    http = httpx.Client(timeout=GUARD_SECONDS)
    owner = bearer(board.links["owner"].token)
    url = hooks(server, board)
    body = {"url": "http://127.0.0.1:9/"}
    for role in ("editor", "viewer"):
        other = bearer(board.links[role].token)
        answers = (
            http.get(url, headers=other),
            http.post(url, json=body, headers=other),
            http.delete(f"{url}/x", headers=other),
            http.post(f"{url}/x/test", headers=other),
        )
        assert {each.status_code for each in answers} == {403}
    assert http.get(url).status_code == 401
    assert http.get(url, headers=bearer("wrong")).status_code == 404
    assert http.get(url, headers=owner).json() == []
    for wrong in (
        {"url": "file:///etc/passwd"},
        {"url": "http://a@b.example/"},
        {"url": "https://a.example", "types": ["slept"]},
        {"url": "https://a.example", "secret": "whsec_short"},
        {"url": "https://a.example", "colour": "red"},
        {},
    ):
        assert http.post(url, json=wrong, headers=owner).status_code == 422, wrong
    secret = "whsec_" + "QUFB" * 8
    made = http.post(url, json={**body, "secret": secret}, headers=owner).json()
    assert made["secret"] == secret
    (listed,) = http.get(url, headers=owner).json()
    assert listed == {key: value for key, value in made.items() if key != "secret"}
    answer = http.post(f"{url}/{made['id']}/test", headers=owner).json()
    assert (answer["arrived"], answer["status"]) == (False, 0)
    assert "not a public one" in answer["error"]
    for _ in range(9):
        assert http.post(url, json=body, headers=owner).status_code == 201
    assert http.post(url, json=body, headers=owner).status_code == 422
    assert http.delete(f"{url}/{made['id']}", headers=owner).status_code == 204
    assert http.delete(f"{url}/{made['id']}", headers=owner).status_code == 404
    assert len(http.get(url, headers=owner).json()) == 9
    http.close()
