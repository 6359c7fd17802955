"""The document: what a sequence of commits makes (docs/protocol.md, rules D1 to D9).

The store applies the same rules in its script and the browser in ``frontend/src/document``; golden
vectors and property tests hold the three equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict, replace

from inkwire.protocol.canonical import digest_of
from inkwire.protocol.elements import Element
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps


class Document:
    """A board's elements and title, changed only by ops."""

    def __init__(self, elements: Iterable[Element] = (), title: str = "") -> None:
        self.title = title
        self._elements: dict[str, Element] = {each.id: each for each in elements}

    def __len__(self) -> int:
        return len(self._elements)

    def get(self, id_: str) -> Element | None:
        """The element with that id, or None."""
        return self._elements.get(id_)

    def in_paint_order(self) -> list[Element]:
        """All elements, lowest first: by order key, then by id."""
        return sorted(self._elements.values(), key=lambda each: (each.z, each.id))

    def apply(self, ops: Iterable[Op]) -> None:
        """Applies ops in order; an op that finds nothing to change changes nothing."""
        for op in ops:
            match op:
                case Put(element):
                    self._elements.setdefault(element.id, element)
                case SetProps(id_, props):
                    if id_ in self._elements:
                        self._elements[id_] = with_props(self._elements[id_], props)
                case Delete(id_):
                    self._elements.pop(id_, None)
                case Retitle(title):
                    self.title = title

    def digest(self) -> str:
        """sha256 of the canonical form, in hexadecimal."""
        return digest_of(self._elements.values())


def changed_props(props: msgspec.Struct) -> dict[str, Any]:
    """The properties that a ``SetProps`` names, by their Python names."""
    return {name: value for name, value in asdict(props).items() if value is not UNSET}


def with_props(element: Element, props: Props) -> Element:  # type: ignore[valid-type]  # made by defstruct
    """The element with the changed properties that its type has; others are ignored."""
    known = {
        name: value
        for name, value in changed_props(props).items()
        if name in element.__struct_fields__
    }
    return replace(element, **known) if known else element
