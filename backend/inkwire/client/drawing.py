"""Drawing with few words: shapes with labels, arrows between them, ink, notes; all of it as one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random, SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from inkwire.protocol import codec
from inkwire.protocol.elements import Element
from inkwire.protocol.limits import MAX_OPS, MAX_PUSH_BYTES
from inkwire.protocol.ops import Op, Put
from inkwire.rooms.composing import Composer

if TYPE_CHECKING:
    from inkwire.client.board import Board

Point = Sequence[float]
"""``(x, y)``, with pressure (0 to 1) and then time (ms) after them where they are known."""


class Drawing:
    """What is drawn together. Nothing is sent before the end; an exception leaves the board as it was.

    >>> async with board.drawing() as drawing:      # doctest: +SKIP
    ...     start = drawing.ellipse(0, 0, 160, 70, label="Start")
    ...     ready = drawing.diamond(-20, 150, 200, 120, label="Ready?", fill="#ffec99")
    ...     drawing.arrow(start, ready)

    Coordinates are world units, y points down. Further properties are those of the elements (docs/client.md)
    in snake case: ``fill="#ffec99", stroke_width=4, font_size=28``. Every method that puts something
    returns its id. Errors of all methods: ``Invalid``, which names what is wrong.
    """

    def __init__(self, board: Board, *, gesture: str = "", random: Random | None = None) -> None:
        self.ids: list[str] = []
        """What has been put, labels too."""
        self.seq = 0
        """The commit that holds the last of it, once it is sent."""
        self._board = board
        self._gesture = gesture
        self._ops: list[Op] = []
        self._composer = Composer(random or SystemRandom(), self._known, _top_of(board))

    def rectangle(
        self, x: float, y: float, width: float, height: float, *, label: str = "", **more: Any
    ) -> str:
        """A box; ``rounded=True`` rounds its corners."""
        return self._box("rectangle", (x, y, width, height), label, more)

    def ellipse(
        self, x: float, y: float, width: float, height: float, *, label: str = "", **more: Any
    ) -> str:
        """An ellipse in a box."""
        return self._box("ellipse", (x, y, width, height), label, more)

    def diamond(
        self, x: float, y: float, width: float, height: float, *, label: str = "", **more: Any
    ) -> str:
        """A diamond in a box."""
        return self._box("diamond", (x, y, width, height), label, more)

    def triangle(
        self, x: float, y: float, width: float, height: float, *, label: str = "", **more: Any
    ) -> str:
        """A triangle in a box, its tip up."""
        return self._box("triangle", (x, y, width, height), label, more)

    def text(self, x: float, y: float, words: str, **more: Any) -> str:
        """Words on the board, as wide as they are."""
        return self.add({"type": "text", "place": [x, y], "text": words, **_on_wire(more)})

    def note(
        self,
        x: float,
        y: float,
        words: str = "",
        *,
        width: float = 200,
        height: float = 200,
        **more: Any,
    ) -> str:
        """A sticky note; ``fill`` is its paper."""
        place = [x, y, width, height]
        return self.add({"type": "note", "place": place, "text": words, **_on_wire(more)})

    def arrow(self, start: str, end: str, *, label: str = "", **more: Any) -> str:
        """An arrow from one element to another, by their ids; it goes where they go."""
        record = {"type": "arrow", "from": start, "to": end, **_on_wire(more)}
        return self.add(record | ({"label": label} if label else {}))

    def line(self, points: Iterable[Point], *, label: str = "", **more: Any) -> str:
        """A line through points; ``curve="round"`` bends it, ``end_head="arrow"`` makes it point."""
        record = {"type": "line", "points": _listed(points), **_on_wire(more)}
        record.setdefault("place", [0, 0, 1, 1, 0])
        return self.add(record | ({"label": label} if label else {}))

    def ink(self, points: Iterable[Point], **more: Any) -> str:
        """A stroke of the pen; ``brush="highlighter"`` marks."""
        return self.add({"type": "freedraw", "points": _listed(points), **_on_wire(more)})

    def frame(
        self, x: float, y: float, width: float, height: float, name: str = "", **more: Any
    ) -> str:
        """A frame; what has its id as ``frame`` is clipped by it."""
        place = [x, y, width, height]
        return self.add({"type": "frame", "place": place, "name": name, **_on_wire(more)})

    def set(self, id_: str, **properties: Any) -> None:
        """Changes properties of an element; a ``points`` is a list of points."""
        if "points" in properties:
            properties["points"] = _listed(properties["points"])
        self._take(["set", id_, _on_wire(properties)])

    def delete(self, *ids: str) -> None:
        """Removes elements."""
        for id_ in ids:
            self._take(["delete", id_])

    def rename(self, title: str) -> None:
        """Names the board."""
        self._take(["title", title])

    def add(self, record: dict[str, Any]) -> str:
        """Puts an element as ``POST /api/boards/{id}/ops`` takes it (docs/api.md), and returns its id."""
        put = [op for op in self._take(record) if isinstance(op, Put)]
        self.ids += [op.element.id for op in put]
        return put[0].element.id

    async def send(self) -> int:
        """Sends what has been drawn since, and returns the seq at which it is stored.

        One commit, or several of one gesture where it is more than fits in one. Errors: those of
        ``Board.push``.
        """
        ops, self._ops = self._ops, []
        for part in _parts(ops):
            self.seq = await self._board.push(part, gesture=self._gesture)
        self._composer.forget()
        return self.seq

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            await self.send()

    def _box(self, kind: str, place: tuple[float, ...], label: str, more: dict[str, Any]) -> str:
        record = {"type": kind, "place": list(place), **_on_wire(more)}
        return self.add(record | ({"label": label} if label else {}))

    def _take(self, item: Any) -> list[Op]:
        ops = self._composer.ops_of(item, "")
        self._ops += ops
        return ops

    def _known(self, id_: str) -> Element | None:
        document = self._board.document
        return None if document is None else document.get(id_)


def _top_of(board: Board) -> str | None:
    """The order key of the topmost element that is known."""
    if board.document is None:
        return None
    elements = board.document.in_paint_order()
    return elements[-1].z if elements else None


def _on_wire(properties: dict[str, Any]) -> dict[str, Any]:
    """Names of Python as names of the protocol."""
    return {_camel(name): value for name, value in properties.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _listed(points: Iterable[Point]) -> list[list[float]]:
    return [list(point) for point in points]


def _parts(ops: Sequence[Op]) -> Iterable[list[Op]]:
    """The ops in pushes that fit, in their order."""
    part: list[Op] = []
    size = 0
    for op in ops:
        length = len(codec.encode(op))
        if part and (len(part) == MAX_OPS or size + length > MAX_PUSH_BYTES // 2):
            yield part
            part, size = [], 0
        part.append(op)
        size += length
    if part:
        yield part
