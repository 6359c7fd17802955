"""Files that are broken, hostile or something else: an error that names the place, and no plan."""

from __future__ import annotations

import base64
import json
import struct
import tracemalloc
from collections.abc import Callable
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import BadFile
from inkwire.importing.excalidraw import plan_import
from inkwire.importing.limits import MAX_FILE_BYTES, MAX_VALUES
from inkwire.importing.target import Target
from tests.importing.drawings import PNG, imported, plan, record, scene

GOOD = scene(record("freedraw", points=[[0, 0], [1, 2]]), record("text", id="t", text="Grüße"))


def library(*elements: dict[str, Any]) -> bytes:
    items = [{"elements": []}, {"elements": list(elements)}]
    return json.dumps({"type": "excalidrawlib", "version": 2, "libraryItems": items}).encode()


def picture(data: bytes, kind: str = "image/png") -> bytes:
    url = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    return scene(record("image", fileId="f"), files={"f": {"dataURL": url}})


def png(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ""),
    "spaces": (b"   ", ""),
    "a picture": (PNG, ""),
    "a page": (b"<!doctype html>", ""),
    "a list": (b"[1]", ""),
    "no elements": (b'{"type":"excalidraw"}', ""),
    "another program's file": (b'{"tldrawFileFormatVersion":1,"records":[]}', ""),
    "torn": (GOOD[:-7], ""),
    "garbage inside": (GOOD.replace(b'"points"', b'"points'), ""),
    "not UTF-8": (GOOD.replace(b"Gr\\u00fc", b"Gr\xff"), "elements[1]"),
    "NaN": (GOOD.replace(b"[1, 2]", b"[NaN, 2]"), ""),
    "infinity": (GOOD.replace(b"[1, 2]", b"[1e999, 2]"), "elements[0].points[1][0]"),
    "far away": (GOOD.replace(b"[1, 2]", b"[1e308, 2]"), "elements[0].points[1]"),
    "one number": (GOOD.replace(b"[1, 2]", b"[1]"), "elements[0].points[1]"),
    "words for points": (GOOD.replace(b"[1, 2]", b'"1,2"'), "elements[0].points[1]"),
    "elements are a map": (b'{"type":"excalidraw","elements":{"a":1}}', "elements"),
    "an element is a number": (scene(record("line"), 5), "elements[1]"),  # type: ignore[arg-type]  # that is the point
    "an element without a type": (b'{"elements":[{"id":"a"}]}', "elements[0]"),
    "a width of words": (scene(record("ellipse", width="wide")), "elements[0].width"),
    "a huge width": (scene(record("ellipse", width=1e300)), "elements[0].width"),
    "outside of the board": (scene(record("ellipse", x=-1e8)), "elements[0].x"),
    "in a library": (
        library(record("line", points=[[0, 0], [0]])),
        "libraryItems[1].elements[0].points[1]",
    ),
    "in an old library": (
        json.dumps({"library": [[], [record("line", points=7)]]}).encode(),
        "library[1][0].points",
    ),
    "brackets without end": (b'{"elements":[' + b"[" * 100_000, ""),
    "nested points": (
        b'{"elements":[{"type":"line","points":' + b"[" * 50_000 + b"]" * 50_000 + b"}]}",
        "",
    ),
    "a million groups": (scene(record("ellipse", groupIds=["g"] * 1_001)), "elements[0].groupIds"),
    "an element of megabytes": (scene(record("text", text="x" * 5_000_000)), "elements[0]"),
    "more values than anybody draws": (
        b'{"elements":[' + b"1," * (MAX_VALUES + 1) + b"1]}",
        "",
    ),
    "too large": (b"{" + b" " * MAX_FILE_BYTES, ""),
    "a picture that is none": (picture(b"MZ this runs"), "files.f.dataURL"),
    "an endless picture": (picture(png(60_000, 60_000)), "files.f.dataURL"),
    "a flat picture": (picture(png(0, 5)), "files.f.dataURL"),
    "a torn picture": (picture(PNG[:18]), "files.f.dataURL"),
    "an address for a picture": (
        scene(record("image", fileId="f"), files={"f": {"dataURL": "https://a.example/x.png"}}),
        "files.f.dataURL",
    ),
    "broken base64": (
        scene(record("image", fileId="f"), files={"f": {"dataURL": "data:image/png;base64,@@@"}}),
        "files.f.dataURL",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place_and_soon(name: str) -> None:
    data, where = BAD[name]
    start = process_time()
    with pytest.raises(BadFile) as caught:
        plan(data)
    assert caught.value.where == where
    assert str(caught.value)
    assert process_time() - start < 2


def test_the_good_file_behind_these_is_good() -> None:
    assert len(plan(GOOD).elements) == 2
    assert plan(picture(PNG)).files


def test_names_from_a_script_engine_are_only_names() -> None:
    box, text, image = imported(
        record("rectangle", id="__proto__", groupIds=["constructor"]),
        record("text", id="prototype", containerId="__proto__", text="</text><script>"),
        record("image", id="i", fileId="../../etc/passwd"),
    )
    assert [len(each.id) for each in (box, text, image)] == [16, 16, 16]
    assert text.container == box.id
    assert image.file == ""


@pytest.mark.parametrize(
    ("attack", "times"),
    [
        (lambda n: b'{"elements":[' + b"1," * n + b"1]}", 60),
        (lambda n: b'{"library":[' + b"[]," * n + b"[]]}", 60),
        (lambda n: scene(record("line", points=[[0, 0]] * (n // 8))), 60),
        (lambda n: scene(record("text", text="\U0001f600" * (n // 12))), 60),
    ],
    ids=["numbers", "lists", "points", "letters"],
)
def test_a_megabyte_does_not_become_a_hundred(attack: Callable[[int], bytes], times: int) -> None:
    data = attack(500_000)
    tracemalloc.start()
    try:
        plan(data)
    except BadFile:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < len(data) * times


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = sorted(
    record("x") | {"points": 0, "text": 0, "roundness": 0, "startBinding": 0, "fileId": 0}
)


@given(
    st.sampled_from(["rectangle", "line", "arrow", "freedraw", "text", "image", "frame", "draw"]),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4),
    st.integers(0, 2**32),
)
def test_any_values_give_a_plan_or_a_bad_file(kind: str, props: dict[str, Any], seed: int) -> None:
    data = json.dumps(
        {"elements": [record(kind) | {k: v for k, v in props.items() if k != "type"}]}
    )
    try:
        made = plan_import(data.encode(), Target(at=(0, 0)), random=Random(seed))
    except BadFile as error:
        refused = error
    else:
        assert len(made.elements) <= 1
        return
    assert refused.where.startswith("elements[0]") or "malformed" in str(refused)


@given(
    st.binary(max_size=60), st.sampled_from([b"", b"{", b'{"elements":[', b'{"library":[[', GOOD])
)
def test_any_bytes_give_a_plan_or_a_bad_file(tail: bytes, start: bytes) -> None:
    try:
        made = plan(start + tail)
    except BadFile:
        return
    assert len(made.elements) <= 2


def test_values_are_counted_before_anything_is_parsed() -> None:
    with pytest.raises(BadFile, match="values"):
        plan(b'{"elements":[' + b"1," * (MAX_VALUES + 1) + b"1]}")
