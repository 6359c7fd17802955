"""Element for element: what Excalidraw wrote, in our words."""

from __future__ import annotations

import base64
import hashlib
import math
from typing import Any

import pytest

from inkwire.protocol.elements import Image
from inkwire.protocol.points import PRESSURE, decode_points
from inkwire.rooms.bounds import bounds_of
from tests.importing.drawings import PNG, elements_of, imported, names, one, plan, record, scene


def test_a_shape_keeps_its_place_and_its_look() -> None:
    box = one(
        "rectangle",
        strokeColor="#FF0000",
        backgroundColor="pink",
        fillStyle="cross-hatch",
        strokeWidth=4,
        strokeStyle="dashed",
        roughness=2,
        opacity=40,
        locked=True,
        seed=99,
        roundness={"type": 3},
    )
    assert box.place == (10, 20, 100, 50, 0)
    assert (box.color, box.fill, box.fill_style) == ("#ff0000", "#ffc0cb", "cross-hatch")
    assert (box.stroke_width, box.dash, box.roughness, box.seed) == (4, "dashed", 2, 99)
    assert (box.opacity, box.locked, box.rounded) == (0.4, True, True)


def test_what_a_file_leaves_out_is_what_excalidraw_would_fill_in() -> None:
    (box,) = imported({"type": "ellipse"})
    assert (box.color, box.fill, box.stroke_width, box.roughness) == (
        "#1e1e1e",
        "transparent",
        2,
        1,
    )
    assert (box.opacity, box.seed, box.dash, box.fill_style) == (1, 1, "solid", "solid")


@pytest.mark.parametrize(
    ("kind", "props", "expected"),
    [
        ("rectangle", {"roundness": None}, False),
        ("rectangle", {"strokeSharpness": "round"}, True),
        ("rectangle", {"strokeSharpness": "sharp"}, False),
        ("rectangle", {}, False),
        ("diamond", {"roundness": {"type": 2}}, True),
        ("diamond", {"strokeSharpness": "sharp"}, False),
    ],
)
def test_corners_are_round_where_either_way_of_saying_it_says_so(
    kind: str, props: dict[str, Any], expected: bool
) -> None:
    assert one(kind, **props).rounded is expected


@pytest.mark.parametrize(
    ("kind", "props", "curve"),
    [
        ("line", {}, "sharp"),
        ("line", {"roundness": {"type": 2}}, "round"),
        ("line", {"strokeSharpness": "round"}, "round"),
        ("arrow", {"roundness": None, "strokeSharpness": "sharp"}, "sharp"),
        ("arrow", {"elbowed": True}, "elbow"),
        ("line", {"elbowed": True}, "sharp"),
    ],
)
def test_lines_are_sharp_round_or_elbowed(kind: str, props: dict[str, Any], curve: str) -> None:
    assert one(kind, points=[[0, 0], [10, 5]], **props).curve == curve


def test_turning_about_the_centre_is_turning_about_the_origin_elsewhere() -> None:
    box = one("diamond", angle=math.pi / 2)
    # Centre (60, 45): a quarter turn leaves a box 50 wide and 100 high about it.
    assert box.place[4] == math.pi / 2
    assert bounds_of(box) == pytest.approx((35, -5, 85, 95), abs=1e-3)


def test_angles_beyond_a_full_turn_are_brought_back() -> None:
    assert one("rectangle", angle=7.851639136884419).place[4] == pytest.approx(1.5684538, abs=1e-6)
    assert one("rectangle", angle=-math.pi / 2).place[4] == pytest.approx(1.5 * math.pi)
    assert one("rectangle", angle=3.0).place[4] == 3.0


def test_a_turned_line_turns_about_the_middle_of_its_points() -> None:
    line = one("line", x=0, y=0, angle=math.pi, points=[[0, 0], [100, 0], [100, 40]])
    assert bounds_of(line) == pytest.approx((0, 0, 100, 40), abs=1e-3)
    x, y, *_ = line.place
    assert (x, y) == pytest.approx((100, 40), abs=1e-3)


def test_a_box_drawn_leftwards_is_the_box_it_covers() -> None:
    assert one("rectangle", width=-100, height=-50).place == (-90, -30, 100, 50, 0)


def test_places_and_points_lie_on_one_grid() -> None:
    box = one("rectangle", x=0.1, y=1 / 3, width=math.pi, height=1e-5)
    assert all((each * 1024).is_integer() for each in box.place[:4])
    assert box.place[:2] == pytest.approx((0.1, 1 / 3), abs=1 / 2048)
    stroke = one("freedraw", points=[[0, 0], [0.1, 0.123456789]], simulatePressure=True)
    points = decode_points(stroke.points)
    assert (points[1].x, points[1].y) == pytest.approx((0.1, 0.123456789), abs=1 / 2048)


def test_a_line_of_one_point_goes_to_the_far_corner_of_its_box() -> None:
    points = decode_points(one("arrow", points=[[0, 0]]).points)
    assert [(point.x, point.y) for point in points] == [(0, 0), (100, 50)]


def test_pen_pressure_is_kept_and_simulated_pressure_is_not() -> None:
    points = [[0, 0], [5, 5], [9, 9]]
    plain = one("freedraw", points=points, simulatePressure=True, pressures=[])
    assert not plain.points[0] & PRESSURE
    pressed = one("freedraw", points=points, simulatePressure=False, pressures=[0.2, 1, 7])
    assert [round(point.pressure, 2) for point in decode_points(pressed.points)] == [0.2, 1, 1]
    short = one("freedraw", points=points, simulatePressure=False, pressures=[0.2])
    assert [round(point.pressure, 2) for point in decode_points(short.points)] == [0.2, 0.2, 0.2]
    none = one("freedraw", points=points, simulatePressure=False)
    assert [round(point.pressure, 1) for point in decode_points(none.points)] == [0.5, 0.5, 0.5]


def test_the_two_points_of_a_dot_stay_two() -> None:
    dot = one("freedraw", points=[[0, 0], [0.0001, 0.0001]], simulatePressure=False)
    first, second = decode_points(dot.points)
    assert (first.x, first.y) != (second.x, second.y)


def test_ink_is_filled_as_it_was() -> None:
    loop = [[0, 0], [50, 0], [50, 50], [0, 1]]
    fill = {"points": loop, "backgroundColor": "#ff0000"}
    for style in ("solid", "hachure", "cross-hatch", "zigzag"):
        ink = one("freedraw", fillStyle=style, **fill)
        assert (ink.fill, ink.fill_style) == ("#ff0000", style)


def test_the_pen_of_the_first_versions_is_a_line_as_excalidraw_has_it() -> None:
    old = one("draw", points=[[0, 0], [10, 5]], strokeSharpness="round")
    assert old.__struct_config__.tag == "line"
    assert old.curve == "round"


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("arrow", "arrow"),
        ("triangle_outline", "triangle-outline"),
        ("circle", "dot"),
        ("crowfoot_one_or_many", "crowfoot-one-or-many"),
        ("something new", "arrow"),
        (None, "none"),
    ],
)
def test_arrow_heads(word: str | None, head: str) -> None:
    arrow = one("arrow", points=[[0, 0], [10, 5]], startArrowhead=word)
    assert (arrow.start_head, arrow.end_head) == (head, "arrow")


def test_ids_and_groups_are_new_and_references_follow_them() -> None:
    data = scene(
        record("rectangle", id="box", groupIds=["g1", "g2"]),
        record("text", id="words", text="Hi", containerId="box", groupIds=["g2"]),
        record(
            "arrow",
            id="pointer",
            points=[[0, 0], [9, 9]],
            startBinding={"elementId": "box", "focus": 0.25, "gap": 3},
            endBinding={"elementId": "gone", "focus": 0, "gap": 1},
        ),
        record("frame", id="frame", name="Ar\n\u202eea"),
        record("line", id="line", points=[[0, 0], [9, 9]], frameId="frame"),
    )
    box, words, pointer, frame, line = elements_of(data, seed=1)
    assert len({each.id for each in (box, words, pointer, frame, line)}) == 5
    assert "box" not in (box.id, words.container)
    assert words.container == box.id
    assert box.groups[1] == words.groups[0] != box.groups[0]
    assert (pointer.start.to, pointer.start.focus, pointer.start.gap) == (box.id, 0.25, 3)
    assert pointer.end is None
    assert (frame.name, line.frame) == ("Ar ea", frame.id)
    again = elements_of(data, seed=2)
    assert not {each.id for each in again} & {box.id, words.id, pointer.id, frame.id, line.id}


def test_a_newer_binding_holds_a_point_of_the_shape() -> None:
    box = record("rectangle", id="box")
    binding = {"elementId": "box", "fixedPoint": [0.5, 1.25], "mode": "orbit"}
    arrow = record("arrow", points=[[0, 0], [9, 9]], endBinding=binding)
    assert imported(box, arrow)[1].end.at == (0.5, 1.25)


def test_of_two_elements_with_one_id_both_come_and_references_mean_the_first() -> None:
    first, label, second = imported(
        record("rectangle", id="same"),
        record("ellipse", id="same"),
        record("text", id="words", text="x", containerId="same"),
    )
    # The label stands right above its shape, wherever the file lists it.
    assert names([first, label, second]) == ["rectangle", "text", "ellipse"]
    assert label.container == first.id != second.id


@pytest.mark.parametrize(
    ("family", "font"),
    [(1, "hand"), (2, "sans"), (3, "mono"), (5, "hand"), (6, "sans"), (8, "mono")],
)
def test_fonts(family: int, font: str) -> None:
    text = one("text", text="a", fontFamily=family, fontSize=28, textAlign="right")
    assert (text.font, text.font_size, text.align) == (font, 28, "right")


def test_the_first_versions_wrote_size_and_font_as_one() -> None:
    text = one("text", text="a", font="24px Cascadia")
    assert (text.font, text.font_size) == ("mono", 24)


def test_a_missing_line_height_is_read_off_the_box() -> None:
    assert one("text", text="a\nb\n", fontSize=16, height=60).line_height == 1.25
    assert one("text", text="a", fontSize=16, height=0, fontFamily=3).line_height == 1.2
    assert one("text", text="a", fontSize=16, height=60, lineHeight=1.5).line_height == 1.5


def test_text_in_a_shape_wraps_at_the_shape_and_stays_where_it_was() -> None:
    shape = record("rectangle", id="box", x=0, y=0, width=210, height=80)
    label = record(
        "text",
        id="label",
        x=80,
        y=20,
        width=50,
        height=40,
        text="two\nwords",
        originalText="two words",
        containerId="box",
        textAlign="center",
        fontFamily=1,
    )
    words = imported(shape, label)[1]
    assert (words.text, words.auto_size) == ("two words", False)
    assert words.place == (5, 20, 200, 40, 0)
    left = imported(shape, label | {"textAlign": "left", "x": 5})[1]
    assert left.place == (5, 20, 200, 40, 0)
    ellipse = imported(shape | {"type": "ellipse"}, label)[1]
    assert ellipse.place[2] == pytest.approx(210 * math.sqrt(0.5) - 10, abs=1e-3)


def test_a_turned_label_widens_along_its_own_line() -> None:
    shape = record("rectangle", id="box", x=0, y=0, width=210, height=80, angle=math.pi / 2)
    label = record("text", x=80, y=20, width=50, height=40, text="a", containerId="box")
    label |= {"angle": math.pi / 2, "textAlign": "left"}
    words = imported(shape, label)[1]
    # Its left end, which the quarter turn brings to the top, stays at (105, 15).
    assert bounds_of(words) == pytest.approx((85, 15, 125, 215), abs=1e-2)


def test_the_label_of_an_arrow_keeps_its_breaks() -> None:
    arrow = record("arrow", id="a", points=[[0, 0], [100, 0]])
    label = record("text", text="two\nwords", originalText="two words", containerId="a")
    words = imported(arrow, label)[1]
    assert (words.text, words.auto_size, words.place) == ("two\nwords", True, (10, 20, 100, 50, 0))


def test_links_that_could_run_are_dropped_and_counted() -> None:
    links = ["https://a.example/x?y#z", "HTTP://a.example", "javascript:alert(1)", "a b", None]
    data = scene(*(record("ellipse", id=f"e{i}", link=link) for i, link in enumerate(links)))
    made = plan(data)
    assert [each.link for each in made.elements] == [links[0], "http://a.example", "", "", ""]
    assert made.notes == {"links dropped": 2}


def test_a_picture_comes_with_its_bytes_and_its_size() -> None:
    url = "data:image/png;base64," + base64.b64encode(PNG).decode()
    picture = record("image", fileId="f", scale=[-1, 1])
    picture["crop"] = {
        "x": 1,
        "y": 0,
        "width": 1,
        "height": 3,
        "naturalWidth": 2,
        "naturalHeight": 3,
    }
    made = plan(scene(picture, files={"f": {"mimeType": "image/png", "dataURL": url}}))
    image: Any = made.elements[0]
    assert image.file == hashlib.sha256(PNG).hexdigest()
    assert made.files == {image.file: PNG}
    assert (image.natural, image.crop) == ((2, 3), (0.5, 0, 1, 1))
    # Mirrored: from the right edge back.
    assert image.place == (110, 20, -100, 50, 0)


def test_a_picture_that_is_not_there_leaves_its_box() -> None:
    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    svg = "data:image/svg+xml;base64," + base64.b64encode(script).decode()
    made = plan(
        scene(
            record("image", id="a", fileId="missing"),
            record("image", id="b", fileId="svg"),
            files={"svg": {"dataURL": svg}},
        )
    )
    assert [each.file for each in made.elements if isinstance(each, Image)] == ["", ""]
    assert made.notes == {"pictures missing": 2, "SVG pictures with scripts left out": 1}
    assert made.files == {}


def test_unknown_types_are_counted_and_deleted_elements_left_out() -> None:
    made = plan(
        scene(
            record("embeddable"),
            record("iframe"),
            record("iframe"),
            record("ellipse", isDeleted=True),
            record("ellipse"),
        )
    )
    assert made.types == {"ellipse": 1}
    assert made.skipped == {"embeddable": 1, "iframe": 2}
    assert made.notes == {"deleted elements left out": 1}


def test_numbers_out_of_range_are_brought_into_it() -> None:
    box = one("rectangle", strokeWidth=9999, roughness=-3, opacity=900, seed=-(2**40) - 5)
    assert (box.stroke_width, box.roughness, box.opacity, box.seed) == (256, 0, 1, 5)
    deep = one("rectangle", groupIds=[str(i) for i in range(40)])
    assert len(deep.groups) == 16
