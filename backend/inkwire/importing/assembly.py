"""From converted elements to a plan: where each goes, in which order, checked against the protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import msgspec
from msgspec.structs import replace

from inkwire.errors import BadFile, FrameError
from inkwire.importing import layout
from inkwire.importing.plan import ImportPlan
from inkwire.importing.strokes import on_grid
from inkwire.importing.target import Target
from inkwire.protocol.codec import check_element
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import bounds_of
from inkwire.rooms.order import keys_between

_validator: Final = msgspec.msgpack.Decoder(Element)
_encoder: Final = msgspec.msgpack.Encoder()


@dataclass(frozen=True)
class Found:
    """An element, and where in the file it stands.

    ``key`` is the order key that it had on a board, ``is_exact`` says that its place is that of a board.
    """

    element: Element
    where: str
    key: str = ""
    is_exact: bool = False


def assembled(
    groups: Sequence[Sequence[Found]],
    target: Target,
    *,
    random: Random,
    files: Mapping[str, bytes],
    skipped: Counter[str],
    notes: Counter[str],
    is_library: bool = False,
) -> ImportPlan:
    """The plan for groups of elements, each in paint order; those of a library stand on shelves.

    Where the board is empty and every element has an order key of its own, keys and places are kept.
    """
    groups = [group for group in groups if group]
    every = [found for group in groups for found in group]
    keeps = target.is_empty and bool(every) and all(found.key for found in every)
    whole = [layout.joined([bounds_of(each.element) for each in group]) for group in groups]
    shifts = layout.on_shelves(whole) if is_library else [(0.0, 0.0)] * len(whole)
    bounds = layout.joined([box.moved(*shift) for box, shift in zip(whole, shifts, strict=True)])
    more = (0.0, 0.0) if keeps else target.shift_of(bounds)
    bounds = bounds.moved(*more)
    had = [found.key for found in every]
    keys = had if keeps else keys_between(target.above, None, len(every), random)
    moves = [
        (shift[0] + more[0], shift[1] + more[1])
        for group, shift in zip(groups, shifts, strict=True)
        for _ in group
    ]
    elements = [
        _settled(found, move, key) for found, move, key in zip(every, moves, keys, strict=True)
    ]
    if keeps:
        elements.sort(key=lambda each: (each.z, each.id))
    return ImportPlan(
        elements=elements,
        ids=[element.id for element in elements],
        files=files,
        types=dict(Counter(str(each.__struct_config__.tag) for each in elements)),
        skipped=dict(skipped),
        notes={note: count for note, count in notes.items() if count},
        bounds=(bounds.min_x, bounds.min_y, bounds.width, bounds.height),
    )


def _settled(found: Found, move: layout.Shift, key: str) -> Element:
    """The element at its final place, on the grid, checked against the protocol's own types."""
    place = found.element.place
    if move != (0.0, 0.0) or not found.is_exact:
        x, y, sx, sy, angle = place
        place = (on_grid(x + move[0]), on_grid(y + move[1]), on_grid(sx), on_grid(sy), angle)
    settled = replace(found.element, place=place, z=key)
    try:
        check_element(_validator.decode(_encoder.encode(settled)))
    except (msgspec.ValidationError, FrameError) as error:
        raise BadFile(f"This would not fit the board: {error}.", found.where) from None
    return settled
