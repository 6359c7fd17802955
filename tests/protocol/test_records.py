"""Snapshot records are the elements that were stored."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from msgspec import Raw

from inkwire.errors import FrameError
from inkwire.protocol.elements import Element, Freedraw
from inkwire.protocol.frames import SnapshotRecord
from inkwire.protocol.records import decode_record, element_of
from tests.protocol.strategies import elements, record_of


@given(elements())
def test_a_record_is_its_element(element: Element) -> None:
    """Points and text are put back, also into a map of more than fifteen properties."""
    record = record_of(7, element)
    assert element_of(record) == element
    assert decode_record(msgspec.msgpack.encode(record)) == (7, element)


@pytest.mark.parametrize("small", [b"", b"\xc1", b"\xc0", b"\x80", b"\xde\x00", b"\xde\x00\x01"])
def test_what_is_no_element_is_refused(small: bytes) -> None:
    """With one error for all."""
    with pytest.raises(FrameError):
        element_of(SnapshotRecord(1, Raw(small), b"\x00\x04", "text"))


def test_whole_numbers_may_be_integers() -> None:
    """As the store's scripts write them."""
    wire = {"type": "freedraw", "id": "a", "place": [1, -2, 1, 1, 0], "z": "a0", "opacity": 1}
    found = element_of(SnapshotRecord(1, Raw(msgspec.msgpack.encode(wire)), b"\x00\x04", None))
    assert found == Freedraw(id="a", place=(1.0, -2.0, 1.0, 1.0, 0.0), z="a0", points=b"\x00\x04")
    assert isinstance(found.place[0], float)
