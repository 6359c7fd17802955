"""export.png: the same picture in pixels, however it is cut up while it is painted."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from inkwire.errors import BadFile
from inkwire.exporting import png
from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.look import Look
from inkwire.exporting.png import draw_png
from inkwire.exporting.source import Held
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import Box
from tests.exporting.boards import Info, drawn, everything
from tests.protocol.strategies import elements

FONTS = Path(__file__).parents[2] / "frontend" / "src" / "theme" / "fonts"
BOX: dict[str, Any] = {
    "color": "#ff0000",
    "fill": "#ff0000",
    "roughness": 0.0,
    "stroke_width": 2.0,
    "place": (0.0, 0.0, 98.0, 48.0, 0.0),
}


def painted(*drawing: Element, **look: Any) -> Image.Image:
    look = {"fonts": FontFolder(FONTS)} | look
    data = b"".join(draw_png(Info(), Held(drawing), Look(**look)))
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue = np.asarray(picture)[y, x]
    return int(red), int(green), int(blue)


def test_size_scale_and_padding() -> None:
    picture = painted(drawn("rectangle", **BOX), padding=10.0, scale=3.0)
    assert (picture.size, picture.mode) == ((360, 210), "RGB")
    assert picture.getpixel((15, 15)) == (255, 255, 255)
    assert picture.getpixel((45, 45)) == (255, 0, 0)


def test_without_background_it_is_transparent() -> None:
    picture = painted(drawn("rectangle", **BOX), background=False)
    assert picture.mode == "RGBA"
    assert picture.getpixel((3, 3)) == (0, 0, 0, 0)
    assert picture.getpixel((50, 30)) == (255, 0, 0, 255)
    pale = painted(drawn("rectangle", **BOX, opacity=0.5), background=False)
    assert pale.getpixel((50, 30)) == (255, 0, 0, 127)


def test_the_dark_theme_has_dark_paper() -> None:
    assert painted(drawn("rectangle"), theme="dark").getpixel((1, 1)) == (18, 18, 18)


def test_a_highlighter_lets_what_is_below_through() -> None:
    ink = drawn("rectangle", **(BOX | {"color": "#000000", "fill": "#000000"}))
    marker = drawn(
        "freedraw",
        brush="highlighter",
        color="#ffff00",
        place=(0.0, 24.0, 1.0, 1.0, 0.0),
        points=[(0, 0), (60, 0), (150, 0)],
    )
    picture = painted(ink, marker)
    left = 11
    assert picture.getpixel((left + 40, 35)) == (0, 0, 0)
    red, green, blue = pixel(picture, left + 120, 35)
    assert (red, green) == (255, 255)
    assert 120 < blue < 135


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cut_into_bands_and_pages_it_is_the_same_picture(
    monkeypatch: pytest.MonkeyPatch, theme: Any
) -> None:
    drawing = [
        *everything(),
        drawn("freedraw", id="h", brush="highlighter", color="#ffec00"),
        drawn("text", id="t", text="words", opacity=0.5),
    ]
    whole = painted(*drawing, theme=theme, region=Box(0, 0, 200, 100))
    monkeypatch.setattr(png, "BAND_PIXELS", 220 * 7)
    monkeypatch.setattr(png, "PAGE_BYTES", 1)
    pieces = painted(*drawing, theme=theme, region=Box(0, 0, 200, 100))
    off = np.asarray(ImageChops.difference(whole, pieces))
    assert off.max() <= 3, "PDFium rounds where a path begins"


def test_a_picture_too_large_is_refused_before_it_is_begun() -> None:
    """The words say which scale would do; without a scale, that is taken."""
    huge = drawn("rectangle", place=(0.0, 0.0, 1e6, 1e6, 0.0))
    with pytest.raises(BadFile) as refused:
        next(draw_png(Info(), Held([huge]), Look(scale=100.0)))
    assert refused.value.where == "query.scale"
    assert "100,000,000" in str(refused.value)
    head = next(draw_png(Info(), Held([huge]), Look()))
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    assert width == height
    assert 9_990 <= width <= 10_000
    long = drawn("rectangle", place=(0.0, 0.0, 1e6, 1.0, 0.0))
    head = next(draw_png(Info(), Held([long]), Look()))
    assert int.from_bytes(head[16:20], "big") == 32_767


def test_a_region_far_away_is_sharp() -> None:
    """Where an element lies is no matter for its outline."""
    near = painted(drawn("text", text="words", place=(0.0, 0.0, 90.0, 30.0, 0.0)))
    far = painted(drawn("text", text="words", place=(9e6, -9e6, 90.0, 30.0, 0.0)))
    assert near.tobytes() == far.tobytes()


@given(st.lists(elements(), max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_board_is_a_picture(drawing: list[Element]) -> None:
    assert painted(*drawing, padding=0, region=Box(-50, -50, 50, 50)).size == (100, 100)
