"""Simple SVG as elements; everything else as the picture it is, or not at all."""

from __future__ import annotations

import math
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import BadFile
from inkwire.importing.plan import ImportPlan
from inkwire.importing.read import plan_file
from inkwire.importing.svg_paths import courses_of
from inkwire.importing.target import Target
from inkwire.protocol.points import decode_points
from inkwire.rooms.bounds import bounds_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" {}>'


def svg(body: str, attributes: str = 'viewBox="0 0 200 100"') -> bytes:
    return (HEAD.format(attributes) + body + "</svg>").encode()


def plan(data: bytes) -> ImportPlan:
    return plan_file(BytesIO(data), Target(), random=Random(1))


def drawn(body: str, attributes: str = 'viewBox="0 0 200 100"') -> list[Any]:
    return list(plan(svg(body, attributes)).elements)


def kinds(body: str) -> list[str]:
    return [type(element).__name__ for element in drawn(body)]


def spots(line: Any) -> list[tuple[float, float]]:
    x, y = line.place[:2]
    return [(round(x + p.x, 1), round(y + p.y, 1)) for p in decode_points(line.points)]


def test_every_simple_kind_has_its_element() -> None:
    box, round_, dot, line, open_, closed, path, words = drawn(
        """<title>A plan</title><defs><linearGradient id="unused"/></defs>
        <rect x="10" y="20" width="30" height="40" fill="none" stroke="red" stroke-width="3"/>
        <ellipse cx="100" cy="50" rx="20" ry="10" style="fill: #00f; stroke: none"/>
        <circle cx="5" cy="5" r="5"/>
        <line x1="0" y1="0" x2="9" y2="9" stroke="#000" stroke-dasharray="8 4"/>
        <polyline points="0,0 10,0 10,10" fill="none" stroke="#000"/>
        <polygon points="0 0 10 0 10 10"/>
        <path d="m10 10h20v20zm" stroke="#123456" fill="none"/>
        <text x="50" y="60" text-anchor="middle" font-family="serif">Two <tspan>words</tspan></text>"""
    )
    assert box.place == (10, 20, 30, 40, 0)
    assert (box.color, box.fill, box.stroke_width, box.roughness) == (
        "#ff0000",
        "transparent",
        3,
        0,
    )
    assert (bounds_of(round_), round_.fill, round_.color) == (
        (80, 40, 120, 60),
        "#0000ff",
        "transparent",
    )
    assert (dot.fill, line.dash) == ("#000000", "dashed")
    assert spots(open_) == [(0, 0), (10, 0), (10, 10)]
    assert spots(closed) == [(0, 0), (10, 0), (10, 10), (0, 0)]
    assert spots(path) == [(10, 10), (30, 10), (30, 30), (10, 10)]
    assert (words.text, words.font, words.align) == ("Two words", "serif", "center")
    assert words.place[0] + words.place[2] / 2 == pytest.approx(50, abs=0.01)


def test_places_turns_and_what_is_inherited() -> None:
    (box,) = drawn(
        '<g transform="translate(100 0) rotate(90)" stroke="green" opacity=".5"><g stroke-width="2">'
        '<rect width="20" height="10" fill="none" opacity="0.5"/></g></g>',
        'viewBox="0 0 100 50"',
    )
    assert box.place == pytest.approx((200, 0, 40, 20, math.pi / 2), abs=0.01)
    assert (box.color, box.stroke_width, box.opacity) == ("#008000", 4, 0.25)


def test_a_dashed_curve_is_one_curve() -> None:
    looks = 'fill="none" stroke="#000" stroke-dasharray="6 4"'
    curve, corner = drawn(f'<path d="M0 0C9 0 9 9 18 9" {looks}/><path d="M0 0L9 9 18 0" {looks}/>')
    assert (curve.curve, len(spots(curve)), spots(curve)[-1]) == ("round", 5, (18, 9))
    assert (corner.curve, len(spots(corner))) == ("sharp", 3)


def test_curves_and_arcs_end_where_they_should() -> None:
    for data, end, middle in (
        ("M0 0C0 10 10 10 10 0", (10, 0), (5, 7.5)),
        ("M0 0Q5 10 10 0T20 0", (20, 0), (10, 0)),
        ("M0 0A5 5 0 0110 0", (10, 0), (5, -5)),
        ("M0,0a5,5,0,1,0,10,0", (10, 0), (5, 5)),
    ):
        (course,) = courses_of(data, "")
        points = course.points
        assert points[-1] == pytest.approx(end, abs=1e-6), data
        assert points[len(points) // 2] == pytest.approx(middle, abs=0.6), data


@pytest.mark.parametrize(
    "body",
    [
        '<rect width="9" height="9" fill="url(#g)"/>',
        "<style>rect{fill:red}</style><rect width='9' height='9'/>",
        '<rect width="9" height="9" clip-path="url(#c)"/>',
        '<path d="M0 0h9v9zM2 2h3v3z"/>',
        '<rect width="9" height="9" transform="skewX(20)"/>',
        '<rect width="50%" height="9"/>',
        '<svg><rect width="9" height="9"/></svg>',
        '<image width="9" height="9" href="data:image/png;base64,AAAA"/>',
        "<g>" * 200 + "</g>" * 200,
        "<rect width='1' height='1'/>" * 5_001,
        "",
    ],
)
def test_what_elements_could_not_show_stays_a_picture(body: str) -> None:
    made = plan(svg(body))
    assert kinds(body) == ["Image"]
    assert list(made.files.values()) == [svg(body)]
    assert made.bounds == (0, 0, 200, 100)


HOSTILE = {
    "a file from here": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    "an address": b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a billion laughs": b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
    "a script": svg("<script>alert(1)</script>"),
    "a handler": svg('<rect width="1" height="1" onload="alert(1)"/>'),
    "an address that runs": svg('<a href="javascript:alert(1)"><rect width="1" height="1"/></a>'),
    "torn": svg("<rect")[:-4],
    "a number without end": svg('<rect width="1e99" height="1"/>'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_or_loads_is_refused(name: str) -> None:
    with pytest.raises(BadFile):
        plan(HOSTILE[name])


@given(st.text("MmLlHhVvCcSsQqTtAaZz 0123456789.,-eE", max_size=60))
def test_any_path_gives_points_or_a_bad_file(data: str) -> None:
    try:
        for course in courses_of(data, ""):
            assert len(course.points) > 1
    except BadFile:
        return
