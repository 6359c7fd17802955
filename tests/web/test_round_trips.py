"""Boards as files and back over HTTP: to the digest, pictures included; all or nothing."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from inkwire.protocol.backup import PREFACE
from tests.assets.pictures import png
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer
from tests.web.test_files import bring_in, exported, lines_of, scene, shape

PATIENCE_SECONDS = 120
ENDS = ("import.abandoned", "import.done")


def digest(server: Server, board: NewBoard) -> str:
    url = f"{server.base}/api/boards/{board.id}/digest"
    answer = patient.get(url, headers=bearer(board.token), timeout=60)
    return str(answer.json()["sha256"])


def pictures(count: int) -> dict[str, Any]:
    """The ``files`` of a scene."""
    url = "data:image/png;base64,"
    return {
        f"f{n}": {"dataURL": url + base64.b64encode(png(n + 2, 3)).decode()} for n in range(count)
    }


@pytest.fixture
def filled(server: Server, board: NewBoard) -> NewBoard:
    """A board with some of everything that Excalidraw knows, and pictures."""
    elements = [
        shape("box", roundness={"type": 3}),
        shape("words", type="text", text="in the box", containerId="box", fontSize=20),
        shape("arrow", 300.0, type="arrow", points=[[0, 0], [90, 40]], startBinding=None),
        shape("ink", 500.0, type="freedraw", points=[[0, 0], [9, 5], [20, 0.5]], pressures=[]),
        shape("p0", 700.0, type="image", fileId="f0"),
        shape("p1", 900.0, type="image", fileId="f1"),
        shape("p2", 990.0, type="image", fileId="f1"),
    ]
    lines_of(bring_in(server, board, scene(*elements, files=pictures(2))))
    return board


@pytest.mark.parametrize("kind", ["inkwire", "excalidraw", "ndjson"])
def test_a_board_comes_back_on_a_new_one(server: Server, filled: NewBoard, kind: str) -> None:
    """[I1] Wherever the person looks; on a board with something on it, as new things beside that."""
    answer = exported(server, filled, kind)
    assert answer.status_code == 200, answer.text
    fresh = server.create_board()
    result = lines_of(bring_in(server, fresh, answer.content, x=5_000, y=5_000))[-1]["result"]
    assert result["count"] == 7
    assert digest(server, fresh) == digest(server, filled)
    again = lines_of(bring_in(server, fresh, answer.content))[-1]["result"]
    assert not set(again["ids"]) & set(result["ids"])
    whole = exported(server, fresh, "json").json()["elements"]
    assert len(whole) == 14
    for element in whole:
        if element["type"] == "image" and kind != "ndjson":
            url = f"{server.base}/api/boards/{fresh.id}/images/{element['file']}"
            shown = patient.get(url, headers=bearer(fresh.token))
            assert shown.headers["Content-Type"] == "image/png"


def test_a_backup_that_is_cut_or_changed_is_refused(server: Server, filled: NewBoard) -> None:
    """[I2] At any byte: no part of it comes on the board."""
    whole = exported(server, filled, "inkwire").content
    fresh = server.create_board()
    before = digest(server, fresh)
    cut = [whole[: len(whole) * n // 8] for n in range(1, 8)] + [whole[:-1], whole + b"\0"]
    at = len(whole) // 2
    changed = whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :]
    for data in [*cut, changed, PREFACE]:
        answer = bring_in(server, fresh, data, name="b.inkwire")
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"].startswith("b.inkwire: ")
    assert digest(server, fresh) == before


def test_a_line_that_is_wrong_is_named(server: Server, filled: NewBoard) -> None:
    lines = exported(server, filled, "ndjson").content.splitlines(keepends=True)
    fresh = server.create_board()
    bad = json.loads(lines[2]) | {"opacity": 7}
    answer = bring_in(
        server, fresh, b"".join([*lines[:2], json.dumps(bad).encode() + b"\n", *lines[3:]])
    )
    told = answer.json()
    assert (answer.status_code, told["line"]) == (422, 3)
    assert told["where"] == "line 3.opacity"
    assert exported(server, fresh, "json").json()["elements"] == []


def test_an_import_is_one_step(server: Server, filled: NewBoard) -> None:
    """[I3] Whoever undoes it takes all of it away: what it told are all ids."""
    data = exported(server, filled, "inkwire").content
    fresh = server.create_board()
    ids = lines_of(bring_in(server, fresh, data))[-1]["result"]["ids"]
    assert ids == [each["id"] for each in exported(server, fresh, "json").json()["elements"]]


async def test_who_leaves_leaves_nothing(server: Server) -> None:
    """[I4] In the middle of the upload, and in the middle of drawing."""
    for count in (
        20_000,
        50_000,
        100_000,
    ):  # on a busy machine the smaller may be drawn before one has left
        board = server.create_board()
        url = f"{server.base}/api/boards/{board.id}"
        data = scene(*(shape(f"s{k}", k * 10.0) for k in range(count)))
        async with httpx.AsyncClient(headers=bearer(board.token), timeout=PATIENCE_SECONDS) as some:
            before = (await some.get(f"{url}/digest")).json()["sha256"]
            with pytest.raises(httpx.WriteError):
                await some.post(f"{url}/import", content=half_of(data))
            async with some.stream("POST", f"{url}/import", content=data) as answer:
                assert answer.status_code == 200
                async for _ in answer.aiter_lines():
                    break
            end = await told_of(server, some, board)
            if end == "import.abandoned":
                after = (await some.get(f"{url}/digest")).json()["sha256"]
                assert after == before
                return
    pytest.fail("every drawing was drawn before its author's leaving was noticed")


async def half_of(data: bytes) -> AsyncIterator[bytes]:
    yield data[: len(data) // 2]
    raise httpx.WriteError("gone")


async def told_of(server: Server, client: httpx.AsyncClient, board: NewBoard) -> str:
    """How the drawing of an import ended, as the server's log tells it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for line in server.news():
                if line.get("board") == board.id and line["event"] in ENDS:
                    return str(line["event"])
            await client.get(f"{server.base}/healthz")


def test_a_place_in_json_is_told_as_a_path(server: Server, board: NewBoard) -> None:
    """[I2] Beside its name for people."""
    answer = bring_in(server, board, scene(shape("a"), shape("b", x="left")))
    assert (answer.status_code, answer.json()["path"]) == (422, "elements[1].x")
