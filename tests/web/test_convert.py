"""Another program's clipboard, read without a change to the board; and a part of a board as a picture."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from inkwire.protocol.points import decode_points
from tests.assets.pictures import png
from tests.harness.http import patient
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer

BOX = {"id": "b", "type": "rectangle", "x": 10, "y": 20, "width": 30, "height": 40}
LINE = {"id": "l", "type": "line", "x": 0, "y": 0, "points": [[0, 0], [50, 5]]}
EMBED = {"id": "e", "type": "embeddable", "x": 0, "y": 0, "width": 9, "height": 9}
HOSTILE = {**BOX, "id": "h", "link": "javascript:alert(1)"}


def convert(server: Server, board: NewBoard, body: Any, role: str = "editor") -> httpx.Response:
    return patient.post(
        f"{server.base}/api/boards/{board.id}/convert",
        headers=bearer(board.links[role].token),
        **({"content": body} if isinstance(body, bytes) else {"json": body}),
    )


def digest(server: Server, board: NewBoard) -> Any:
    url = f"{server.base}/api/boards/{board.id}/digest"
    return patient.get(url, headers=bearer(board.token)).json()


def clipboard(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "excalidraw/clipboard", "elements": list(elements)} | more


def test_a_clipboard_is_read_and_the_board_stays_as_it_is(pair: Pair) -> None:
    board = pair.here.create_board()
    before = digest(pair.here, board)
    answer = convert(pair.here, board, clipboard(BOX, LINE, EMBED, HOSTILE))
    assert answer.status_code == 200
    said = answer.json()
    assert said["type"] == "application/vnd.inkwire+json"
    assert said["skipped"] == {"embeddable": 1}
    box, line, hostile = said["elements"]
    assert (box["type"], box["place"]) == ("rectangle", [10, 20, 30, 40, 0])
    assert len(decode_points(base64.b64decode(line["points"]))) == 2
    assert "link" not in hostile
    assert len({each["id"] for each in said["elements"]} | {"b", "l", "h"}) == 6
    assert digest(pair.here, board) == before


def test_its_pictures_are_kept_for_who_pastes_them(pair: Pair) -> None:
    board = pair.here.create_board()
    data = "data:image/png;base64," + base64.b64encode(png(4, 3)).decode()
    image = {**BOX, "type": "image", "fileId": "f"}
    files = {"f": {"mimeType": "image/png", "id": "f", "dataURL": data}}
    (made,) = convert(pair.here, board, clipboard(image, files=files)).json()["elements"]
    shown = patient.get(
        f"{pair.there.base}/api/boards/{board.id}/images/{made['file']}",
        headers=bearer(board.links["viewer"].token),
    )
    assert shown.content == png(4, 3)


@pytest.mark.parametrize("body", [b"words", b"{}", b"[1]", b'{"elements": [{"type": 7}]}'])
def test_what_cannot_be_read_is_said(pair: Pair, body: bytes) -> None:
    answer = convert(pair.here, pair.here.create_board(), body)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_viewer_converts_nothing_and_a_large_clipboard_is_refused(pair: Pair) -> None:
    board = pair.here.create_board()
    assert convert(pair.here, board, clipboard(BOX), "viewer").status_code == 403
    assert convert(pair.here, board, b" " * (16 * 1024 * 1024 + 1)).status_code == 413


def test_some_elements_are_a_picture_of_their_own(pair: Pair) -> None:
    board = pair.here.create_board()
    url = f"{pair.here.base}/api/boards/{board.id}"
    label = {"id": "t", "type": "text", "text": "in", "containerId": "b", "x": 12, "y": 30}
    far = {"id": "f", "type": "text", "text": "far away", "x": 9000, "y": 0}
    editor, viewer = (bearer(board.links[role].token) for role in ("editor", "viewer"))
    scene = {"type": "excalidraw", "elements": [BOX, label, far]}
    with patient.stream("POST", f"{url}/import", json=scene, headers=editor) as lines:
        assert '"result"' in [*lines.iter_lines()][-1]
    elements = patient.get(f"{url}/export.json", headers=viewer).json()["elements"]
    box = next(each["id"] for each in elements if each["type"] == "rectangle")
    picture = patient.post(f"{url}/export.svg", json={"ids": [box, "gone"]}, headers=viewer)
    assert picture.status_code == 200
    assert "sandbox" in picture.headers["content-security-policy"]
    assert ">in</text>" in picture.text
    assert "far away" not in picture.text
    for ids in ([], ["<b>"], ["x"] * 1 + [f"id{n}" for n in range(2_000)]):
        refused = patient.post(f"{url}/export.svg", json={"ids": ids}, headers=viewer)
        assert refused.status_code == 422
