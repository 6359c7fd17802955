"""The canonical form against an independent encoder."""

from __future__ import annotations

import hashlib
from typing import Any

import msgpack
from hypothesis import given
from hypothesis import strategies as st

from inkwire.protocol import codec
from inkwire.protocol.canonical import canonical_bytes, digest_of
from inkwire.protocol.elements import Binding, Element, Line, Rectangle, TextElement
from inkwire.protocol.frames import Push
from inkwire.protocol.ops import Put
from inkwire.protocol.plain import DEFAULTS
from tests.protocol.strategies import elements

PLACE = (0.0, 0.0, 1.0, 1.0, 0.0)


def independent(value: Any) -> Any:
    """Sorted keys, floats for all numbers: the msgpack library does the rest."""
    match value:
        case bool() | None | str() | bytes():
            return value
        case int() | float():
            return float(value) + 0.0
        case dict():
            return {key: independent(value[key]) for key in sorted(value)}
        case _:
            return [independent(item) for item in value]


@given(elements())
def test_the_form_is_that_of_an_independent_encoder(element: Element) -> None:
    """[G1] [D2] Of the wire form without defaults."""
    wire = msgpack.unpackb(codec.encode(element))
    kept = {k: v for k, v in wire.items() if k not in DEFAULTS[type(element)]}
    for name, default in DEFAULTS[type(element)].items():
        plain_default = list(default) if isinstance(default, tuple) else default
        if wire.get(name, plain_default) != plain_default:
            kept[name] = wire[name]
    for end in ("start", "end"):
        if end in kept:
            binding = {"at": None, "focus": 0.0, "gap": 0.0}
            kept[end] = {k: v for k, v in kept[end].items() if k not in binding or v != binding[k]}
    assert canonical_bytes(element) == msgpack.packb(independent(kept))


@given(st.lists(elements(), max_size=5, unique_by=lambda each: each.id), st.randoms())
def test_the_digest_does_not_depend_on_the_order(found: list[Element], random: Any) -> None:
    """[G2] Elements are sorted by id."""
    shuffled = list(found)
    random.shuffle(shuffled)
    expected = hashlib.sha256()
    for element in sorted(found, key=lambda each: each.id.encode()):
        expected.update(canonical_bytes(element))
    assert digest_of(shuffled) == digest_of(found) == expected.hexdigest()


@given(elements())
def test_a_trip_over_the_wire_changes_nothing(element: Element) -> None:
    """[G1] [D2] Whole numbers may travel as integers, and defaults be spelled out."""
    wire = msgpack.unpackb(codec.encode(element))
    spelled = {**DEFAULTS[type(element)], **wire}
    push = [2, "client-0001", 1, "", [["put", _whole(spelled)]]]
    frame = codec.decode_client(msgpack.packb(push))
    assert isinstance(frame, Push)
    assert isinstance(frame.ops[0], Put)
    assert canonical_bytes(frame.ops[0].element) == canonical_bytes(element)


def test_minus_zero_is_zero() -> None:
    """[G1] JavaScript makes it easily, and nobody can see the difference."""
    one = Rectangle(id="a", place=PLACE, z="a0")
    other = Rectangle(id="a", place=(-0.0, 0.0, 1.0, 1.0, -0.0), z="a0")
    assert canonical_bytes(one) == canonical_bytes(other)


def test_a_default_inside_a_binding_is_left_out_too() -> None:
    """[G1] A binding is a map like any other."""
    bare = Line(id="a", place=PLACE, z="a0", points=b"", start=Binding(to="b"))
    spelled = Line(
        id="a", place=PLACE, z="a0", points=b"", start=Binding(to="b", at=None, focus=0.0, gap=0.0)
    )
    assert canonical_bytes(bare) == canonical_bytes(spelled)


def test_lengths_take_their_shortest_form() -> None:
    """[G1] On both sides of every border of msgpack's string heads."""
    for length in (1, 31, 32, 255, 256, 20_000):
        text = TextElement(id="a", place=PLACE, z="a0", text="x" * length)
        assert msgpack.packb("x" * length) in canonical_bytes(text)


def _whole(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list() | tuple():
            return [_whole(item) for item in value]
        case dict():
            return {key: _whole(item) for key, item in value.items()}
        case _:
            return value
