"""What a client knows of a board: snapshot pages and commits make a document. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import Commit, Merged, Page, Position, Reset
from inkwire.protocol.ops import Op, Put, Retitle
from inkwire.protocol.records import element_of
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
        return self._apply(commit.seq, commit.seq, commit.ops)

    def merged(self, merged: Merged) -> bool:
        """Applies several commits made one, of which it may have the first ones; otherwise as ``commit``."""
        return self._apply(merged.first, merged.last, [op for op, _authors in merged.ops])

    def _apply(self, first: int, last: int, ops: Iterable[Op]) -> bool:
        if last <= self.position.seq:
            return False
        if first > self.position.seq + 1:
            raise FrameError(
                f"commit {first} after {self.position.seq}",
                CloseCode.POSITION_LOST,
            )
        self.position = Position(self.position.epoch, last)
        if self.document is not None:
            self.document.apply(op for op in ops if not self._is_loaded(op, last))
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
