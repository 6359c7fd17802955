"""The first look at a board: what a picture of it must know before its first element is drawn."""

from __future__ import annotations

from inkwire.exporting import ink
from inkwire.exporting.heads import LARGEST_HEAD
from inkwire.exporting.text_layout import lines_of
from inkwire.protocol.elements import Drawn, Element, Freedraw, Line, Note, Place, TextElement
from inkwire.protocol.elements import Frame as FrameElement
from inkwire.rooms.bounds import Box, bounds_of

NAME_ABOVE = 20.0
"""World units that a frame's name reaches above it."""
NOTE_SHADOW = 3.0
LABEL_GAP = 5.0


class Survey:
    """Takes every element once, in any order, and keeps little of each.

    ``bounds`` is the box of what is painted, None for an empty board. ``frames`` holds the places of
    frames by id. ``labels`` holds the boxes of texts by the id of the line or shape they belong to.
    """

    def __init__(self) -> None:
        self.bounds: Box | None = None
        self.frames: dict[str, Place] = {}
        self.labels: dict[str, Place] = {}
        self.elements = 0

    def add(self, element: Element) -> Box:
        """Takes one element into account; returns the box of what is painted of it."""
        self.elements += 1
        box = painted_bounds(element)
        self.bounds = box.joined(self.bounds)
        if isinstance(element, FrameElement):
            self.frames[element.id] = element.place
        elif isinstance(element, TextElement) and element.container and element.text:
            self.labels[element.container] = element.place
        return box


def painted_bounds(element: Element) -> Box:
    """The box of an element with its stroke, heads, shadow and name."""
    box = bounds_of(element)
    if isinstance(element, Freedraw):
        highlighter = element.brush == "highlighter"
        share = ink.HIGHLIGHTER_WIDTH / 2 if highlighter else ink.SIZE / 2
        return box.grown(element.stroke_width * share)
    if isinstance(element, Line) and (element.start_head != "none" or element.end_head != "none"):
        return box.grown(element.stroke_width / 2 + LARGEST_HEAD)
    if isinstance(element, Drawn):
        return box.grown(element.stroke_width / 2)
    if isinstance(element, Note):
        return box.grown(max(NOTE_SHADOW, _spilled(element)))
    if isinstance(element, FrameElement):
        return Box(box.min_x - 1, box.min_y - NAME_ABOVE, box.max_x + 1, box.max_y + 1)
    return box


def _spilled(note: Note) -> float:
    """How far a note's text hangs over its paper, above or below."""
    size, lines = lines_of(note)
    if not note.text.strip():
        return 0.0
    above = size - min(line.y for line in lines)
    below = max(line.y for line in lines) + size / 2 - abs(note.place[3])
    return max(above, below, 0.0)
