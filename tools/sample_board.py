"""A board as people make them, for pictures: what happens to a stroke, explained by drawing it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from inkwire.exporting.text_layout import width_of
from inkwire.protocol.elements import (
    Arrow,
    Binding,
    Diamond,
    Element,
    Ellipse,
    Freedraw,
    Note,
    Rectangle,
    Sketched,
    TextElement,
)
from inkwire.protocol.ops import Op, Put
from inkwire.protocol.points import Point, encode_points
from inkwire.rooms.order import keys_between

BLACK, BLUE, GREEN, RED = "#1e1e1e", "#1971c2", "#2f9e44", "#e03131"
Spot = tuple[float, float]


class Sketchbook:
    """Collects elements; each new one lies on top."""

    def __init__(self, seed: int) -> None:
        # The same board each time.
        self._random = Random(seed)  # noqa: S311
        self._elements: list[Callable[[str], Element]] = []
        self._count = 0

    def ops(self) -> list[Op]:
        """Everything, from the bottom to the top."""
        keys = keys_between(None, None, len(self._elements), self._random)
        return [Put(make(key)) for make, key in zip(self._elements, keys, strict=True)]

    def add(self, kind: type[Element], **properties: Any) -> str:
        """An element of a type; its id."""
        self._count += 1
        id_ = f"sample-{self._count:03d}"
        if issubclass(kind, Sketched):
            properties.setdefault("seed", self._random.randrange(1, 2**31))
        self._elements.append(lambda z: kind(id=id_, z=z, **properties))
        return id_

    def label(self, id_: str, box: tuple[float, float, float, float], text: str) -> None:
        """The text in a shape."""
        x, y, width, height = box
        lines = text.count("\n") + 1
        tall = lines * 25
        self.add(
            TextElement,
            place=(x + 5, y + (height - tall) / 2, width - 10, tall, 0),
            text=text,
            container=id_,
            align="center",
            vertical_align="middle",
            auto_size=False,
        )

    def shape(
        self,
        kind: type[Rectangle | Ellipse | Diamond],
        box: tuple[float, float, float, float],
        text: str,
        **style: Any,
    ) -> str:
        """A shape with text in it."""
        x, y, width, height = box
        id_ = self.add(kind, place=(x, y, width, height, 0), **style)
        self.label(id_, box, text)
        return id_

    def words(self, x: float, y: float, text: str, size: float = 20, **style: Any) -> str:
        """Free text."""
        wide = max(width_of(line, "hand", size) for line in text.split("\n"))
        tall = (text.count("\n") + 1) * size * 1.25
        return self.add(
            TextElement, place=(x, y, wide, tall, 0), text=text, font_size=size, **style
        )

    def note(self, x: float, y: float, text: str, fill: str, angle: float = 0.0) -> str:
        """A sticky note."""
        place = (x, y, 170.0, 150.0, angle)
        return self.add(
            Note, place=place, text=text, fill=fill, align="center", vertical_align="middle"
        )

    def arrow(self, start: Spot, end: Spot, from_: str, to: str, **style: Any) -> str:
        """An arrow that follows the shapes it joins."""
        points = [Point(0, 0), Point(end[0] - start[0], end[1] - start[1])]
        return self.add(
            Arrow,
            place=(*start, 1, 1, 0),
            points=encode_points(points),
            start=Binding(to=from_, gap=6),
            end=Binding(to=to, gap=6),
            end_head="arrow",
            **style,
        )

    def ink(self, path: Iterable[Spot], **style: Any) -> str:
        """A pen stroke through points of the world, pressed harder in its middle."""
        spots = list(path)
        x0, y0 = spots[0]
        last = max(1, len(spots) - 1)
        points = [
            Point(x - x0, y - y0, 0.35 + 0.3 * math.sin(math.pi * i / last), 8 * i)
            for i, (x, y) in enumerate(spots)
        ]
        data = encode_points(points, pressure=True, time=True)
        return self.add(Freedraw, place=(x0, y0, 1, 1, 0), points=data, **style)


def wave(x: float, y: float, width: float, height: float, turns: float) -> list[Spot]:
    """A line that swings as a hand underlines."""
    steps = 60
    return [
        (
            x + width * i / steps,
            y + height * math.sin(turns * 2 * math.pi * i / steps) * (1 - 0.6 * i / steps),
        )
        for i in range(steps + 1)
    ]


def loop(x: float, y: float, rx: float, ry: float, turn: float = 1.08) -> list[Spot]:
    """A ring drawn around something, overshooting its beginning."""
    steps = 72
    return [
        (
            x + rx * math.cos(-2 + 2 * math.pi * turn * i / steps) * (1 + 0.05 * i / steps),
            y + ry * math.sin(-2 + 2 * math.pi * turn * i / steps) * (1 + 0.08 * i / steps),
        )
        for i in range(steps + 1)
    ]


def tick(x: float, y: float, size: float = 26) -> list[Spot]:
    """A check mark."""
    down = [(x + size * 0.35 * i / 8, y + size * 0.4 * i / 8) for i in range(9)]
    up = [(x + size * (0.35 + 0.65 * i / 14), y + size * (0.4 - i / 14)) for i in range(1, 15)]
    return down + up


def sample_ops(seed: int = 7) -> list[Op]:
    """The whole board; it is about 1,150 by 620 world units large, its corner at (0, 0)."""
    book = Sketchbook(seed)
    book.words(0, 0, "How a stroke travels", size=44)
    book.ink(wave(4, 66, 430, 7, 3), color=BLUE, stroke_width=1.5)

    browser = book.shape(
        Rectangle, (0, 170, 180, 110), "your browser", fill="#a5d8ff", rounded=True
    )
    worker = book.shape(
        Ellipse, (310, 160, 190, 130), "any worker", fill="#b2f2bb", fill_style="hachure"
    )
    store = book.shape(
        Diamond, (640, 135, 220, 180), "Valkey", fill="#ffec99", fill_style="cross-hatch"
    )
    others = book.shape(
        Rectangle, (310, 430, 190, 110), "every other\nscreen", fill="#eebefa", rounded=True
    )
    book.arrow((186, 225), (304, 225), browser, worker, stroke_width=2)
    book.arrow((506, 225), (634, 225), worker, store, stroke_width=2)
    book.arrow((700, 290), (510, 450), store, others, stroke_width=2, dash="dashed")
    book.words(206, 190, "push", size=16, color=BLUE)
    book.words(528, 190, "commit", size=16, color=BLUE)
    book.words(628, 388, "publish", size=16, color=BLUE)

    book.note(0, 330, "Seen at once,\nbefore the server\nknows of it", "#fff3bf", -0.03)
    book.note(930, 150, "Stored before\nit is\nacknowledged", "#d3f9d8", 0.035)
    book.note(930, 350, "Offline?\nIt waits here\nand goes later", "#ffdeeb", -0.02)

    book.words(640, 470, "Saturday", size=28)
    for row, words in enumerate(("pen and shapes", "undo is your own", "kill -9 anything")):
        book.words(676, 520 + 34 * row, words)
        book.ink(tick(642, 530 + 34 * row), color=GREEN, stroke_width=1.2)
    book.ink(
        [(640 + 4 * i, 489 + math.sin(i / 5)) for i in range(33)],
        color="#ffd43b",
        stroke_width=5,
        opacity=0.4,
        brush="highlighter",
    )
    book.ink(loop(750, 225, 138, 112), color=RED, stroke_width=1.2)
    book.words(860, 60, "the only truth", size=20, color=RED)
    book.ink(
        [(870 - 2.2 * i, 92 + 1.4 * i + 0.03 * i * i) for i in range(22)],
        color=RED,
        stroke_width=0.8,
    )
    return book.ops()
