"""export.pdf: pages, text that can be found, links that lead out, nothing that runs."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inkwire.exporting import pdf
from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.look import Look
from inkwire.exporting.pdf import draw_pdf
from inkwire.exporting.source import Held
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import Box
from tests.exporting.boards import Info, drawn, everything
from tests.exporting.pictures import JPEG, PNG, SVG
from tests.protocol.strategies import elements

FONTS = Path(__file__).parents[2] / "frontend" / "src" / "theme" / "fonts"
RED = (255, 0, 0)


def written(*drawing: Element, files: dict[str, bytes] | None = None, **look: Any) -> bytes:
    look = {"fonts": FontFolder(FONTS)} | look
    return b"".join(draw_pdf(Info(), Held(drawing, files or {}), Look(**look)))


def opened(*drawing: Element, **look: Any) -> Any:
    return pdfium.PdfDocument(written(*drawing, **look))


def seen(document: Any, page: int = 0) -> Image.Image:
    """A page as PDFium shows it, a pixel for each world unit."""
    picture: Image.Image = document[page].render(scale=4 / 3).to_pil().convert("RGB")
    return picture


def text_of(document: Any, page: int = 0) -> str:
    return str(document[page].get_textpage().get_text_range())


def links_of(page: Any) -> list[tuple[str, tuple[float, ...]]]:
    """Addresses and rectangles of a page's links."""
    found: list[tuple[str, tuple[float, ...]]] = []
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        uri = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf, action, uri, size)
        rect = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, rect)
        found.append((uri.value.decode(), (rect.left, rect.bottom, rect.right, rect.top)))
    return found


def test_everything_on_one_page() -> None:
    document = opened(*(each for each in everything() if each.__class__.__name__ != "Frame"))
    assert len(document) == 1
    assert document.get_metadata_value("Title") == "Plans & <b>dreams</b>"
    assert seen(document).getcolors(2**20)


def test_an_empty_board_is_an_empty_page() -> None:
    (page,) = opened()
    assert page.get_size() == pytest.approx((15, 15))


def test_the_page_is_what_is_painted_and_the_padding() -> None:
    (page,) = opened(drawn("rectangle", stroke_width=4.0), padding=30.0, scale=2.0)
    # 100 by 50, half a stroke around it, then the padding.
    assert page.get_size() == pytest.approx((164 * 1.5, 114 * 1.5), abs=0.01)


def test_a_page_larger_than_pages_may_be_has_larger_units() -> None:
    data = written(drawn("rectangle", place=(0.0, 0.0, 1e6, 10.0, 0.0)))
    assert b"/UserUnit 53" in data
    (box,) = re.findall(rb"MediaBox\[0 0 ([0-9.]+) ", data)
    assert float(box) <= 14_400


def test_each_frame_is_a_page_in_reading_order() -> None:
    frames = [
        drawn("frame", id="third", name="Third", place=(0.0, 300.0, 200.0, 100.0, 0.0)),
        drawn("frame", id="second", name="Second", place=(300.0, 20.0, 80.0, 60.0, 0.0)),
        drawn("frame", id="first", name="First", place=(0.0, 0.0, 200.0, 100.0, 0.0)),
    ]
    texts = [
        drawn("text", id=f"t{each.id}", text=f"in {each.name}", frame=each.id, place=each.place)
        for each in frames
    ]
    document = opened(*frames, *texts)
    assert [text_of(document, index) for index in range(3)] == ["in First", "in Second", "in Third"]
    assert document[1].get_size() == pytest.approx((60, 45))
    assert [each.get_title() for each in document.get_toc()] == ["First", "Second", "Third"]
    outside = drawn("text", id="out", text="outside", place=(900.0, 0.0, 90.0, 30.0, 0.0))
    document = opened(*frames, *texts, outside)
    assert len(document) == 4
    whole = text_of(document, 3)
    assert all(words in whole for words in ("outside", "First", "in Third"))
    over = drawn("text", id="over", text="over", place=(10.0, 10.0, 90.0, 30.0, 0.0))
    assert "over" in text_of(opened(*frames, *texts, over))
    assert len(opened(*frames, region=Box(0, 0, 50, 50))) == 1


def test_text_is_text_in_its_font() -> None:
    words = ["Zeichnung fi AVA", "Привет", "Ελλάδα"]
    drawing = [
        drawn("text", id=f"t{n}", text=text, place=(0.0, n * 40.0, 300.0, 30.0, 0.0), font="serif")
        for n, text in enumerate(words)
    ]
    data = written(*drawing)
    assert text_of(pdfium.PdfDocument(data)).splitlines() == words
    assert len(re.findall(rb"/FontFile2", data)) == 3
    assert len(data) < 60_000
    unknown = opened(drawn("text", text="a漢b"))
    assert "".join(text_of(unknown).split()) == "a漢b"


def test_links_lead_where_they_led() -> None:
    uri = "https://example.org/a?b=(c)\\&d=ü"
    document = opened(drawn("rectangle", link=uri, stroke_width=2.0), padding=9.0)
    ((found, rect),) = links_of(document[0])
    assert found == "https://example.org/a?b=(c)\\&d=%C3%BC"
    assert rect == pytest.approx((6.75, 6.75, 6.75 + 102 * 0.75, 6.75 + 52 * 0.75), abs=0.01)


def test_what_is_transparent_is_blended_once() -> None:
    box = drawn(
        "rectangle",
        opacity=0.5,
        color="#ff0000",
        fill="#ff0000",
        stroke_width=10.0,
        roughness=0.0,
        place=(0.0, 0.0, 100.0, 50.0, 0.0),
    )
    picture = seen(opened(box))
    assert {picture.getpixel(at) for at in ((15, 40), (17, 40), (60, 40))} == {(255, 128, 128)}


def test_what_is_in_a_frame_is_clipped_by_it() -> None:
    frame = drawn("frame", place=(0.0, 0.0, 100.0, 100.0, 0.0))
    inside = drawn(
        "rectangle",
        fill="#ff0000",
        color="#ff0000",
        frame="frame1",
        place=(50.0, 20.0, 100.0, 50.0, 0.0),
    )
    document = opened(frame, inside, padding=0, region=Box(0, 0, 200, 100))
    assert seen(document).getpixel((80, 40)) == RED
    assert seen(document).getpixel((110, 40)) == (255, 255, 255)


@pytest.mark.parametrize("data", [PNG, JPEG, SVG], ids=["png", "jpeg", "svg"])
def test_a_picture_is_there_once_upright_cropped_and_mirrored(data: bytes) -> None:
    """Its left half is red, its right half blue; an SVG is painted, too."""
    file = "ab" * 32
    place = (0.0, 0.0, 100.0, 100.0, 0.0)
    plain = drawn("image", file=file, place=place)
    mirrored = drawn("image", id="i2", file=file, place=(300.0, 0.0, -100.0, 100.0, 0.0))
    cropped = drawn(
        "image", id="i3", file=file, place=(400.0, 0.0, 100.0, 100.0, 0.0), crop=(0.5, 0, 1, 1)
    )
    missing = drawn("image", id="i4", file="cd" * 32, place=(600.0, 0.0, 100.0, 100.0, 0.0))
    whole = written(plain, mirrored, cropped, missing, files={file: data})
    assert whole.count(b"/Subtype/Image") == 1
    picture = seen(pdfium.PdfDocument(whole))

    def colour(x: int) -> str:
        red, green, blue = np.asarray(picture)[60, x + 10]
        return "red" if red > 200 > green else "blue" if blue > 200 > green else "other"

    found = [colour(x) for x in (20, 80, 220, 280, 420, 480, 650)]
    assert found == ["red", "blue", "blue", "red", "blue", "blue", "other"]


def test_many_pieces_are_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = [
        drawn("ellipse", id=f"e{n}", place=(n * 9.0, 0.0, 50.0, 50.0, 0.0)) for n in range(30)
    ]
    whole = seen(opened(*drawing))
    monkeypatch.setattr(pdf, "BUFFERED", 1)
    assert seen(opened(*drawing)).tobytes() == whole.tobytes()


@given(st.lists(elements(), max_size=5), st.sampled_from(["light", "dark"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_board_is_a_file_that_opens_and_runs_nothing(
    drawing: list[Element], theme: Any
) -> None:
    data = written(*drawing, theme=theme)
    document = pdfium.PdfDocument(data)
    assert len(document) >= 1
    for page in document:
        assert min(page.get_size()) > 0
    assert_harmless(data)


def assert_harmless(data: bytes) -> None:
    plain = re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.DOTALL)
    for word in (
        b"JavaScript",
        b"/JS",
        b"/Launch",
        b"/EmbeddedFile",
        b"/OpenAction",
        b"/AA",
        b"nan",
    ):
        assert word not in plain
    assert set(re.findall(rb"/S/(\w+)", plain)) <= {b"URI", b"Transparency"}
    assert not re.search(rb"\binf\b", plain)


def test_every_object_is_where_the_table_says() -> None:
    data = written(*everything())
    start = int(re.findall(rb"startxref\n(\d+)", data)[-1])
    assert data[start:].startswith(b"xref\n")
    offsets: Sequence[bytes] = re.findall(rb"(\d{10}) 00000 n ", data[start:])
    for number, offset in enumerate(offsets, 1):
        assert data[int(offset) :].startswith(b"%d 0 obj\n" % number)
