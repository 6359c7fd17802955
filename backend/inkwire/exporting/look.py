"""How a picture of a board is to look, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass

from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.theme import Theme
from inkwire.rooms.bounds import Box

PADDING = 10.0
"""World units around what is drawn."""


@dataclass(frozen=True)
class Look:
    """``padding`` in world units, ``scale`` in pixels per world unit: 1 unless said, less
    where a picture of pixels would be too large.

    ``region``: the box that is shown, otherwise all that is drawn. ``frame``: the id of a frame whose
    inside is shown; its outline and name are left out. ``fonts``: where the fonts are that go into the
    picture; without, it only names them.
    """

    theme: Theme = "light"
    background: bool = True
    padding: float = PADDING
    scale: float | None = None
    region: Box | None = None
    frame: str = ""
    fonts: FontFolder | None = None

    def area(self, bounds: Box | None) -> Box:
        """The part of the board that is shown, when that is the box of what is drawn; never empty."""
        return self.framed(self.region or bounds or Box(0, 0, 0, 0))

    def framed(self, box: Box) -> Box:
        """A box with the padding around it; never empty."""
        box = box.grown(self.padding)
        return Box(
            box.min_x,
            box.min_y,
            box.min_x + max(box.width, 1.0),
            box.min_y + max(box.height, 1.0),
        )
