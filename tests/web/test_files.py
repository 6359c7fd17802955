"""Boards as files, and files on boards."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import zlib
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from inkwire.protocol.ops import Retitle
from inkwire.web.file_names import disposition
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box
from tests.web.test_boards import bearer


def scene(*elements: dict[str, Any], files: dict[str, Any] | None = None) -> bytes:
    whole = {"type": "excalidraw", "version": 2, "elements": elements, "files": files or {}}
    return json.dumps(whole).encode()


def shape(id_: str, x: object = 0.0, **values: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": "rectangle",
        "x": x,
        "y": 0,
        "width": 100,
        "height": 50,
        "angle": 0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "seed": 1,
        **values,
    }


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def bring_in(
    server: Server, board: NewBoard, data: bytes, role: str = "editor", **query: Any
) -> httpx.Response:
    return patient.post(
        f"{server.base}/api/boards/{board.id}/import",
        params=query,
        content=data,
        headers=bearer(board.links[role].token),
        timeout=60,
    )


def lines_of(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def exported(server: Server, board: NewBoard, kind: str) -> httpx.Response:
    return patient.get(
        f"{server.base}/api/boards/{board.id}/export.{kind}",
        headers=bearer(board.links["viewer"].token),
        timeout=60,
    )


async def test_an_import_is_drawn_on_open_boards(server: Server, board: NewBoard) -> None:
    async with await Wire.enter(server, board) as watcher:
        data = scene(*(shape(f"s{k}", k * 120.0) for k in range(1_200)))
        answer = await asyncio.to_thread(bring_in, server, board, data, name="a.excalidraw")
        *progress, last = lines_of(answer)
        assert progress[-1] == {"done": 1_200, "total": 1_200}
        assert [line["done"] for line in progress] == sorted(line["done"] for line in progress)
        result = last["result"]
        assert result["count"] == len(result["ids"]) == 1_200
        assert result["types"] == {"rectangle": 1_200}
        await watcher.reached(len(progress))
        assert watcher.ids == result["ids"]
        assert len({commit.gesture for commit in watcher.commits}) == 1


def test_an_import_stands_where_it_is_wanted(server: Server, board: NewBoard) -> None:
    result = lines_of(bring_in(server, board, scene(shape("a")), x=1_000, y=500))[-1]["result"]
    x, y, width, height = result["bounds"]
    assert (x + width / 2, y + height / 2) == pytest.approx((1_000, 500))


BAD = {
    "no JSON": b"{",
    "not an object": b"[]",
    "half a picture": png()[:20],
    "an element whose place is a word": scene(shape("a", x="left")),
    "NaN": scene(shape("a", x=float("nan"))),
    "infinity": scene(shape("a", x=1e308)),
    "deep": b'{"type":"excalidraw","elements":' + b"[" * 5_000,
    "empty": b"",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_leaves_the_board_as_it_was(server: Server, board: NewBoard, name: str) -> None:
    lines_of(bring_in(server, board, scene(shape("before"))))
    before = exported(server, board, "json").json()
    answer = bring_in(server, board, BAD[name], name="bad.excalidraw")
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("bad.excalidraw")
    after = exported(server, board, "json").json()
    assert after["elements"] == before["elements"]


def test_an_import_needs_an_editor_and_a_bounded_file(server: Server, board: NewBoard) -> None:
    assert bring_in(server, board, scene(shape("a")), role="viewer").status_code == 403
    nothing = patient.post(f"{server.base}/api/boards/{board.id}/import", content=b"{}")
    assert nothing.status_code == 401
    assert bring_in(server, board, b"{}", x=float("nan"), y=0).status_code == 422
    assert bring_in(server, board, b" " * (64 * 2**20 + 1)).status_code == 413
    assert exported(server, board, "json").json()["elements"] == []


def test_an_export_holds_what_was_drawn(server: Server, board: NewBoard) -> None:
    elements = [
        shape("a"),
        shape("b", 200.0, type="ellipse"),
        shape("c", 400.0, type="freedraw", points=[[0, 0], [10, 5], [20, 0]], pressures=[]),
        shape("d", 600.0, type="text", text="<b>&\u202e", fontSize=20, fontFamily=1),
    ]
    lines_of(bring_in(server, board, scene(*elements)))
    answer = exported(server, board, "json")
    whole = answer.json()
    assert whole["board"]["id"] == board.id
    assert Counter(each["type"] for each in whole["elements"]) == {
        "rectangle": 1,
        "ellipse": 1,
        "freedraw": 1,
        "text": 1,
    }
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    svg = exported(server, board, "svg")
    root = ElementTree.fromstring(svg.content)  # noqa: S314  # our own
    assert root.tag.endswith("svg")
    assert "script" not in svg.headers["Content-Security-Policy"]
    assert "sandbox" in svg.headers["Content-Security-Policy"]
    assert svg.headers["Content-Type"].startswith("image/svg+xml")


def test_pictures_come_with_the_board(server: Server, board: NewBoard) -> None:
    data = "data:image/png;base64," + base64.b64encode(png()).decode()
    files = {"f1": {"id": "f1", "mimeType": "image/png", "dataURL": data}}
    lines_of(bring_in(server, board, scene(shape("i", type="image", fileId="f1"), files=files)))
    (element,) = exported(server, board, "json").json()["elements"]
    url = f"{server.base}/api/boards/{board.id}/images/{element['file']}"
    answer = patient.get(url, headers=bearer(board.token))
    assert answer.content == png()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert patient.get(url).status_code == 401
    assert patient.get(url[:-1] + "g", headers=bearer(board.token)).status_code == 404
    assert b"data:image/png;base64," in exported(server, board, "svg").content


async def test_a_large_export_streams_and_ends_with_its_reader(
    server: Server, board: NewBoard
) -> None:
    """[X7] Who leaves makes room at once."""
    async with await Wire.enter(server, board) as author:
        for k in range(40):
            await author.push(*(box(f"e{k}-{j}") for j in range(250)))
        await author.accepted(40)
        url = f"{server.base}/api/boards/{board.id}/export.json"
        async with httpx.AsyncClient(timeout=60, headers=bearer(board.token)) as client:
            for _ in range(8):  # more than run at once: who leaves makes room
                async with client.stream("GET", url) as answer:
                    assert answer.status_code == 200
                    async for piece in answer.aiter_bytes(1_024):
                        assert piece.startswith(b'{"type":"inkwire"')
                        break
            whole = (await client.get(url, timeout=60)).json()
            assert len(whole["elements"]) == 10_000
        await author.commit(Retitle("still here"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plan", "attachment; filename=\"Plan.svg\"; filename*=UTF-8''Plan.svg"),
        ('a"b\r\nSet-Cookie: x', None),
        ("../../etc/passwd", None),
        ("Zeichnung für Ü", None),
        ("", "attachment; filename=\"board.svg\"; filename*=UTF-8''board.svg"),
        ("💥" * 90, None),
    ],
)
def test_a_title_cannot_break_a_header(title: str, name: str | None) -> None:
    """[X6]"""
    found = disposition(title, "svg")
    assert name is None or found == name
    assert found.isascii()
    assert found.isprintable()
    plain = found.split('"')[1]
    assert "/" not in plain
    assert "\\" not in plain
    assert not plain.startswith(".")
    assert found.count('"') == 2
