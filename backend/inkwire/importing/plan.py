"""What an import will do to a board, complete before the first change is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inkwire.protocol.codec import encode
from inkwire.protocol.elements import Element
from inkwire.protocol.limits import MAX_OPS
from inkwire.protocol.ops import Put

MAX_PUSH_BYTES = 200_000
"""Encoded ops of one push; the frame around them stays below the largest message."""


@dataclass(frozen=True)
class ImportPlan:
    """New elements in paint order, and the pictures they show.

    ``ids`` are those of the elements, at hand without reading them. ``files`` maps the sha256 of a picture to
    its bytes; the caller keeps them before it pushes, one after the other: they may be read only then.
    ``skipped`` counts elements of unknown types, by type; ``notes`` counts what was changed to fit,
    in words for people. ``bounds`` is (x, y, width, height) in world units.
    """

    elements: Sequence[Element]
    ids: Sequence[str]
    files: Mapping[str, bytes]
    types: Mapping[str, int]
    skipped: Mapping[str, int]
    notes: Mapping[str, int]
    bounds: tuple[float, float, float, float]

    def pushes(self) -> Iterator[list[Put]]:
        """The ops in pushes; see ``pushes_of``."""
        return pushes_of(self.elements)


def pushes_of(elements: Iterable[Element]) -> Iterator[list[Put]]:
    """The ops that put elements, in pushes of at most ``MAX_OPS`` ops and about ``MAX_PUSH_BYTES`` bytes."""
    batch: list[Put] = []
    size = 0
    for element in elements:
        op = Put(element)
        length = len(encode(op))
        if batch and (len(batch) == MAX_OPS or size + length > MAX_PUSH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(op)
        size += length
    if batch:
        yield batch
