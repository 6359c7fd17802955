"""Golden vectors: what Python decides here, TypeScript decides alike in ``frontend/src``.

Made by ``tools/make_vectors.py``; a change of the files is a change of the protocol.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgpack
import msgspec
import pytest

from inkwire.errors import FrameError
from inkwire.protocol import codec, scalars
from inkwire.protocol.canonical import canonical_bytes, digest_of
from inkwire.protocol.elements import ELEMENT_TYPES, Element
from inkwire.protocol.frames import Push
from inkwire.protocol.labels import as_label, is_label
from inkwire.protocol.limits import MAX_TITLE
from inkwire.protocol.ops import Op
from inkwire.protocol.points import check_points, decode_points, encode_points
from inkwire.rooms.document import Document

FOLDER = Path(__file__).parents[1] / "vectors"


def vectors(name: str) -> Any:
    """A file of vectors, its ``{"$bytes": hex}`` put back."""
    return json.loads((FOLDER / f"{name}.json").read_text(), object_hook=_bytes)


def _bytes(value: dict[str, Any]) -> Any:
    return bytes.fromhex(value["$bytes"]) if value.keys() == {"$bytes"} else value


def element_of(wire: Any) -> Element:
    """The element as it comes over the wire."""
    element: Element = msgspec.msgpack.decode(msgpack.packb(wire), type=Element)
    return element


def test_points() -> None:
    """[E1] [E2] [E3] [E5] Encoded to the byte, decoded to the bit."""
    cases = vectors("points")["encoded"]
    for case in cases:
        data = encode_points(
            case["points"], shift=case["shift"], pressure=case["pressure"], time=case["time"]
        )
        assert data.hex() == case["bytes"]
        assert [list(each) for each in decode_points(data)] == case["decoded"]
    assert len(cases) >= 100


def test_what_is_an_encoding_of_points() -> None:
    """[E4] Judged alike."""
    judged = vectors("points")["judged"]
    for case in judged:
        try:
            count: int | None = check_points(bytes.fromhex(case["bytes"]))
        except FrameError:
            count = None
        assert count == case["count"], case["bytes"]
    assert {case["count"] for case in judged} >= {None, 0, 1}


def test_canonical_bytes_and_digests() -> None:
    """[G1] [G2] Whether or not defaults were spelled out."""
    found = vectors("canonical")
    elements = [element_of(case["wire"]) for case in found["elements"]]
    for element, case in zip(elements, found["elements"], strict=True):
        assert canonical_bytes(element).hex() == case["canonical"]
    for case in found["digests"]:
        assert (
            digest_of({elements[at].id: elements[at] for at in case["of"]}.values())
            == case["sha256"]
        )
    assert {type(element) for element in elements} == set(ELEMENT_TYPES)


def test_documents() -> None:
    """[D1] [D2] [D3] [D4] [D5] [D7] [D9] The same ops make the same document."""
    for case in vectors("document")["cases"]:
        made = Document(map(element_of, case["start"]), "before")
        made.apply(msgspec.msgpack.decode(msgpack.packb(case["ops"]), type=list[Op]))
        assert made.in_paint_order() == [element_of(wire) for wire in case["elements"]]
        assert made.title == case["title"]
        assert made.digest() == case["digest"]


def test_what_the_browser_sends() -> None:
    """[F1] [F2] Whole numbers come as integers, and are read as what the field is."""
    for case in vectors("frames")["client"]:
        data = bytes.fromhex(case["bytes"])
        assert data == msgpack.packb(case["value"])
        frame = codec.decode_client(data)
        again = codec.decode_client(codec.encode(frame))
        assert again == frame
        if isinstance(frame, Push):
            assert frame.n == case["value"][2]


def test_what_the_server_sends() -> None:
    """[F2] As TypeScript reads it."""
    for case in vectors("frames")["server"]:
        data = bytes.fromhex(case["bytes"])
        frame = codec.decode_server(data)
        plain = msgpack.unpackb(data)
        assert case["value"] == (plain if plain[0] != 19 else msgpack.unpackb(codec.encode(frame)))


@pytest.mark.parametrize("data", vectors("frames")["rubbish"])
def test_rubbish(data: str) -> None:
    """[F1] No exception but our own."""
    with pytest.raises(FrameError):
        codec.decode_server(bytes.fromhex(data))


def test_bounds() -> None:
    """The browser keeps its numbers within these."""
    found = vectors("bounds")
    for name, (low, high) in found["bounds"].items():
        kind = msgspec.inspect.type_info(getattr(scalars, name[0].upper() + name[1:]))
        assert isinstance(kind, msgspec.inspect.FloatType | msgspec.inspect.IntType)
        assert (kind.ge, kind.le) == (low, high)
    assert set(found["types"]) == {str(each.__struct_config__.tag) for each in ELEMENT_TYPES}


def test_labels() -> None:
    """[D10] What the browser makes of a title or a name, the server takes."""
    for words, label in vectors("labels"):
        assert as_label(words, MAX_TITLE) == label
        assert is_label(label)
        assert is_label(words) == (words == label)
