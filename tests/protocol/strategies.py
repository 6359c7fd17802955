"""Hypothesis strategies for everything that travels, made from the types themselves.

A new field or type is covered the moment it exists.
"""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Raw, inspect
from msgspec.structs import replace

from inkwire.protocol.elements import Element, Freedraw
from inkwire.protocol.frames import Ink, PackedPage, SnapshotRecord
from inkwire.protocol.labels import as_label
from inkwire.protocol.limits import MAX_NAME, MAX_POINTS_BYTES, MAX_TITLE
from inkwire.protocol.packing import packed
from inkwire.protocol.plain import plain
from inkwire.protocol.points import Point, encode_points

MANY = 4
"""Items of a list at most: structure matters here, not size."""
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
LABELS = TEXT.map(lambda words: as_label(words, 12))

SHIFTS = st.integers(0, 12)
COORDINATES = st.floats(-5000, 5000, allow_nan=False, width=32)
POINTS = st.lists(
    st.builds(
        Point,
        COORDINATES,
        COORDINATES,
        st.floats(0, 1, width=32),
        st.integers(0, 60_000),
    ),
    max_size=6,
)


@st.composite
def encoded_points(draw: st.DrawFn) -> bytes:
    """The bytes of some points, or none."""
    points = draw(POINTS)
    if not points and draw(st.booleans()):
        return b""
    pressure, time = draw(st.booleans()), draw(st.booleans())
    return encode_points(points, shift=draw(SHIFTS), pressure=pressure, time=time)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of any type that frames, ops and elements are made of."""
    return _of(inspect.type_info(kind))


def elements() -> st.SearchStrategy[Any]:
    """Elements of every type."""
    return values(Element)


def _of(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.NoneType():
            return st.none()
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=low, le=high):
            return st.integers(low, high)
        case inspect.FloatType(ge=float(low), le=float(high)):
            return _floats(low, high)
        case inspect.LiteralType(values=words):
            return st.sampled_from(words)
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern, fullmatch=True).filter(
                lambda text: len(text) <= (kind.max_length or 600)
            )
        case inspect.StrType():
            return LABELS if kind.max_length in (MAX_TITLE, MAX_NAME) else TEXT
        case inspect.BytesType(max_length=length):
            return encoded_points() if length == MAX_POINTS_BYTES else st.binary(max_size=40)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(_of(item) for item in items))
        case inspect.VarTupleType(item_type=item, min_length=least):
            return st.lists(_of(item), min_size=least or 0, max_size=MANY).map(tuple)
        case inspect.UnionType(types=types):
            return st.one_of([_of(each) for each in types])
        case inspect.StructType(cls=struct):
            return _structs(struct, kind)
        case _:
            raise TypeError(f"no strategy for {kind}")


def _floats(low: float, high: float) -> st.SearchStrategy[float]:
    """Whole numbers too: they are what a drawing has most, and JavaScript sends them as integers."""
    whole = st.integers(int(low) if low == int(low) else int(low) + 1, int(high)).map(float)
    return st.one_of(whole, st.floats(low, high, allow_subnormal=False))


def _structs(struct: type, kind: inspect.StructType) -> st.SearchStrategy[Any]:
    if struct is SnapshotRecord:
        return st.builds(record_of, st.integers(0, 2**40), elements())
    if struct is PackedPage:
        return st.lists(values(SnapshotRecord), max_size=MANY).map(packed_page)
    needed = {each.name: _of(each.type) for each in kind.fields if each.required}
    others = {each.name: _of(each.type) for each in kind.fields if not each.required}
    if struct is Ink:
        # Only a freedraw is drawn as ink, and its points are still to come.
        others["element"] = st.none() | values(Freedraw).map(_without_points)
    return st.fixed_dictionaries(needed, optional=others).map(lambda given: struct(**given))


def _without_points(element: Freedraw) -> Freedraw:
    return replace(element, points=b"")


def record_of(seq: int, element: Any) -> SnapshotRecord:
    """An element as the store keeps it: the large properties apart, nil where they are empty."""
    wire = plain(element)
    points, text = wire.pop("points", None), wire.pop("text", None)
    return SnapshotRecord(seq, Raw(msgspec.msgpack.encode(wire)), points or None, text)


def packed_page(records: list[SnapshotRecord]) -> PackedPage:
    """Records as a joiner gets them."""
    return packed(msgspec.msgpack.encode(records))
