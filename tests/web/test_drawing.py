"""Drawing over HTTP: commits of JSON, streams of lines, requests that come again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from inkwire.store.embedded import EmbeddedStore
from tests.harness import patient
from tests.harness.pair import Pair
from tests.harness.patient import AsyncPatient
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire
from tests.web.test_boards import bearer

PATIENCE_SECONDS = 60
BOX = {"type": "rectangle", "id": "a", "place": [0, 0, 100, 60]}


def draw(server: Server, board: NewBoard, ops: Any, **options: Any) -> httpx.Response:
    headers = bearer(options.pop("token", board.token)) | options.pop("headers", {})
    return patient.post(
        f"{server.base}/api/boards/{board.id}/ops", json=ops, headers=headers, params=options
    )


def ids_on(server: Server, board: NewBoard) -> list[str]:
    url = f"{server.base}/api/boards/{board.id}/elements?limit=500"
    answer = patient.get(url, headers=bearer(board.token))
    return [each["id"] for each in answer.json()["elements"]]


async def test_a_request_is_one_commit_that_everybody_sees(pair: Pair) -> None:
    """[P4] [P7] In order, on another worker too; and as one gesture of who says to have drawn it."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.there, board) as wire:
        ops = [{**BOX, "label": "Start"}, ["set", "a", {"fill": "#ffec99"}], ["title", "Flow"]]
        answer = await asyncio.to_thread(draw, pair.here, board, ops, person="a-program")
        assert answer.status_code == 200
        assert answer.json() == {"seq": 1, "ids": ["a", "a-label"]}
        assert int(answer.headers["RateLimit"].split("r=")[1].split(";")[0]) > 0
        await wire.reached(1)
        assert wire.ids == ["a", "a-label"]
        (commit,) = wire.commits
        assert commit.person == "a-program"
        assert commit.gesture == commit.cid
    assert wire.replica.document is not None
    assert wire.replica.document.title == "Flow"


@pytest.mark.parametrize(
    ("ops", "status", "where"),
    [
        ([], 422, "body"),
        ({"ops": []}, 422, "body"),
        ([BOX, ["set", "a", {"opacity": 5}]], 422, "ops[1][2].opacity"),
        ([BOX] * 501, 422, "body"),
        ([BOX, {"type": "arrow", "from": "a", "to": "nobody"}], 422, "ops[1].to"),
    ],
)
def test_a_wrong_op_is_named_and_nothing_is_drawn(
    server: Server, board: NewBoard, ops: Any, status: int, where: str
) -> None:
    answer = draw(server, board, ops)
    assert answer.status_code == status
    assert answer.json()["where"] == where
    assert ids_on(server, board) == []


def test_other_bodies_are_refused(server: Server, board: NewBoard) -> None:
    url = f"{server.base}/api/boards/{board.id}/ops"
    headers = bearer(board.token)
    assert patient.post(url, headers=headers, content=b"[]").status_code == 415
    large = b"[" + b" " * (2 * 2**20) + b"]"
    headers["Content-Type"] = "application/json"
    assert patient.post(url, headers=headers, content=large).status_code == 413
    points = [[k, k] for k in range(80_000)]
    assert draw(server, board, [{"type": "freedraw", "points": points}]).status_code == 422
    assert draw(server, board, [BOX], token=board.links["viewer"].token).status_code == 403


def test_a_request_that_comes_again_is_done_once(server: Server, board: NewBoard) -> None:
    """[P2] With the same answer, ids that the server made included; another body under its key is refused."""
    key = {"Idempotency-Key": "8e03978e-40d5-43e8-bc93-6894a57f9324"}
    ops = [{"type": "note", "place": [0, 0]}]
    first = draw(server, board, ops, headers=key)
    again = draw(server, board, ops, headers=key)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert ids_on(server, board) == first.json()["ids"]
    other = draw(server, board, [*ops, *ops], headers=key)
    assert (other.status_code, other.json()["type"][-10:]) == (422, "key-reused")
    # Somebody else's requests have names of their own.
    owner = board.links["owner"].token
    assert draw(server, board, [BOX], headers=key, token=owner).status_code == 200
    wrong = {"Idempotency-Key": "free-again"}
    assert draw(server, board, [["delete"]], headers=wrong).status_code == 422
    assert draw(server, board, [["delete", "x"]], headers=wrong).status_code == 200


class Stream:
    """Both ways of one request at once, as few HTTP clients can."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.told: list[dict[str, Any]] = []

    @classmethod
    @asynccontextmanager
    async def open(cls, server: Server, board: NewBoard, **headers: str) -> AsyncIterator[Stream]:
        stream = cls(*await asyncio.open_connection("127.0.0.1", server.port))
        lines = {
            "Host": "x",
            "Authorization": f"Bearer {board.token}",
            "Content-Type": "application/x-ndjson",
            "Transfer-Encoding": "chunked",
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        stream._writer.write(f"POST /api/boards/{board.id}/ops HTTP/1.1\r\n{head}\r\n".encode())
        try:
            yield stream
        finally:
            stream._writer.transport.abort()
            with suppress(OSError):
                await stream._writer.wait_closed()

    def send(self, *lines: Any) -> None:
        text = "".join(
            (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines
        ).encode()
        self._writer.write(f"{len(text):x}\r\n".encode() + text + b"\r\n")

    def end(self) -> None:
        self._writer.write(b"0\r\n\r\n")

    async def answers(self, count: int) -> Sequence[dict[str, Any]]:
        """All answers so far, when they are so many."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.told) < count:
                line = await self._reader.readline()
                assert line, "the answer ended"
                if line.startswith(b"{"):
                    self.told.append(json.loads(line))
        return self.told

    async def whole(self) -> Sequence[dict[str, Any]]:
        """All answers, when the last one has come."""
        while not (self.told and "done" in self.told[-1]):
            await self.answers(len(self.told) + 1)
        return self.told


async def test_a_stream_is_drawn_and_answered_while_it_comes(pair: Pair) -> None:
    """[P9] What is wrong is told at its line, and the stream goes on behind it."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.there, board) as wire,
        Stream.open(pair.here, board) as stream,
    ):
        stream.send(BOX)
        assert await stream.answers(1) == [{"line": 1, "seq": 1, "ids": ["a"]}]
        await wire.reached(1)
        assert wire.ids == ["a"]
        stream.send("", "no json")
        assert (await stream.answers(2))[-1]["line"] == 3
        stream.send([{**BOX, "id": "b"}, ["delete", "a"]])
        assert (await stream.answers(3))[-1] == {"line": 4, "seq": 2, "ids": ["b"]}
        stream.send({"type": "arrow", "from": "a", "to": "b"})
        last = (await stream.answers(4))[-1]
        assert (last["line"], last["where"]) == (5, "op.from")
        stream.end()
        assert (await stream.whole())[-1] == {"done": True, "lines": 5, "refused": 2, "seq": 2}
        await wire.reached(2)
        assert wire.ids == ["b"]
        assert len({commit.gesture for commit in wire.commits}) == 1


async def test_lines_that_come_together_are_few_commits(server: Server, board: NewBoard) -> None:
    async with Stream.open(server, board) as stream:
        stream.send(*({**BOX, "id": f"e{k}"} for k in range(300)))
        stream.end()
        *answers, last = await stream.whole()
    assert [each["line"] for each in answers] == list(range(1, 301))
    assert last["seq"] == answers[-1]["seq"] < 50
    assert len(ids_on(server, board)) == 300


async def test_a_stream_that_broke_off_goes_on_under_its_key(
    server: Server, board: NewBoard
) -> None:
    """[P10] Sent again from the beginning nothing is drawn twice, and made ids are the same."""
    key = {"Idempotency-Key": "a-stream"}
    lines = [{"type": "note", "place": [k, 0]} for k in range(4)]
    async with Stream.open(server, board, **key) as stream:
        stream.send(*lines[:2])
        known = list(await stream.answers(2))
    async with Stream.open(server, board, **key) as stream:
        stream.send(*lines)
        stream.end()
        *answers, last = await stream.whole()
    assert [each["ids"] for each in answers[:2]] == [each["ids"] for each in known]
    assert last == {"done": True, "lines": 4, "refused": 0, "seq": 4}
    assert len(ids_on(server, board)) == 4
    async with Stream.open(server, board, **{"Idempotency-Key": "another"}) as stream:
        stream.send({**BOX, "id": "x"}, "wrong", {**BOX, "id": "y"})
        last = (await stream.whole())[-1]
    assert (last["done"], last["line"], last["status"]) == (False, 2, 422)
    assert "y" not in ids_on(server, board)


async def test_a_stream_ends_with_its_link(server: Server, board: NewBoard) -> None:
    """[P6] What was drawn before stays."""
    owner = bearer(board.links["owner"].token)
    url = f"{server.base}/api/boards/{board.id}/links"
    async with Stream.open(server, board) as stream:
        stream.send(BOX)
        await stream.answers(1)
        async with httpx.AsyncClient(
            transport=AsyncPatient(), headers=owner, timeout=PATIENCE_SECONDS
        ) as client:
            links = (await client.get(url)).json()["links"]
            (editor,) = [each["id"] for each in links if each["role"] == "editor"]
            assert (await client.delete(f"{url}/{editor}")).status_code == 204
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "done" not in stream.told[-1]:
                stream.send(["delete", "nobody"])
                await stream.answers(len(stream.told) + 1)
        assert stream.told[-1]["status"] == 404


async def test_a_line_that_is_too_long_ends_its_stream(server: Server, board: NewBoard) -> None:
    async with Stream.open(server, board) as stream:
        stream.send("x" * (2**20 + 1))
        assert (await stream.whole())[-1]["status"] == 413


def test_a_program_that_asks_too_much_has_to_wait(embedded: EmbeddedStore, tmp_path: Path) -> None:
    """[P1] It is told when to come again."""
    slow = Server(tmp_path / "slow", embedded.url, INKWIRE_RATES="0.01")
    try:
        board = slow.create_board()
        url = f"{slow.base}/api/boards/{board.id}/ops"
        headers = bearer(board.token) | {"Content-Type": "application/json"}
        # So much that it takes a minute and a half until it is paid back.
        much = b'[["delete", "x"]' + b" " * 1_900_000 + b"]"
        first = patient.post(url, content=much, headers=headers)
        assert first.status_code == 200
        assert first.headers["RateLimit"].startswith('"requests";r=')
        again = draw(slow, board, [["delete", "x"]])
        assert again.status_code == 429
        assert again.json()["type"].endswith(":rate")
        assert int(again.headers["Retry-After"]) >= 1
    finally:
        slow.stop()


async def test_a_stream_ends_when_the_server_does(own_server: Server) -> None:
    board = await asyncio.to_thread(own_server.create_board)
    async with Stream.open(own_server, board) as stream:
        stream.send(BOX)
        await stream.answers(1)
        own_server.terminate()
        last = (await stream.whole())[-1]
    assert (last["done"], last["status"], last["seq"]) == (False, 503, 1)
    assert await asyncio.to_thread(own_server.stop) == 0
