"""Boards of an owner's key: listed, renamed, archived, duplicated, deleted."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from inkwire.protocol.codes import CloseCode
from tests.harness import patient
from tests.harness.pair import Pair
from tests.harness.patient import AsyncPatient
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box
from tests.web.test_boards import bearer

PATIENCE_SECONDS = 60


def a_key() -> str:
    return f"ik_{secrets.token_hex(20)}"


def make(server: Server, key: str, title: str = "", **headers: str) -> Any:
    url = f"{server.base}/api/boards"
    answer = patient.post(url, json={"title": title}, headers=bearer(key) | headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def listed(server: Server, key: str, **query: Any) -> Any:
    answer = patient.get(f"{server.base}/api/boards", headers=bearer(key), params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_owner_s_boards_are_listed(server: Server) -> None:
    """[P5] Those made with the key, which opens them; nobody else's."""
    key = a_key()
    made = [make(server, key, f"B{k}")["id"] for k in range(3)]
    make(server, a_key())
    page = listed(server, key, limit=2)
    rest = listed(server, key, limit=2, after=page["next"])
    assert [each["id"] for each in page["boards"] + rest["boards"]] == made
    assert [each["title"] for each in page["boards"]] == ["B0", "B1"]
    assert rest["next"] is None
    told = patient.get(f"{server.base}/api/boards/{made[0]}", headers=bearer(key)).json()
    assert told["role"] == "owner"


def test_only_an_owner_s_key_lists_and_makes(server: Server, board: NewBoard) -> None:
    url = f"{server.base}/api/boards"
    assert patient.get(url).status_code == 401
    for key in (board.links["owner"].token, "ik_short"):
        assert patient.get(url, headers=bearer(key)).status_code == 401
        assert patient.post(url, headers=bearer(key)).status_code == 401
    assert patient.get(url, headers=bearer(a_key())).json() == {"boards": [], "next": None}
    wrong = patient.get(url, headers=bearer(a_key()), params={"after": "x"})
    assert (wrong.status_code, wrong.json()["where"]) == (422, "query.after")


def test_making_a_board_may_come_again(server: Server) -> None:
    """The same links each time, though the server keeps only hashes of them; no second board."""
    key, name = a_key(), {"Idempotency-Key": "one"}
    first = make(server, key, "Plan", **name)
    assert make(server, key, "Plan", **name) == first
    other = patient.post(
        f"{server.base}/api/boards", json={"title": "Else"}, headers=bearer(key) | name
    )
    assert other.status_code == 422
    assert len(listed(server, key)["boards"]) == 1
    nobody = patient.post(f"{server.base}/api/boards", headers=name)
    assert nobody.json()["where"] == "header.Idempotency-Key"


async def test_a_board_is_renamed_and_archived(server: Server, board: NewBoard) -> None:
    """An editor renames; an owner archives: then it can be read, by sockets too, and takes nothing."""
    url = f"{server.base}/api/boards/{board.id}"
    async with (
        httpx.AsyncClient(
            transport=AsyncPatient(), headers=bearer(board.links["owner"].token)
        ) as owner,
        await Wire.enter(server, board) as wire,
    ):
        renamed = await owner.patch(
            url, json={"title": "Plan"}, headers=bearer(board.links["editor"].token)
        )
        assert renamed.json()["title"] == "Plan"
        forbidden = await owner.patch(
            url, json={"archived": True}, headers=bearer(board.links["editor"].token)
        )
        assert forbidden.status_code == 403
        told = (await owner.patch(url, json={"title": "Old", "archived": True})).json()
        assert (told["title"], told["archived"]) == ("Old", True)
        await wire.push(box("a"))
        assert (await wire.refused()).code == "forbidden"
        assert (await owner.post(f"{url}/ops", json=[["delete", "a"]])).status_code == 403
        assert (await owner.get(f"{url}/elements")).status_code == 200
        assert (await owner.patch(url, json={"archived": False})).json()["archived"] is False
        assert (await owner.post(f"{url}/ops", json=[["delete", "a"]])).status_code == 200


def test_a_duplicate_holds_the_same(server: Server) -> None:
    """Under links of its own, in the list of who made it with a key, and once for a request."""
    key = a_key()
    made = make(server, key, "Plan")
    url = f"{server.base}/api/boards/{made['id']}"
    boxes = [{"type": "rectangle", "id": f"e{k}", "place": [k, 0, 9, 9]} for k in range(400)]
    assert patient.post(f"{url}/ops", json=boxes, headers=bearer(key)).status_code == 200
    name = bearer(key) | {"Idempotency-Key": "copy"}
    copies = [patient.post(f"{url}/duplicate", headers=name) for _ in range(2)]
    assert [each.status_code for each in copies] == [201, 201]
    assert copies[0].json() == copies[1].json()
    copy = copies[0].json()
    digests = [
        patient.get(f"{server.base}/api/boards/{id_}/digest", headers=bearer(key)).json()["sha256"]
        for id_ in (made["id"], copy["id"])
    ]
    assert digests[0] == digests[1]
    titles = [each["title"] for each in listed(server, key)["boards"]]
    assert titles == ["Plan", "Plan"]
    viewer = bearer(made["links"]["viewer"]["token"])
    theirs = patient.post(f"{url}/duplicate", json={"title": "Mine"}, headers=viewer)
    assert theirs.status_code == 201
    assert set(theirs.json()["links"]) == {"owner", "editor", "viewer"}


async def test_a_deleted_board_is_gone_for_everybody(pair: Pair) -> None:
    """[P6] On the other worker too; and in its owner's list."""
    key = a_key()
    made = await asyncio.to_thread(make, pair.here, key)
    token = made["links"]["editor"]["token"]
    board = await asyncio.to_thread(pair.here.create_board)
    mine = NewBoard(made["id"], {**board.links, "editor": type(board.links["editor"])("", token)})
    url = f"{pair.here.base}/api/boards/{mine.id}"
    async with (
        httpx.AsyncClient(transport=AsyncPatient(), timeout=PATIENCE_SECONDS) as client,
        await Wire.enter(pair.there, mine) as wire,
    ):
        assert (await client.delete(url, headers=bearer(token))).status_code == 403
        assert (await client.delete(url, headers=bearer(key))).status_code == 204
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await wire.closed() == CloseCode.NO_SUCH_BOARD
        assert (await client.get(url, headers=bearer(key))).status_code == 404
    assert await asyncio.to_thread(listed, pair.here, key) == {"boards": [], "next": None}


async def test_people_are_told(pair: Pair) -> None:
    """As the activity has them, whichever worker they are on."""
    board = pair.here.create_board()
    async with (
        httpx.AsyncClient(
            transport=AsyncPatient(), headers=bearer(board.token), timeout=PATIENCE_SECONDS
        ) as client,
        await Wire.enter(pair.there, board, person="person-01"),
    ):
        url = f"{pair.here.base}/api/boards/{board.id}/people"
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (people := (await client.get(url)).json()["people"]):
                pass
        assert [(each["person"], each["name"]) for each in people] == [("person-01", "Somebody")]


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_links_are_made_by_owners(server: Server, board: NewBoard, role: str) -> None:
    url = f"{server.base}/api/boards/{board.id}/links"
    headers = bearer(board.links[role].token)
    made = patient.post(url, json={"role": "viewer"}, headers=headers)
    assert patient.get(url, headers=headers).status_code == (200 if role == "owner" else 403)
    if role != "owner":
        assert made.status_code == 403
        return
    assert made.status_code == 201
    link = made.json()
    assert link["url"] == f"{server.base}/b/{board.id}#k={link['token']}"
    told = patient.get(f"{server.base}/api/boards/{board.id}", headers=bearer(link["token"]))
    assert told.json()["role"] == "viewer"
    known = patient.get(url, headers=headers).json()["links"]
    assert {"id": link["id"], "role": "viewer"} in known
    assert link["token"] not in str(known)
    name = headers | {"Idempotency-Key": "one"}
    again = [patient.post(url, json={"role": "editor"}, headers=name).json() for _ in range(2)]
    assert again[0] == again[1]
    (owner,) = [each["id"] for each in known if each["role"] == "owner"]
    last = patient.delete(f"{url}/{owner}", headers=headers)
    assert (last.status_code, last.json()["type"][-10:]) == (409, "last-owner")
    assert patient.delete(f"{url}/nobody", headers=headers).status_code == 404


async def test_a_withdrawn_link_closes_the_sockets_that_came_by_it(pair: Pair) -> None:
    """[P6] On every worker, and no others; from then on it opens nothing."""
    board = pair.here.create_board()
    url = f"{pair.here.base}/api/boards/{board.id}/links"
    async with (
        httpx.AsyncClient(
            transport=AsyncPatient(),
            headers=bearer(board.links["owner"].token),
            timeout=PATIENCE_SECONDS,
        ) as client,
        await Wire.enter(pair.there, board) as gone,
        await Wire.enter(pair.there, board, token=board.links["viewer"].token) as stays,
    ):
        (editor,) = [
            each["id"]
            for each in (await client.get(url)).json()["links"]
            if each["role"] == "editor"
        ]
        assert (await client.delete(f"{url}/{editor}")).status_code == 204
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await gone.closed() == CloseCode.FORBIDDEN
        await stays.until_pong()
        again = await Wire.open(pair.there, board)
        await again.hello()
        assert await again.closed() == CloseCode.NO_SUCH_BOARD
