"""Pictures that came in with a file are seen by everybody on the board."""

from __future__ import annotations

import base64
import io
import json

import httpx
from PIL import Image

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def scene_with_picture() -> bytes:
    """An Excalidraw scene of one red picture, 200 by 100, around the origin."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#e03131").save(out, "PNG")
    url = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    element = {
        "type": "image",
        "id": "i1",
        "x": 0,
        "y": 0,
        "width": 200,
        "height": 100,
        "fileId": "f1",
        "status": "saved",
    }
    files = {"f1": {"id": "f1", "mimeType": "image/png", "dataURL": url}}
    return json.dumps({"type": "excalidraw", "elements": [element], "files": files}).encode()


def reds(person: BoardPage) -> int:
    """How much of the screen is the picture's red."""
    colours = person.canvas.picture().getcolors(1 << 24) or []
    return sum(count for count, colour in colours if colour == (0xE0, 0x31, 0x31))


def test_an_imported_picture_is_shown_to_everybody(
    ana: BoardPage, server: Server, board: NewBoard, people: People
) -> None:
    httpx.post(
        f"{server.base}/api/boards/{board.id}/import",
        params={"x": "640", "y": "400"},
        content=scene_with_picture(),
        headers={"Authorization": f"Bearer {board.token}"},
        timeout=60,
    ).raise_for_status()
    ana.has_elements(1)
    assert ana.canvas.looks(lambda: reds(ana) > 15_000)
    late = people.at(server.link(board))
    late.has_elements(1)
    assert late.canvas.looks(lambda: reds(late) > 15_000)
