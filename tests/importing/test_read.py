"""What a file is, its first bytes tell; hostile ones are refused soon, in little memory."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import BadFile
from inkwire.importing.plan import ImportPlan
from inkwire.importing.read import plan_file
from inkwire.importing.target import Target
from inkwire.protocol.backup import PREFACE, BackupBoard, BackupPicture, framed
from inkwire.protocol.elements import Binding
from inkwire.protocol.points import decode_points
from tests.assets.pictures import png
from tests.exporting.boards import drawn, everything
from tests.exporting.rewritten import as_backup, as_excalidraw, as_ndjson
from tests.importing.drawings import PNG, record, scene
from tests.importing.tldraws import shape, tldr

EMPTY = Target(is_empty=True)


def plan(data: bytes, target: Target = EMPTY) -> ImportPlan:
    return plan_file(BytesIO(data), target, random=Random(1))


def lines(*elements: dict[str, Any]) -> bytes:
    head = {"type": "inkwire", "format": "ndjson", "version": 1}
    return b"".join(json.dumps(each).encode() + b"\n" for each in (head, *elements))


BOX = {"type": "rectangle", "id": "b", "z": "a0", "place": [0, 0, 10, 10, 0]}


def test_a_file_is_known_by_its_beginning() -> None:
    assert plan(as_backup(everything())).types == plan(as_ndjson(everything())).types
    assert plan(as_excalidraw(everything())).types == plan(as_ndjson(everything())).types
    assert plan(tldr(shape("geo"))).types == {"rectangle": 1}
    made = plan(png(4_000, 2_000))
    assert (made.types, made.bounds) == ({"image": 1}, (0, 0, 1_000, 500))
    assert len(made.files) == 1


def test_a_script_may_leave_out_what_it_does_not_know() -> None:
    """Lines written by hand: points as pairs, no shift, defaults left out, empty lines."""
    ink = {"type": "freedraw", "id": "i", "z": "a1", "place": [0, 0, 1, 1, 0]}
    data = lines(BOX, ink | {"points": [[0, 0], [10.5, 3]]}) + b"\n\n"
    _, stroke = list[Any](plan(data).elements)
    assert [(p.x, p.y) for p in decode_points(stroke.points)] == [(0, 0), (10.5, 3)]


def test_on_a_board_with_something_on_it_the_same_file_is_new_each_time() -> None:
    """Ids, also where elements name one another; keys above; moved as a whole."""
    text = drawn("text", container="rectangle1", frame="gone", groups=("g", "h"))
    arrow = drawn("arrow", start=Binding(to="rectangle1"), end=Binding(to="gone"))
    drawing = [arrow, drawn("rectangle"), text]
    for write in (as_backup, as_ndjson, as_excalidraw):
        made = plan(write(drawing), Target(at=(0.0, 0.0), above="a5"))
        by_kind: dict[str, Any] = {type(each).__name__: each for each in made.elements}
        box, words, line = (by_kind[k] for k in ("Rectangle", "TextElement", "Arrow"))
        assert not {each.id for each in made.elements} & {each.id for each in drawing}
        assert set(made.ids) == {each.id for each in made.elements}
        assert all(each.z > "a5" for each in made.elements)
        assert (words.container, words.frame) == (box.id, "")
        assert (line.start.to, line.end) == (box.id, None)
        assert not set(words.groups) & {"g", "h"}
        x, y, width, height = made.bounds
        assert (x + width / 2, y + height / 2) == pytest.approx((0, 0), abs=0.01)


def png_of(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


def backup(*records: bytes) -> bytes:
    return PREFACE + framed(BackupBoard("board-0001", "", "e", 1)) + b"".join(records)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ""),
    "a zip archive": (b"PK\x03\x04" + bytes(100), ""),
    "a bomb of gzip": (b"\x1f\x8b" + zlib.compress(bytes(10**7)), ""),
    "a picture of gigabytes": (png_of(60_000, 60_000), ""),
    "a picture that is none": (b"\x89PNG\r\n\x1a\n" + b"MZ", ""),
    "JSON under a picture's name": (b"\xff\xd8\xff{}", ""),
    "a later version of lines": (lines().replace(b"1}", b"2}"), "line 1"),
    "a later version of backups": (PREFACE[:-1] + b"\x02", "byte 0"),
    "a record of gigabytes": (PREFACE + b"\xc6\xff\xff\xff\xff", "byte 15"),
    "another type of value": (PREFACE + b"\x93\x01\x02\x03\x04", "byte 15"),
    "two beginnings": (PREFACE * 2, "byte 30"),
    "a picture under another's name": (
        backup(framed(BackupPicture("0" * 64, png(1, 1)))),
        "byte 42",
    ),
    "a program as a picture": (
        backup(framed(BackupPicture("0" * 64, b"MZ" * 40))),
        "byte 42",
    ),
    "one id twice": (lines(BOX, BOX), "line 3"),
    "an unknown field": (lines(BOX | {"admin": True}), "line 2"),
    "a prototype": (lines(BOX | {"__proto__": {"polluted": True}}), "line 2"),
    "an id of a prototype": (lines(BOX | {"id": "__proto__"}), "line 2.id"),
    "NaN": (lines(BOX | {"opacity": float("nan")}), "line 2"),
    "beyond the numbers": (lines(BOX | {"place": [1e308, 0, 1, 1, 0]}), "line 2.place[0]"),
    "a number of 64 bits": (lines(BOX | {"seed": 2**63}), "line 2.seed"),
    "half a surrogate": (lines(BOX).replace(b'"b"', b'"\\ud800"'), "line 2"),
    "a frame's name that turns": (
        lines(BOX | {"type": "frame", "name": "\u202etxt.exe"}),
        "line 2",
    ),
    "a link that runs": (lines(BOX | {"link": "javascript:alert(1)"}), "line 2.link"),
    "a text of megabytes": (lines(BOX | {"type": "text", "text": "x" * 1_000_000}), "line 2.text"),
    "a line without end": (lines() + b'{"a":"' + b"x" * 5_000_000, "line 2"),
    "points of words": (
        lines(BOX | {"type": "line", "points": [["a", "b"]]}),
        "line 2.points[0][0]",
    ),
    "a point outside": (
        lines(BOX | {"type": "line", "points": [[0, 0], [1e300, 0]]}),
        "line 2.points[1]",
    ),
    "torn points": (lines(BOX | {"type": "line", "points": "AAQ/////"}), "line 2"),
    "brackets": (lines() + b"[" * 100_000, "line 2"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("target", [EMPTY, Target(at=(5.0, 5.0))], ids=["empty", "full"])
def test_hostile_files_are_refused_with_their_place(name: str, target: Target) -> None:
    data, where = HOSTILE[name]
    with pytest.raises(BadFile) as caught:
        plan(data, target)
    assert caught.value.where == where


def test_a_backup_says_what_is_wrong_with_it() -> None:
    """Each lock by itself: lengths, the end, the sum."""
    whole = as_backup([drawn("rectangle"), drawn("text", text="words")])
    for data, words in (
        (whole[:-4], "cut off"),
        (whole[: whole.rindex(b"\xc6")], "its end is missing"),
        (whole.replace(b"words", b"sword"), "checksum"),
        (whole + b"\0", "after the end"),
        (PREFACE + b"\xc6\xff\xff\xff\xff", "more than"),
    ):
        with pytest.raises(BadFile, match=words):
            plan(data)
    assert len(plan(whole).elements) == 2


def test_minus_zero_is_zero_and_marks_are_kept() -> None:
    """What is odd and harmless comes in as the protocol has it."""
    odd = BOX | {"place": [-0.0, 0, 10, 10, 0], "type": "text", "text": "\u202e\u0000x"}
    (text,) = list[Any](plan(lines(odd)).elements)
    assert text.text == "\u202e\u0000x"


@pytest.mark.parametrize(
    "attack",
    [
        lambda n: lines(*({**BOX, "id": f"b{k}"} for k in range(n // 80))),
        lambda n: lines(BOX | {"type": "line", "points": [[0, 0]] * 32_000}) + b"[" * n,
        lambda n: scene(record("line", points=[[0, 0]] * (n // 8))),
        lambda n: PREFACE + b"\xc6\x00\xff\xff\xff" + bytes(n),
    ],
    ids=["lines", "points", "excalidraw", "a short record"],
)
def test_a_megabyte_does_not_become_a_hundred(attack: Callable[[int], bytes]) -> None:
    data = attack(500_000)
    tracemalloc.start()
    try:
        plan(data)
    except BadFile:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 60 * 500_000


@given(
    st.sampled_from(
        [PREFACE, lines(), b"", tldr()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'"]
    ),
    st.binary(max_size=40),
)
def test_any_bytes_give_a_plan_or_a_bad_file(start: bytes, tail: bytes) -> None:
    try:
        made = plan(start + tail)
    except BadFile:
        return
    assert len(made.elements) <= 1
