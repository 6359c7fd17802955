"""Everything that a client may send is bounded: the types are walked, so no new field slips through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import inspect

from inkwire.protocol.elements import Element
from inkwire.protocol.frames import ClientFrame, Commit, PeerLive, ServerFrame
from inkwire.protocol.limits import MAX_DEPTH, MAX_FRAME_BYTES
from inkwire.protocol.ops import Op


def parts(kind: inspect.Type, path: str = "") -> Iterator[tuple[str, inspect.Type]]:
    """Every type inside a type, with the way to it."""
    yield path, kind
    match kind:
        case inspect.TupleType(item_types=items):
            for at, item in enumerate(items):
                yield from parts(item, f"{path}[{at}]")
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield from parts(item, f"{path}[]")
        case inspect.UnionType(types=types):
            for each in types:
                yield from parts(each, path)
        case inspect.StructType(cls=struct, fields=fields):
            for field in fields:
                yield from parts(field.type, f"{path}/{struct.__name__}.{field.name}")


def is_bounded(kind: inspect.Type) -> bool:
    """Whether a value of the type has a largest size of its own."""
    match kind:
        case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
            return low is not None and high is not None and abs(low) < 2**63 and high < 2**63
        case inspect.StrType(max_length=int()) | inspect.BytesType(max_length=int()):
            return True
        case inspect.StrType(pattern=str(pattern)):
            # Without an open repetition, a pattern bounds the length itself.
            return not any(sign in pattern.replace(r"\*", "") for sign in ("*", "+", ",}"))
        case inspect.VarTupleType(max_length=length):
            return length is not None
        case inspect.TupleType() | inspect.UnionType() | inspect.LiteralType():
            return True
        case inspect.NoneType() | inspect.BoolType():
            return True
        case inspect.StructType(forbid_unknown_fields=forbids):
            return forbids
        case _:
            return False


@pytest.mark.parametrize("kind", [ClientFrame, Element, Op, Commit, PeerLive])
def test_there_are_only_bounded_types(kind: Any) -> None:
    """[F2] A bare float would let NaN in, a bare string 256 KiB, a bare list an amplified bomb."""
    found = list(parts(inspect.type_info(kind)))
    assert [path for path, each in found if not is_bounded(each)] == []
    assert len(found) > 20


def test_numbers_from_the_server_are_bounded_too() -> None:
    """[F2] What a worker splices (records, batches) is as long as it is, but no number is bare."""
    for path, kind in parts(inspect.type_info(ServerFrame)):
        if isinstance(kind, inspect.IntType | inspect.FloatType):
            assert is_bounded(kind), path


def test_frames_are_shallow() -> None:
    """[F2] What the types allow nests less deep than the limit."""
    assert depth(inspect.type_info(ClientFrame)) <= MAX_DEPTH


def test_a_walk_finds_what_is_not_bounded() -> None:
    """The check itself can fail."""
    for bare in (float, int, str, bytes, list[int], tuple[int, ...], dict[str, int], Any):
        kinds = [each for _, each in parts(inspect.type_info(bare))]
        assert not all(is_bounded(each) for each in kinds), bare


def test_the_largest_element_fits_a_frame() -> None:
    """A put of the longest points or of the longest text can always be sent."""
    longest = [
        kind.max_length or 0
        for _, kind in parts(inspect.type_info(Element))
        if isinstance(kind, inspect.BytesType | inspect.StrType)
    ]
    assert max(longest) + 4 * 20_000 < MAX_FRAME_BYTES


def depth(kind: inspect.Type) -> int:
    """How deep a value of the type nests."""
    match kind:
        case inspect.TupleType(item_types=items):
            return 1 + max(depth(item) for item in items)
        case inspect.VarTupleType(item_type=item):
            return 1 + depth(item)
        case inspect.UnionType(types=types):
            return max(depth(each) for each in types)
        case inspect.StructType(fields=fields):
            return 1 + max((depth(field.type) for field in fields), default=0)
        case _:
            return 0
