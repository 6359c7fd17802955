"""Where on a board an import goes, and what it may keep."""

from __future__ import annotations

from dataclasses import dataclass

from inkwire.importing import layout
from inkwire.rooms.bounds import Box


@dataclass(frozen=True, slots=True)
class Target:
    """The whole is centred on ``at``, or stands right of ``beside``, or else stays where the file has it.

    Its order keys lie above ``above``. ``is_empty``: nothing is on the board, so that a file of Inkwire's own
    comes back as it was: ids, order keys and places are the file's, wherever ``at`` is.
    """

    at: tuple[float, float] | None = None
    above: str | None = None
    beside: Box | None = None
    is_empty: bool = False

    def shift_of(self, bounds: Box) -> layout.Shift:
        """How far a drawing in that box moves."""
        if self.at is not None:
            return layout.centred(bounds, self.at)
        if self.beside is not None:
            return layout.beside(bounds, self.beside)
        return (0.0, 0.0)
