"""What hangs on what on a board: texts in shapes, arrows on both, as Excalidraw lists it at each end."""

from __future__ import annotations

from typing import Any

from inkwire.protocol.elements import Arrow, Element, Freedraw, TextElement

Json = dict[str, Any]


class Relations:
    """What hangs on what: taken in a first walk over the board, before anything is written."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._arrows: dict[str, list[str]] = {}

    def add(self, element: Element) -> None:
        """Takes one element into account; remembers nothing of ink."""
        if isinstance(element, Freedraw):
            return
        self._kinds[element.id] = str(element.__struct_config__.tag)
        if isinstance(element, TextElement) and element.container:
            self._texts.setdefault(element.container, element.id)
        if isinstance(element, Arrow):
            for to in {end.to for end in (element.start, element.end) if end is not None}:
                self._arrows.setdefault(to, []).append(element.id)

    def kind(self, id_: str) -> str:
        """The type of an element that is on the board and no ink; empty otherwise."""
        return self._kinds.get(id_, "")

    def takes_text(self, text: TextElement) -> bool:
        """Whether Excalidraw knows this text as bound: one in each box or on each arrow."""
        kinds = ("rectangle", "ellipse", "diamond", "arrow")
        return self.kind(text.container) in kinds and self._texts.get(text.container) == text.id

    def takes_arrows(self, id_: str) -> bool:
        """Whether Excalidraw's arrows can hold on to it."""
        kinds = ("rectangle", "ellipse", "diamond", "text", "note", "image", "frame")
        return self.kind(id_) in kinds

    def bound_to(self, element: Element) -> list[Json]:
        """What hangs on the element, as Excalidraw lists it."""
        bound = []
        text = self._texts.get(element.id)
        if text and self.kind(element.id) in ("rectangle", "ellipse", "diamond", "arrow"):
            bound.append({"id": text, "type": "text"})
        if self.takes_arrows(element.id):
            bound += [{"id": each, "type": "arrow"} for each in self._arrows.get(element.id, ())]
        return bound
