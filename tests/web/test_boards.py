"""Boards over HTTP: making, reading, refusing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.harness.http import patient
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box

READS = ["", "/digest", "/export.json", "/export.svg"]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_new_board_has_a_link_for_each_role(server: Server) -> None:
    answer = patient.post(f"{server.base}/api/boards", json={"title": "Plan"})
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == {"id", "url", "links"}
    assert set(made["links"]) == {"owner", "editor", "viewer"}
    assert made["url"] == made["links"]["editor"]["url"]
    for role, link in made["links"].items():
        assert link["url"] == f"{server.base}/b/{made['id']}#k={link['token']}"
        told = patient.get(
            f"{server.base}/api/boards/{made['id']}", headers=bearer(link["token"])
        ).json()
        assert (told["role"], told["title"], told["seq"]) == (role, "Plan", 0)
    tokens = [link["token"] for link in made["links"].values()]
    assert len(set(tokens)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9]{26,}", token) for token in tokens)


def test_a_board_needs_no_body_and_no_title(server: Server) -> None:
    assert patient.post(f"{server.base}/api/boards").status_code == 201
    assert patient.post(f"{server.base}/api/boards", json={}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"title": "x" * 201}, 422),
        ({"title": 5}, 422),
        ({"title": "two\nlines"}, 422),
        ({"title": "turned\u202e"}, 422),
        ('{"title": "half \\ud800"}', 422),
        ({"name": "x"}, 422),
        ("not json", 422),
    ],
)
def test_a_wrong_body_is_refused_with_its_place(server: Server, body: object, status: int) -> None:
    """[D10] Titles too that would not stand on one line."""
    answer = (
        patient.post(f"{server.base}/api/boards", json=body)
        if isinstance(body, dict)
        else patient.post(
            f"{server.base}/api/boards",
            content=str(body),
            headers={"Content-Type": "application/json"},
        )
    )
    assert answer.status_code == status
    assert answer.json()["error"]
    assert answer.json()["where"].startswith("body")


def test_a_body_too_large_is_refused(server: Server) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 10_000

    answer = patient.post(
        f"{server.base}/api/boards", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert "65,536" in answer.json()["error"]


@pytest.mark.parametrize("path", READS)
def test_reading_needs_a_token_that_opens_the_board(server: Server, path: str) -> None:
    """None: 401. Wrong, another board's, no such board: 404, alike to the byte."""
    board, other = server.create_board(), server.create_board()
    url = f"{server.base}/api/boards/{board.id}{path}"
    nothing = patient.get(url)
    assert nothing.status_code == 401
    assert nothing.headers["WWW-Authenticate"] == "Bearer"
    assert patient.get(url, headers={"Authorization": "Basic eA=="}).status_code == 401
    answers = [
        patient.get(url, headers=bearer(other.token)),
        patient.get(url, headers=bearer("wrong")),
        patient.get(url, headers=[(b"Authorization", "Bearer wräng".encode())]),
        patient.get(
            f"{server.base}/api/boards/AAAAAAAAAAAAAAAAAAAAAA{path}", headers=bearer(board.token)
        ),
        patient.get(f"{server.base}/api/boards/__proto__{path}", headers=bearer(board.token)),
        patient.get(
            f"{server.base}/api/boards/%7B{board.id}%7D{path}", headers=bearer(board.token)
        ),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    for role in ("owner", "editor", "viewer"):
        token = board.links[role].token
        assert patient.get(url, headers=bearer(token)).status_code == 200


async def test_the_digest_is_that_of_every_client(pair: Pair) -> None:
    """[G3] At that position, on both workers."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as wire:
        for k in range(20):
            seq = await wire.commit(box(f"e{k}", k * 0.1))
        await wire.reached(seq)
        assert wire.replica.document is not None
        for server in pair:
            async with httpx.AsyncClient(timeout=60) as client:
                answer = await client.get(
                    f"{server.base}/api/boards/{board.id}/digest", headers=bearer(board.token)
                )
            assert answer.json() == {
                "epoch": wire.position.epoch,
                "seq": seq,
                "sha256": wire.replica.document.digest(),
            }


def test_links_show_the_address_that_was_asked(server: Server) -> None:
    made = patient.post(
        f"{server.base}/api/boards", headers={"Host": "draw.example.org:8443"}
    ).json()
    assert urlsplit(made["url"]).netloc == "draw.example.org:8443"
    evil = patient.post(f"{server.base}/api/boards", headers={"Host": 'evil"><script>/x'})
    assert evil.status_code in (201, 400)
    if evil.status_code == 201:
        assert urlsplit(evil.json()["url"]).hostname == "127.0.0.1"


def test_an_unknown_address_is_a_clear_no(server: Server) -> None:
    answer = patient.get(f"{server.base}/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]
    assert patient.put(f"{server.base}/api/boards").status_code == 405


def test_tokens_are_nowhere_in_the_log(server: Server, board: NewBoard) -> None:
    """Neither from links nor from requests, good or bad."""
    for link in board.links.values():
        for path in READS:
            patient.get(f"{server.base}/api/boards/{board.id}{path}", headers=bearer(link.token))
    patient.get(f"{server.base}/b/{board.id}?k={board.token}")
    text = server.log_path.read_text()
    assert board.id in text
    for link in board.links.values():
        assert link.token not in text
