"""Random drawings: elements of every type, ops of every kind, right and wrong properties."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from inkwire.protocol.elements import ELEMENT_TYPES, Element, Rectangle
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.protocol.plain import wire_names

IDS = st.sampled_from(["a", "b", "c", "d", "e-_9", "Z" * 32])
KEYS = st.sampled_from(["a0", "a", "a1", "a0V", "Zz", "zz9"])
NUMBERS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.5, 0.1, 1e7, -1e7, 123456.789, 2.0**-20]),
    st.floats(-1e6, 1e6, allow_nan=False, width=32),
    st.floats(-1e6, 1e6, allow_nan=False),
)
PLACES = st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from([0, 0.5, -3.1, 6.28]))
TEXTS = st.one_of(st.sampled_from(["", "hi", "\0", "é😀", "x" * 300]), st.text(max_size=20))
POINTS = st.sampled_from(
    [b"", b"\x00\x04\x02\x02", b"\x03\x04\x02\x02\x80\x01\x00", b"\x00\x00" + b"\x02" * 4000]
)
COLOURS = st.sampled_from(["#1e1e1e", "#e03131", "transparent", "#11223344"])
BINDINGS = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {"to": IDS},
        optional={
            "at": st.one_of(st.none(), st.just((0.5, -0.25))),
            "focus": st.sampled_from([0.0, 0.5]),
            "gap": st.sampled_from([0, 4.5]),
        },
    ),
)
HEADS = st.sampled_from(["none", "arrow", "dot"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "place": PLACES,
    "z": KEYS,
    "opacity": st.sampled_from([1, 1.0, 0.5, 0.3]),
    "groups": st.lists(IDS, max_size=3),
    "frame": st.one_of(st.just(""), IDS),
    "locked": st.booleans(),
    "link": st.sampled_from(["", "https://example.org/ä?b=1"]),
    "color": COLOURS,
    "strokeWidth": st.sampled_from([2, 2.0, 0.1, 17.25]),
    "fill": COLOURS,
    "fillStyle": st.sampled_from(["solid", "zigzag"]),
    "dash": st.sampled_from(["solid", "dotted"]),
    "roughness": st.sampled_from([1.0, 0, 2.5]),
    "seed": st.sampled_from([1, 0, 2**31 - 1]),
    "rounded": st.booleans(),
    "points": POINTS,
    "curve": st.sampled_from(["sharp", "elbow"]),
    "start": BINDINGS,
    "end": BINDINGS,
    "startHead": HEADS,
    "endHead": HEADS,
    "brush": st.sampled_from(["pen", "highlighter"]),
    "text": TEXTS,
    "font": st.sampled_from(["hand", "mono"]),
    "fontSize": st.sampled_from([20, 20.0, 7.3]),
    "lineHeight": st.sampled_from([1.25, 2]),
    "align": st.sampled_from(["left", "right"]),
    "verticalAlign": st.sampled_from(["top", "middle"]),
    "container": st.one_of(st.just(""), IDS),
    "autoSize": st.booleans(),
    "name": TEXTS.filter(lambda text: len(text) <= 200),
    "file": st.sampled_from(["", "0123456789abcdef" * 4]),
    "natural": st.one_of(st.none(), st.just((640, 480))),
    "crop": st.one_of(st.none(), st.just((0, 0, 0.5, 1))),
}
_REQUIRED = {"place", "z", "points"}


@st.composite
def elements(draw: st.DrawFn) -> Element:
    kind = draw(st.sampled_from(ELEMENT_TYPES))
    names = wire_names(kind)
    required = {name: VALUES[name] for name in sorted(names & _REQUIRED)}
    optional = {name: VALUES[name] for name in sorted(names - _REQUIRED)}
    wire = draw(st.fixed_dictionaries(required, optional=optional))
    made: Element = over_the_wire(
        {"type": kind.__struct_config__.tag, "id": draw(IDS)} | wire, Element
    )
    return made


@st.composite
def props(draw: st.DrawFn) -> msgspec.Struct:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4, unique=True))
    made: msgspec.Struct = over_the_wire({name: draw(VALUES[name]) for name in names}, Props)
    return made


def over_the_wire(wire: dict[str, Any], kind: Any) -> Any:
    """Decoded from bytes, as a worker gets it: an explicit default is another object than ours."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(wire), type=kind)


OPS: st.SearchStrategy[Op] = st.one_of(
    st.builds(Put, elements()),
    st.builds(SetProps, IDS, props()),
    st.builds(SetProps, IDS, props()),
    st.builds(Delete, IDS),
    st.builds(Retitle, st.sampled_from(["one", "two", ""])),
)
HISTORIES = st.lists(st.lists(OPS, min_size=1, max_size=6), max_size=8)


def rectangle(id_: str, x: float = 0.0, z: str = "a0") -> Rectangle:
    return Rectangle(id=id_, place=(x, 0.0, 10.0, 10.0, 0.0), z=z)
