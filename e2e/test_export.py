"""The server's picture of a board beside the page's own."""

from __future__ import annotations

import asyncio
import io
import math
import re
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Picture

from e2e.conftest import People
from e2e.pages.board import BoardPage
from inkwire.client import connect
from inkwire.protocol import elements as kinds
from inkwire.protocol.ops import Put
from inkwire.protocol.points import encode_points
from tests.harness.server import Link, NewBoard, Server

LIBRARIES = Path(__file__).parents[2] / "shared" / "data" / "excalidraw-libraries"
FREE = (160, 80, 1120, 720)
"""The part of the window where no panel lies: left, top, right, bottom."""
BLOCK = 4
"""Pixels over which both pictures are averaged: edges may be smoothed a little differently."""
HEADS = ("arrow", "triangle", "bar", "dot", "circle-outline", "diamond-outline", "crowfoot-many")


def all_looks() -> list[Any]:
    """Every type, head, dash, fill, font and theme-dependent look, side by side."""
    made: list[Any] = []

    def add(
        kind: type[Any], x: float, y: float, w: float = 1.0, h: float = 1.0, **props: Any
    ) -> None:
        place = (x, y, w, h, props.pop("angle", 0.0))
        id_ = props.pop("id", f"e{len(made)}")
        made.append(kind(id=id_, z=f"a{len(made):04d}1", place=place, **props))

    for i, head in enumerate(HEADS):
        for j, dash in enumerate(("solid", "dotted")):
            ends: dict[str, Any] = {
                "start_head": head,
                "end_head": head,
                "dash": dash,
                "seed": i + 9,
            }
            add(kinds.Arrow, j * 180.0, i * 50.0, points=line((0, 0), (140, 15)), **ends)
    add(kinds.Arrow, 0.0, 380.0, curve="elbow", points=line((0, 0), (90, 0), (90, 60), (160, 60)))
    add(kinds.Arrow, 0.0, 480.0, id="labelled", points=line((0, 0), (200, 40)))
    add(kinds.TextElement, 70.0, 488.0, 60.0, 25.0, text="label", container="labelled")
    for i, style in enumerate(("solid", "hachure", "cross-hatch", "zigzag")):
        look: dict[str, Any] = {
            "fill": "#ffc9c9",
            "fill_style": style,
            "color": "#e03131",
            "opacity": 1 - i / 5,
        }
        for j, kind in enumerate((kinds.Rectangle, kinds.Ellipse, kinds.Diamond)):
            add(kind, 400.0 + j * 120, i * 90.0, 100.0, 70.0, angle=j / 9, **look)
        loop = line((0, 0), (90, 10), (60, 70), (0, 3))
        add(kinds.Line, 770.0, i * 90.0, points=loop, curve="round" if i % 2 else "sharp", **look)
        add(kinds.Freedraw, 1000.0, i * 90.0, points=loop, **look | {"fill": "#1971c2"})
        add(kinds.Triangle, 880.0, i * 90.0, 100.0, 70.0, rounded=i % 2 > 0, **look)
    for i, font in enumerate(("hand", "sans", "serif", "mono")):
        words: dict[str, Any] = {
            "text": "Wrapped words in a box,  & <b>",
            "font": font,
            "auto_size": False,
        }
        add(kinds.TextElement, 400.0 + i * 150, 390.0, 130.0, 90.0, align="right", **words)
        note: dict[str, Any] = {"text": "A note with some words", "font": font, "font_size": 16.0}
        add(kinds.Note, 400.0 + i * 150, 500.0, 130.0, 90.0, **note)
    add(kinds.Ellipse, 200.0, 560.0, 150.0, 150.0, frame="frame", fill="#ffec99")
    add(kinds.Frame, 0.0, 560.0, 250.0, 120.0, id="frame", name="Area", angle=0.1)
    wave = [(i * 4.0, 20 * math.sin(i / 8), abs(math.sin(i / 10))) for i in range(60)]
    add(kinds.Freedraw, 400.0, 650.0, points=encode_points(wave))
    add(kinds.Freedraw, 400.0, 690.0, points=encode_points(wave, pressure=True), stroke_width=4.0)
    marker: dict[str, Any] = {"brush": "highlighter", "color": "#ffec00"}
    add(kinds.Freedraw, 400.0, 665.0, points=line((0, 0), (120, 0), (240, 8)), **marker)
    add(kinds.Image, 700.0, 620.0, 100.0, 80.0)
    add(
        kinds.Rectangle, 950.0, 620.0, -100.0, 80.0, fill="#b2f2bb", fill_style="hachure", angle=0.2
    )
    return made


def line(*points: tuple[float, float]) -> bytes:
    return encode_points(points)


def put(link: Link, drawing: Sequence[Any]) -> None:
    """Puts elements on a board, as a script would."""

    async def push() -> None:
        client = await connect(link.url, link.token)
        await client.push([Put(element) for element in drawing])
        await client.close()

    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, push()).result()


def fetched(server: Server, board: NewBoard, path: str, data: bytes | None = None) -> bytes:
    request = urllib.request.Request(
        f"{server.base}/api/boards/{board.id}/{path}",
        data=data,
        headers={"Authorization": f"Bearer {board.token}"},
        method="GET" if data is None else "POST",
    )
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def exported_view(person: BoardPage, svg: str) -> np.ndarray[Any, Any]:
    """The exported picture, of just what the page shows."""
    camera = person.page.evaluate(
        "() => ({x: inkwire.camera.x, y: inkwire.camera.y, zoom: inkwire.camera.zoom})"
    )
    size = person.page.viewport_size
    assert size is not None
    width, height = size["width"], size["height"]
    view = f"{camera['x']} {camera['y']} {width / camera['zoom']} {height / camera['zoom']}"
    frame = f'viewBox="{view}" width="{width}" height="{height}"'
    paper = re.findall(r'<rect [^>]*fill="(#\w+)"', svg.partition("<g ")[0])[-1]
    page = person.page.context.new_page()
    page.set_content(
        f"<style>body{{margin:0;background:{paper}}}</style>"
        + re.sub("viewBox=.*?>", frame + ">", svg, count=1)
    )
    page.evaluate("() => document.fonts.ready")
    picture = Picture.open(io.BytesIO(page.screenshot()))
    page.close()
    return averaged(picture)


def averaged(picture: Picture.Image) -> np.ndarray[Any, Any]:
    """The free part of the window in blocks, each channel by itself."""
    pixels = np.asarray(picture.convert("RGB").crop(FREE), dtype=float)
    high, wide, _ = pixels.shape
    blocks: np.ndarray[Any, Any] = pixels.reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK, 3)
    return np.asarray(blocks.mean((1, 3)))


def assert_same_picture(person: BoardPage, svg: str) -> None:
    person.press("Shift+1")
    person.canvas.settle()
    shown, exported = averaged(person.canvas.picture()), exported_view(person, svg)
    paper = shown[0, 0]
    drawn = (abs(shown - paper) > 5).any(2) | (abs(exported - paper) > 5).any(2)
    off = abs(shown - exported).max(2)[drawn]
    print(f"{drawn.mean():.3f} drawn, off by {off.mean():.2f}, {(off > 60).mean():.5f} wrong")
    assert drawn.mean() > 0.02
    assert off.mean() < 10
    assert (off > 60).mean() < 0.0004


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_exported_picture_is_what_the_page_shows(
    people: People, server: Server, board: NewBoard, theme: Any
) -> None:
    put(board.links["editor"], all_looks())
    person = people.at(server.link(board), color_scheme=theme)
    person.has_elements(len(all_looks()))
    svg = fetched(server, board, f"export.svg?theme={theme}").decode()
    assert_same_picture(person, svg)


@pytest.mark.skipif(not LIBRARIES.is_dir(), reason="the real drawings are not beside the project")
def test_a_real_drawing_is_exported_as_it_is_shown(
    people: People, server: Server, board: NewBoard
) -> None:
    library = LIBRARIES / "gabrielamacakova--halloween-elements.excalidrawlib"
    fetched(server, board, f"import?name={library.name}", library.read_bytes())
    person = people.at(server.link(board))
    person.has_elements(744)
    assert_same_picture(person, fetched(server, board, "export.svg").decode())
