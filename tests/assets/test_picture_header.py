"""What is a picture is told by its bytes; nothing in them can act or unpack to gigabytes."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.assets.picture_header import MAX_PIXELS, PictureHeader, media_type_of, read_header
from inkwire.errors import BadFile, WrongType
from tests.assets.pictures import OF_7_BY_9, png, png_of_size, svg


@pytest.mark.parametrize("kind", OF_7_BY_9)
def test_every_kind_tells_its_type_and_size(kind: str) -> None:
    assert read_header(OF_7_BY_9[kind]) == PictureHeader(kind.split()[0], 7, 9)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ this runs",
        b"%PDF-1.7",
        b"<!doctype html><svg></svg>",
        b"<html><body><svg/></body></html>",
        b"PK\x03\x04",
        b"\x89PNG",
        b"RIFF\0\0\0\0WAVE",
        b"{}",
    ],
)
def test_what_is_no_picture_is_of_the_wrong_type(data: bytes) -> None:
    with pytest.raises(WrongType):
        read_header(data)


@pytest.mark.parametrize(
    "data",
    [
        png_of_size(60_000, 60_000),
        png_of_size(MAX_PIXELS, 2),
        png_of_size(0, 5),
        png()[:18],
        OF_7_BY_9["image/jpeg"][:12],
        OF_7_BY_9["image/avif"][:20],
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused_before_it_is_unpacked(data: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        read_header(data, "body")
    assert not isinstance(caught.value, WrongType)
    assert caught.value.where == "body"


ACTIVE = {
    "a script": svg("<script>alert(1)</script>"),
    "a script in another case": svg("<sCript>alert(1)</sCript>"),
    "a handler": svg(attributes='onload="alert(1)"'),
    "a handler within": svg('<g><rect onclick="alert(1)"/></g>'),
    "an address that runs": svg('<a href=" javascript:alert(1)"><rect/></a>'),
    "an old address that runs": svg(
        '<a xlink:href="javascript:alert(1)"/>', 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    ),
    "an animation to such an address": svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    "a page in it": svg(
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'
    ),
    "another namespace's script": svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    "a file": svg("&f;", before='<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "a billion laughs": svg(
        "&c;",
        before='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    ),
    "a page that only calls itself svg": b'<svg xmlns="http://www.w3.org/1999/xhtml"/>',
    "no end": svg()[:-3],
    "depth": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 200_000,
}


@pytest.mark.parametrize("name", ACTIVE)
def test_an_svg_that_could_act_is_refused_and_soon(name: str) -> None:
    """Script, handlers, addresses that run, entities, endless depth."""
    start = process_time()
    with pytest.raises(BadFile):
        read_header(ACTIVE[name])
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="1in" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 40 20"', (40, 20)),
        ('viewBox="0 0 40 20" width="100%" height="100%"', (40, 20)),
        ('viewBox="0 0 40 20" width="80"', (80, 40)),
        ("", (300, 150)),
        ('width="1e9" height="1e9"', (16_384, 16_384)),
        ('width="." height="-5"', (300, 150)),
        ('width="0" height="0"', (300, 150)),
    ],
)
def test_an_svg_has_a_size_whatever_it_says(attributes: str, size: tuple[float, float]) -> None:
    header = read_header(svg("<rect/>", attributes))
    assert (header.width, header.height) == pytest.approx(size)


def test_an_svg_of_a_drawing_program_is_a_picture() -> None:
    before = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC '
        '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    style = "<style>text{font-family:x}</style><foreignObject><p>words</p></foreignObject>"
    assert read_header(svg(style, before=before)).media_type == "image/svg+xml"


@given(
    st.binary(max_size=80),
    st.sampled_from([b"", *(data[:n] for data in OF_7_BY_9.values() for n in (4, 12, 26, 80))]),
)
def test_any_bytes_are_a_picture_or_refused(tail: bytes, start: bytes) -> None:
    data = start + tail
    try:
        header = read_header(data, "here")
    except BadFile as error:
        refused = error
    else:
        assert header.width > 0
        assert header.height > 0
        assert header.media_type == media_type_of(data)
        return
    assert refused.where == "here"
