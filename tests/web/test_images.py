"""Pictures over HTTP: kept once, shown to who may read the board, refused with words, never run."""

from __future__ import annotations

import hashlib
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from inkwire.store.embedded import EmbeddedStore
from tests.assets.pictures import png, png_of_size, svg
from tests.harness.http import patient
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server, faults
from tests.web.test_boards import bearer

CUT = 300_000


def bring(
    server: Server, board: NewBoard, data: Any, role: str = "editor", **headers: str
) -> httpx.Response:
    return patient.post(
        f"{server.base}/api/boards/{board.id}/images",
        content=data,
        headers=bearer(board.links[role].token) | headers,
        timeout=60,
    )


def shown(server: Server, board: NewBoard, file: str, **query: Any) -> httpx.Response:
    return patient.get(
        f"{server.base}/api/boards/{board.id}/images/{file}",
        params=query,
        headers=bearer(board.links["viewer"].token),
    )


def photo(turned: bool = False) -> bytes:
    """A JPEG of 40 by 20, as a camera that was held upright writes it if ``turned``."""
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    Image.new("RGB", (40, 20), "#e03131").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_picture_is_kept_once_and_shown_by_every_worker(pair: Pair) -> None:
    board = pair.here.create_board()
    data = png(40, 20)
    made = bring(pair.here, board, data)
    assert made.status_code == 201
    assert made.json() == {
        "file": hashlib.sha256(data).hexdigest(),
        "natural": [40, 20],
        "type": "image/png",
    }
    assert bring(pair.there, board, data).json() == made.json()
    for server in pair:
        answer = shown(server, board, made.json()["file"])
        assert answer.content == data
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Content-Length"] == str(len(data))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        policy = answer.headers["Content-Security-Policy"]
        assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_a_photo_held_upright_is_higher_than_wide(server: Server, board: NewBoard) -> None:
    assert bring(server, board, photo()).json()["natural"] == [40, 20]
    assert bring(server, board, photo(turned=True)).json()["natural"] == [20, 40]


def test_only_who_may_draw_brings_and_who_may_read_sees(server: Server, board: NewBoard) -> None:
    assert bring(server, board, png(), role="viewer").status_code == 403
    url = f"{server.base}/api/boards/{board.id}/images"
    assert patient.post(url, content=png()).status_code == 401
    file = bring(server, board, png()).json()["file"]
    assert patient.get(f"{url}/{file}").status_code == 401
    other = server.create_board()
    assert patient.get(f"{url}/{file}", headers=bearer(other.token)).status_code == 404


def test_what_is_not_there_is_404_or_still_to_come(server: Server, board: NewBoard) -> None:
    nothing = "0" * 64
    assert shown(server, board, nothing).status_code == 404
    soon = shown(server, board, nothing, soon=True)
    assert (soon.status_code, soon.headers["Cache-Control"]) == (204, "no-store")
    for name in ("x", "0" * 63 + "g", "..%2f..%2flock", "0" * 64 + "%0a"):
        assert shown(server, board, name, soon=True).status_code == 404


SCRIPT = "<script>fetch('//evil.example')</script>"
REFUSED = {
    "nothing": (b"", 415),
    "a page": (b"<!doctype html><script>1</script>", 415),
    "a program called a picture": (b"MZ\x90\0" + b"\0" * 200_000, 415),
    "an archive": (b"PK\x03\x04" + b"\0" * 100, 415),
    "a torn picture": (png()[:20], 422),
    "a picture of 60,000 by 60,000": (png_of_size(60_000, 60_000), 422),
    "an svg with a script": (svg(SCRIPT), 422),
    "an svg with an entity": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        422,
    ),
    "too much": (png() + b"\0" * (10 * 2**20), 413),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_refused_with_words(
    server: Server, board: NewBoard, name: str
) -> None:
    data, status = REFUSED[name]
    answer = bring(server, board, data, **{"Content-Type": "image/png"})
    assert answer.status_code == status
    told = answer.json()
    assert told["error"]
    assert told["status"] == status
    assert shown(server, board, hashlib.sha256(data).hexdigest()).status_code == 404


def test_too_much_is_refused_while_it_comes(server: Server, board: NewBoard) -> None:
    """Without a length: after the limit, not at the end."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield png()
        for _ in range(40):
            sent += 2**20
            yield b"\0" * 2**20

    assert bring(server, board, endless()).status_code == 413
    assert sent <= 40 * 2**20


@pytest.mark.parametrize(
    "polyglot", [b"GIF89a/*\1\1" + b"\0" * 6 + b"*/=1;alert(1)//", png() + b"<script>"]
)
def test_a_picture_that_is_also_something_else_is_served_as_a_picture(
    server: Server, board: NewBoard, polyglot: bytes
) -> None:
    answer = shown(server, board, bring(server, board, polyglot).json()["file"])
    assert answer.headers["Content-Type"] in ("image/gif", "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_upload_cut_half_way_leaves_nothing(embedded: EmbeddedStore, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    server = Server(tmp_path / "server", embedded.url, INKWIRE_PICTURES=str(pictures))
    try:
        board = server.create_board()
        head = (
            f"POST /api/boards/{board.id}/images HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: Bearer {board.token}\r\nContent-Length: {2 * CUT}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.port)) as link:
            link.sendall(head.encode() + png() + b"\0" * CUT)
        whole = bring(server, board, png())  # served after the cut one
        assert whole.status_code == 201
        kept = [path.name for path in pictures.rglob("*") if path.is_file()]
        assert kept == [whole.json()["file"]]
        assert not faults(server.news())
    finally:
        server.stop()


def test_settings_bound_pictures_and_boards(embedded: EmbeddedStore, tmp_path: Path) -> None:
    server = Server(
        tmp_path / "server",
        embedded.url,
        INKWIRE_PICTURE_BYTES="2048",
        INKWIRE_BOARD_PICTURE_BYTES="3000",
        INKWIRE_RATES="0.02",
    )
    try:
        board = server.create_board()
        first, second = png() + b"1" * 1_600, png() + b"2" * 1_600
        assert bring(server, board, first).status_code == 201
        assert bring(server, board, png() + b"3" * 2_048).status_code == 413
        full = bring(server, board, second)
        assert full.status_code == 409
        assert "pictures of this board" in full.json()["error"]
        assert bring(server, board, first).status_code == 201  # it is there already
        assert bring(server, server.create_board(), second).status_code == 201
        refused = [bring(server, board, first) for _ in range(4)][-1]
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) >= 1
    finally:
        server.stop()
