"""Which elements of a board an export takes."""

from __future__ import annotations

from dataclasses import dataclass

from inkwire.exporting.survey import painted_bounds
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import Box


@dataclass(frozen=True)
class Choice:
    """What is wanted; without anything, the whole board.

    ``ids``: these elements and the text that belongs to them. ``region``: what shows in that box.
    """

    ids: frozenset[str] | None = None
    region: Box | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it takes every element."""
        return self.ids is None and self.region is None

    def takes(self, element: Element) -> bool:
        """Whether the export has this element."""
        if self.ids is not None and element.id not in self.ids:
            container = getattr(element, "container", "")
            if container not in self.ids:
                return False
        return self.region is None or painted_bounds(element).touches(self.region)
