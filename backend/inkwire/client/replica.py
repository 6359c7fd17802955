"""What a client knows of a board: snapshot pages and commits make a document. Pure."""

from __future__ import annotations

import msgspec

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import Commit, Page, Position, Reset, SnapshotRecord
from inkwire.protocol.ops import Op, Put, Retitle
from inkwire.rooms.document import Document


class Replica:
    """A document and its position; commits have to come in the board's order.

    ``document`` is None when it was never loaded: a connection resumed at a position alone.
    """

    def __init__(self, position: Position, document: Document | None) -> None:
        self.position = position
        self.document = document
        self._elements: list[Element] = []
        self._loaded_at: dict[str, int] = {}
        self._title = ""

    def reset(self, frame: Reset) -> None:
        """Starts a snapshot; the old document stays until ``ready``."""
        self.position = Position(frame.epoch, frame.seq)
        self._title = frame.title
        self._elements = []
        self._loaded_at = {}

    def page(self, frame: Page) -> None:
        """Adds a page; an element may come twice, the newer record wins."""
        for record in frame.records:
            element = element_of(record)
            if self._loaded_at.get(element.id, -1) <= record.seq:
                self._elements.append(element)
                self._loaded_at[element.id] = record.seq

    def ready(self) -> None:
        """The snapshot is whole."""
        self.document = Document(self._elements, self._title)
        self._elements = []

    def commit(self, commit: Commit) -> bool:
        """Applies a commit; False for one that the position already covers.

        Raises ``FrameError`` for a commit that leaves a gap: then nothing may be trusted any more.
        """
        if commit.seq <= self.position.seq:
            return False
        if commit.seq != self.position.seq + 1:
            raise FrameError(
                f"commit {commit.seq} after {self.position.seq}",
                CloseCode.POSITION_LOST,
            )
        self.position = Position(self.position.epoch, commit.seq)
        if self.document is not None:
            self.document.apply(op for op in commit.ops if not self._is_loaded(op, commit.seq))
        return True

    def _is_loaded(self, op: Op, seq: int) -> bool:
        match op:
            case Put(element):
                id_ = element.id
            case Retitle():
                return False
            case _:
                id_ = op.id
        # Read from the store at a later commit than this one: it holds the op's effect already.
        return self._loaded_at.get(id_, -1) >= seq


def element_of(record: SnapshotRecord) -> Element:
    """The element of a snapshot record, its large properties put back."""
    known = msgspec.msgpack.decode(record.element)
    if record.points is not None:
        known["points"] = record.points
    if record.text is not None:
        known["text"] = record.text
    element: Element = msgspec.convert(known, Element)
    return element
