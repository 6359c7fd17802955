"""tldraw's shapes as elements; the places of what is wrong."""

from __future__ import annotations

import base64
import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import BadFile
from inkwire.protocol.points import decode_points
from inkwire.rooms.bounds import bounds_of
from tests.importing.drawings import PNG
from tests.importing.tldraws import bound, drawn, path_of, plan, rich, shape, tldr


def spots(element: Any) -> list[tuple[float, float]]:
    """The points of a line that is not turned, in the world."""
    x, y = element.place[:2]
    return [(round(x + p.x, 2), round(y + p.y, 2)) for p in decode_points(element.points)]


@pytest.mark.parametrize(
    ("geo", "kind"),
    [
        ("rectangle", "Rectangle"),
        ("ellipse", "Ellipse"),
        ("diamond", "Diamond"),
        ("triangle", "Triangle"),
        ("star", "Line"),
        ("cloud", "Ellipse"),
        ("x-box", "Rectangle"),
    ],
)
def test_a_shape_becomes_ours_or_the_nearest(geo: str, kind: str) -> None:
    made = plan(tldr(shape("geo", geo=geo, w=100, h=40, growY=10, x=7, y=8)))
    (element,) = made.elements
    assert type(element).__name__ == kind
    box = bounds_of(element)
    assert (box.min_x, box.min_y, box.width, box.height) == pytest.approx((7, 8, 100, 50), abs=0.01)
    assert bool(made.notes) is (geo in ("cloud", "x-box"))


def test_looks_are_taken_over() -> None:
    look = {"color": "red", "fill": "pattern", "dash": "dashed", "size": "l", "scale": 2}
    (box,) = drawn(shape("geo", opacity=0.5, isLocked=True, url="https://a.example/", **look))
    assert (box.color, box.fill, box.fill_style, box.dash) == (
        "#e03131",
        "#e03131",
        "hachure",
        "dashed",
    )
    assert (box.stroke_width, box.roughness, box.opacity, box.locked) == (10.0, 0.0, 0.5, True)
    assert box.link == "https://a.example/"
    (safe,) = drawn(shape("geo", url="javascript:alert(1)"))
    assert safe.link == ""


@pytest.mark.parametrize("words", [{"text": "two\nlines"}, {"richText": rich("two", "lines")}])
def test_words_in_a_shape_belong_to_it(words: dict[str, Any]) -> None:
    box, label = drawn(shape("geo", w=200, h=100, font="mono", align="end", **words))
    assert (label.text, label.container, label.font) == ("two\nlines", box.id, "mono")
    assert (label.align, label.vertical_align, label.auto_size) == ("right", "middle", False)
    assert box.place[1] < label.place[1] < box.place[1] + 50


def test_a_word_in_a_shape_does_not_break() -> None:
    _, label = drawn(shape("geo", geo="diamond", w=100, h=100, text="Ready? go"))
    assert label.place[2] >= 6 * label.font_size * 0.6


def test_notes_texts_frames() -> None:
    note, text, frame = drawn(
        shape("note", richText=rich("remember"), color="blue", growY=20, scale=1.5),
        shape("text", index="a2", text="words", size="xl", color="green", w=8),
        shape("frame", index="a3", w=300, h=200, name="Area\n51"),
    )
    assert (note.text, note.fill, note.place[2:4]) == ("remember", "#8aa3ff", (300.0, 330.0))
    assert (text.text, text.font_size, text.color, text.auto_size) == (
        "words",
        44.0,
        "#099268",
        True,
    )
    assert (frame.name, frame.place[2:4]) == ("Area 51", (300.0, 200.0))


def test_ink_in_every_encoding_is_the_same_ink() -> None:
    points = [(0.0, 0.0, 0.25), (10.0, 5.0, 0.5), (20.0, 0.5, 1.0)]
    objects = [{"x": x, "y": y, "z": z} for x, y, z in points]
    flat = b"".join(struct.pack("<3e", *point) for point in points)
    parts = [
        {"type": "free", "points": objects},
        {"type": "free", "points": base64.b64encode(flat).decode()},
        {"type": "free", "path": path_of(points)},
    ]
    strokes = [drawn(shape("draw", segments=[part], isPen=True, size="s"))[0] for part in parts]
    assert len({stroke.points for stroke in strokes}) == 1
    assert [p.pressure for p in decode_points(strokes[0].points)] == pytest.approx(
        [0.25, 0.5, 1], abs=0.01
    )
    (flatly,) = drawn(
        shape("draw", segments=[{"path": path_of([p[:2] for p in points]), "dim": 2}], scaleX=2)
    )
    assert spots(flatly) == [(0, 0), (20, 5), (40, 0.5)]
    assert flatly.points[0] == 0  # no pressure of its own


def test_straight_segments_are_a_line_and_join() -> None:
    ends = [[(0, 0), (50, 0)], [(50, 0), (50, 50)], [(50, 50), (0, 0)]]
    parts = [
        {"type": "straight", "points": [{"x": x, "y": y, "z": 0.5} for x, y in each]}
        for each in ends
    ]
    (line,) = drawn(shape("draw", segments=parts, isClosed=True, fill="fill"))
    assert (type(line).__name__, line.fill) == ("Line", "#1d1d1d")
    assert spots(line) == [(0, 0), (50, 0), (50, 50), (0, 0)]


def test_highlighters_lines_and_their_order() -> None:
    points = {
        "b": {"id": "b", "index": "a2", "x": 50, "y": 10},
        "a": {"id": "a", "index": "a1", "x": 0, "y": 0},
    }
    marker, line = drawn(
        shape("highlight", segments=[{"path": path_of([(0.0, 0.0), (9.0, 9.0)]), "dim": 2}]),
        shape("line", index="a2", points=points, spline="cubic"),
    )
    assert (marker.brush, round(marker.stroke_width, 2)) == ("highlighter", 3.36)
    assert (line.curve, spots(line)) == ("round", [(0, 0), (50, 10)])


def test_an_arrow_stops_before_what_holds_it() -> None:
    left, right = shape("geo", "l", w=100, h=100), shape("geo", "r", w=100, h=100, x=300)
    held = shape("arrow", start={"x": 0, "y": 0}, end={"x": 1, "y": 1}, richText=rich("to"))
    one, two, arrow, label = drawn(
        left,
        right,
        held | {"index": "a9"},
        bound("arrow", "l", "start"),
        bound("arrow", "r", "end"),
    )
    assert (arrow.start.to, arrow.end.to) == (one.id, two.id)
    assert spots(arrow) == [(110, 50), (290, 50)]
    assert (label.text, label.container) == ("to", arrow.id)
    older = {"type": "binding", "boundShapeId": "shape:r", "normalizedAnchor": {"x": 0.5, "y": 0.5}}
    free = {"type": "point", "x": 10, "y": 50}
    *_, arrow = drawn(right, shape("arrow", index="a9", start=free, end=older, arrowheadEnd="pipe"))
    assert (arrow.start, arrow.end_head, spots(arrow)) == (None, "bar", [(10, 50), (290, 50)])


def test_bent_arrows_and_elbows() -> None:
    ends: dict[str, Any] = {"start": {"x": 0, "y": 0}, "end": {"x": 100, "y": 0}}
    (bent,) = drawn(shape("arrow", bend=30, **ends))
    assert (bent.curve, len(spots(bent)), abs(spots(bent)[1][1])) == ("round", 3, 30)
    ends["end"]["y"] = 60
    (elbow,) = drawn(shape("arrow", kind="elbow", **ends))
    assert (elbow.curve, spots(elbow)) == ("elbow", [(0, 0), (50, 0), (50, 60), (100, 60)])


def test_groups_frames_and_turns_lie_in_one_another() -> None:
    frame = shape("frame", w=400, h=400, x=100, y=100, rotation=math.pi / 2)
    group = shape("group", parent="shape:frame", x=50, y=0)
    box = shape("geo", "in", parent="shape:group", x=10, y=20)
    outer, inner = drawn(frame, group, box)
    assert inner.frame == outer.id
    assert len(inner.groups) == 1
    # A quarter turn clockwise: right is down, down is left.
    assert inner.place[:2] == pytest.approx((80, 160))
    assert inner.place[4] == pytest.approx(math.pi / 2)


def test_pictures_come_with_the_file_and_from_nowhere_else() -> None:
    url = "data:image/png;base64," + base64.b64encode(PNG).decode()
    assets = [
        {"typeName": "asset", "type": "image", "id": f"asset:{n}", "props": {"src": src}}
        for n, src in enumerate((url, "https://a.example/x.png"))
    ]
    crop = {"topLeft": {"x": 0.25, "y": 0}, "bottomRight": {"x": 1, "y": 0.5}}
    made = plan(
        tldr(
            *assets,
            shape("image", "a", assetId="asset:0", w=20, h=30, crop=crop, flipX=True),
            shape("image", "b", index="a2", assetId="asset:1"),
        )
    )
    here, away = list[Any](made.elements)
    assert (here.file in made.files, here.natural, here.crop) == (
        True,
        (2.0, 3.0),
        (0.25, 0, 1, 0.5),
    )
    assert here.place[:3] == (20.0, 0.0, -20.0)
    assert (away.file, made.notes) == ("", {"pictures missing": 1})


def test_pages_stand_side_by_side_and_others_are_counted() -> None:
    made = plan(tldr(shape("geo"), shape("geo", "two", parent="page:p2"), shape("embed"), pages=2))
    one, two = map(bounds_of, made.elements)
    assert one.max_x < two.min_x or one.max_y < two.min_y
    assert made.skipped == {"embed": 1}


BAD: dict[str, tuple[bytes, str]] = {
    "no records": (b'{"tldrawFileFormatVersion":1}', ""),
    "a word for a number": (tldr(shape("geo", x="left")), "records[3].x"),
    "far away": (tldr(shape("geo", x=1e300)), "records[3].x"),
    "endless": (tldr(shape("geo")).replace(b'"y": 0', b'"y": 1e999'), "records[3].y"),
    "no base64": (tldr(shape("draw", segments=[{"path": "@"}])), "records[3].props.segments[0]"),
    "cut points": (
        tldr(shape("draw", segments=[{"path": "AAAA"}])),
        "records[3].props.segments[0]",
    ),
    "one id twice": (tldr(shape("geo"), shape("geo")), "records[4]"),
    "a scale of nothing": (tldr(shape("geo", scale=0)), "records[3].props.scale"),
    "words without end": (
        tldr(shape("geo", richText=0)).replace(
            b'"richText": 0', b'"richText":' + b'{"content":[' * 9_000
        ),
        "",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place(name: str) -> None:
    data, where = BAD[name]
    with pytest.raises(BadFile) as caught:
        plan(data)
    assert caught.value.where == where


def test_shapes_that_lie_in_one_another_in_a_circle_are_not_walked() -> None:
    one, two = shape("group", "a", parent="shape:b"), shape("group", "b", parent="shape:a")
    assert plan(tldr(one, two, shape("geo", parent="shape:a"))).elements == []
    deep = [shape("group", f"g{n}", parent=f"shape:g{n + 1}") for n in range(100)]
    with pytest.raises(BadFile, match="too deep"):
        plan(tldr(*deep, shape("group", "g100")))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = [
    "w",
    "h",
    "geo",
    "scale",
    "segments",
    "start",
    "bend",
    "points",
    "richText",
    "crop",
    "size",
]


@given(
    st.sampled_from(
        ["geo", "draw", "arrow", "line", "note", "text", "image", "frame", "highlight"]
    ),
    st.dictionaries(st.sampled_from([*FIELDS, "text", "kind", "dim", "growY"]), JSON, max_size=3),
)
def test_any_values_give_a_plan_or_a_bad_file(kind: str, props: dict[str, Any]) -> None:
    data = json.dumps(json.loads(tldr(shape(kind))))
    file = json.loads(data)
    file["records"][-1]["props"] = props
    try:
        made = plan(json.dumps(file).encode())
    except BadFile:
        return
    assert len(made.elements) <= 2
