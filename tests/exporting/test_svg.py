"""export.svg: one well-formed, self-contained, harmless picture with all the text."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as XmlTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.look import Look
from inkwire.exporting.source import Held
from inkwire.exporting.survey import Survey
from inkwire.exporting.svg import SvgWriter, draw_svg
from inkwire.protocol.elements import Element
from tests.exporting.boards import Info, drawn, everything
from tests.importing.drawings import LIBRARIES, PNG, plan
from tests.protocol.strategies import elements

SVG = "{http://www.w3.org/2000/svg}"
FONTS = Path(__file__).parents[2] / "frontend" / "src" / "theme" / "fonts"


def picture(*drawing: Any, files: dict[str, bytes] | None = None, **options: Any) -> Any:
    """The parsed picture of these elements."""
    return XmlTree.fromstring(text_of(*drawing, files=files, **options))  # noqa: S314  # our own output


def text_of(*drawing: Any, files: dict[str, bytes] | None = None, **options: Any) -> str:
    return b"".join(draw_svg(Info(), Held(drawing, files or {}), Look(**options))).decode()


def tree_of(data: bytes) -> Any:
    return XmlTree.fromstring(data)  # noqa: S314  # our own output


def tags(root: Any) -> set[str]:
    return {each.tag.removeprefix(SVG) for each in root.iter()}


def assert_harmless(root: Any) -> None:
    """Nothing that runs, and no address but those within the file."""
    allowed = {"svg", "title", "clipPath", "rect", "g", "path", "text", "mask", "defs", "a"}
    assert tags(root) <= allowed | {"image", "use", "style"}
    for each in root.iter():
        for name, value in each.attrib.items():
            assert not name.lower().startswith("on")
            if name == "href" and each.tag == f"{SVG}a":
                assert re.match(r"(https?|mailto):[^\x00-\x20]*\Z", value)
            elif name.rpartition("}")[2] == "href":
                assert re.match(
                    r"#file-[0-9a-f]{64}\Z|data:image/(png|jpeg|gif|webp);base64,", value
                )
            for address in re.findall(r"url\(([^)]*)\)", value):
                assert re.match(r"#(frame|gap)-[A-Za-z0-9_-]+\Z", address)


def test_a_picture_of_everything() -> None:
    root = picture(*everything())
    assert_harmless(root)
    assert root.find(f"{SVG}title").text == "Plans & <b>dreams</b>"
    assert root.get("viewBox") is not None


def test_an_empty_board_is_an_empty_picture() -> None:
    root = picture()
    assert tags(root) == {"svg", "title", "rect", "g"}


def test_the_view_is_what_is_painted_and_the_padding() -> None:
    root = picture(drawn("rectangle", stroke_width=4.0), padding=30.0, scale=2.0)
    # 100 by 50 at (10, 20), half a stroke around it, then the padding.
    assert root.get("viewBox") == "-22 -12 164 114"
    assert (root.get("width"), root.get("height")) == ("328", "228")


def test_place_and_opacity_are_attributes_of_the_element() -> None:
    text = text_of(drawn("ellipse", place=(1.0, 2.0, -30.0, 40.0, 0.5), opacity=0.25))
    assert 'transform="translate(1 2) rotate(28.64789) scale(-1 1)" opacity="0.25"' in text


def test_dashes_fills_and_alpha() -> None:
    text = text_of(
        drawn("ellipse", dash="dashed", fill="#ff000080", fill_style="hachure", stroke_width=4.0)
    )
    assert 'stroke="#1e1e1e" stroke-width="4.5" stroke-dasharray="8 12"' in text
    assert 'stroke="#ff0000" stroke-opacity="0.502" stroke-width="2"' in text


def test_text_stays_text_line_by_line() -> None:
    element = drawn("text", text='One <two>\n\n & "three"', align="center", font_size=16.0)
    root = picture(element)
    lines = list(root.iter(f"{SVG}text"))
    assert [line.text for line in lines] == ["One <two>", ' & "three"']
    assert [line.get("x") for line in lines] == ["50", "50"]
    # Lines are 20 high; the baseline is 0.256 em below a line's middle.
    assert [float(line.get("y")) for line in lines] == pytest.approx([14.096, 54.096])
    assert "white-space:pre" in lines[1].get("style")
    group = next(each for each in root.iter(f"{SVG}g") if each.get("font-size"))
    assert (group.get("text-anchor"), group.get("font-size")) == ("middle", "16")
    assert group.get("font-family").startswith("'Inkwire Hand',")


def test_a_mirrored_text_is_not_mirrored() -> None:
    text = text_of(drawn("text", text="a", place=(10.0, 20.0, -100.0, 50.0, 0.0)))
    assert "scale" not in text
    assert 'translate(10 20)"><g transform="translate(-100 0)">' in text


def test_a_link_is_a_link() -> None:
    uri = 'https://example.org/?a="<b>&c'
    root = picture(drawn("rectangle", link=uri, frame="frame1"), drawn("frame"))
    assert_harmless(root)
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == uri
    assert [each.tag for each in link] == [f"{SVG}path"]


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    root = picture(drawn("text", text="a\x00\x0b\ufffeb"))
    assert [line.text for line in root.iter(f"{SVG}text")] == ["ab"]


def test_frames_clip_what_is_in_them_and_nothing_else() -> None:
    frame = drawn("frame", name="Area <1>")
    text = text_of(
        drawn("ellipse", frame="frame1"), drawn("diamond", frame="gone"), frame, background=False
    )
    assert '<clipPath id="frame-frame1"><rect x="0" y="0" width="100" height="50" rx="8"' in text
    assert text.count('clip-path="url(#frame-frame1)"') == 1
    assert "gone" not in text
    assert "Area &lt;1&gt;</text>" in text


def test_a_line_leaves_room_for_its_label() -> None:
    label = drawn("text", text="yes", container="arrow1", place=(40.0, 10.0, 30.0, 20.0, 0.0))
    text = text_of(drawn("arrow"), drawn("line"), label)
    assert text.count("<mask") == 1
    assert '<mask id="gap-arrow1"' in text
    assert (
        '<rect x="-5" y="-5" width="40" height="30" fill="#000" transform="translate(40 10)"/>'
        in text
    )


def test_a_note_is_paper_with_wrapped_text() -> None:
    root = picture(drawn("note", text="some words that need two lines", font_size=16.0))
    assert len(list(root.iter(f"{SVG}text"))) >= 2
    assert 'fill="#fff3bf"' in text_of(drawn("note"))
    assert 'fill="#123456"' in text_of(drawn("note", fill="#123456"))


def test_words_that_hang_over_their_paper_are_in_the_picture() -> None:
    root = picture(drawn("note", text="many words " * 60, font_size=16.0, vertical_align="middle"))
    top = min(float(line.get("y", 0)) for line in root.iter(f"{SVG}text"))
    _, y, width, height = (float(each) for each in root.get("viewBox", "").split())
    assert top < 0
    assert y < 20 + top
    assert width > 100
    assert height > 50 - top


def test_a_picture_is_embedded_once_and_shown_where_it_is_wanted() -> None:
    file = "ab" * 32
    shown = drawn("image", file=file, crop=(0.25, 0.0, 1.0, 0.5))
    again = drawn("image", id="image2", file=file, name="A cat & a <dog>")
    missing = drawn("image", id="image3", file="cd" * 32)
    text = text_of(shown, again, missing, files={file: PNG, "cd" * 32: b"<svg onload='x()'/>"})
    assert text.count(base64.b64encode(PNG).decode()) == 1
    assert text.count(f'<use href="#file-{file}"/>') == 2
    assert text.count("<title>A cat &amp; a &lt;dog&gt;</title>") == 1
    assert 'viewBox="0.250000 0.000000 0.750000 0.500000"' in text
    assert "onload" not in text
    assert text.count('fill="#e9ecef"') == 1


def test_the_writer_asks_for_each_file_once() -> None:
    image = drawn("image", file="ab" * 32)
    writer = SvgWriter(Info(), Survey())
    assert writer.wanted_file(image) == "ab" * 32
    writer.element(image, PNG)
    assert writer.wanted_file(image) is None
    assert writer.wanted_file(drawn("image")) is None
    assert writer.wanted_file(drawn("ellipse")) is None


def test_the_dark_theme_turns_colours_and_not_pictures() -> None:
    text = text_of(drawn("rectangle", color="#000000"), theme="dark")
    assert 'fill="#121212"' in text
    assert 'stroke="#ededed"' in text
    assert "filter" not in text


def test_a_highlighter_lets_what_is_below_through() -> None:
    stroke = drawn("freedraw", brush="highlighter", color="#ffe000", opacity=0.8)
    assert 'opacity="0.4" style="mix-blend-mode:multiply"' in text_of(stroke)
    assert "mix-blend-mode:screen" in text_of(stroke, theme="dark")
    assert 'stroke-linecap="butt"' in text_of(stroke)


def test_without_background_there_is_none() -> None:
    assert "<rect" not in text_of(drawn("ellipse"), background=False)


@pytest.mark.skipif(not FONTS.is_dir(), reason="the fonts are not beside the tests")
def test_only_the_fonts_that_the_text_needs_are_in_the_picture() -> None:
    texts = [
        drawn("text", text="Привет"),
        drawn("text", id="t2", text="plain", font="mono"),
        drawn("text", id="t3", text="  \n", font="serif"),
    ]
    root = picture(*texts, fonts=FontFolder(FONTS))
    assert_harmless(root)
    rules = root.find(f"{SVG}style").text.split("@font-face")[1:]
    families = [re.findall("font-family:'([^']*)'", rule)[0] for rule in rules]
    assert families == ["Inkwire Hand", "Inkwire Hand", "Inkwire Mono"]
    assert all("url(data:font/woff2;base64,d09GMg" in rule for rule in rules)
    assert picture(drawn("ellipse"), fonts=FontFolder(FONTS)).find(f"{SVG}style") is None


@given(st.lists(elements(), max_size=5), st.sampled_from(["light", "dark"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_board_is_a_harmless_picture_with_all_its_text(
    drawing: list[Element], theme: Any
) -> None:
    text = text_of(*drawing, theme=theme)
    assert "nan" not in re.sub(r">[^<]*<", "><", text)
    root = XmlTree.fromstring(text)  # noqa: S314  # our own output
    assert_harmless(root)
    shown = "".join(line.text or "" for line in root.iter(f"{SVG}text"))
    for element in drawing:
        words = getattr(element, "text", "")
        if getattr(element, "color", "") != "transparent" and not str(
            getattr(element, "color", "")
        ).endswith("00"):
            assert all(letter in shown for letter in words if letter.isalnum())


@pytest.mark.skipif(not LIBRARIES, reason="the real drawings are not here")
def test_the_real_drawings_keep_all_their_text() -> None:
    for path in LIBRARIES:
        made: Sequence[Any] = plan(path.read_bytes()).elements
        root = picture(*made)
        assert_harmless(root)
        shown = "".join(line.text for line in root.iter(f"{SVG}text"))
        wanted = "".join(each.text for each in made if hasattr(each, "text"))
        assert "".join(shown.split()) == "".join(wanted.split())
