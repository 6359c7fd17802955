"""Reads ``.tldr``, tldraw's file: pages side by side, each with its shapes in the order they are painted in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from msgspec import Raw

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import read_header
from inkwire.errors import BadFile
from inkwire.importing.assembly import Found, assembled
from inkwire.importing.convert import Picture
from inkwire.importing.exact import PROGRESS_STEP, Progress, new_id
from inkwire.importing.limits import MAX_ELEMENT_BYTES, checked
from inkwire.importing.pictures import picture_of
from inkwire.importing.plan import ImportPlan
from inkwire.importing.records import decoded
from inkwire.importing.target import Target
from inkwire.importing.tldraw_placed import Drawing, Frame, Placed
from inkwire.importing.tldraw_records import (
    AssetRecord,
    BindingRecord,
    PageRecord,
    RecordHead,
    Shape,
    TldrawFile,
)
from inkwire.importing.tldraw_shapes import CONVERTERS
from inkwire.protocol.limits import MAX_ELEMENTS, MAX_GROUPS

KEY: Final = b'"tldrawFileFormatVersion"'
"""What every such file has near its beginning."""
_DEEPEST: Final = 64
"""How deep shapes may lie in one another."""


def plan_tldraw(
    data: bytes, target: Target, *, random: Random, progress: Progress | None = None
) -> ImportPlan:
    """The plan for a ``.tldr`` file; raises ``BadFile`` with the place in the file."""
    file: TldrawFile = decoded(checked(data), TldrawFile, "")
    reader = _Reader(random, progress)
    for index, raw in enumerate(file.records):
        reader.take(raw, f"records[{index}]")
    pages = [list(reader.page(page)) for page in reader.pages_in_order()]
    return assembled(
        pages,
        target,
        is_library=len([page for page in pages if page]) > 1,
        random=random,
        files=reader.files,
        skipped=reader.skipped,
        notes=reader.notes,
    )


@dataclass
class _Reader:
    """Gathers the records, then walks each page."""

    random: Random
    progress: Progress | None
    files: dict[str, bytes] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    _shapes: dict[str, tuple[Shape, str]] = field(default_factory=dict)
    _children: dict[str, list[str]] = field(default_factory=dict)
    _pages: list[PageRecord] = field(default_factory=list)
    _bindings: dict[str, list[BindingRecord]] = field(default_factory=dict)
    _assets: dict[str, tuple[Raw, str]] = field(default_factory=dict)
    _pictures: dict[str, Picture | None] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def take(self, raw: Raw, where: str) -> None:
        """Notes one record."""
        head: RecordHead = decoded(raw, RecordHead, where)
        if head.type_name == "asset":
            self._assets[head.id] = raw, where
        elif len(memoryview(raw)) > MAX_ELEMENT_BYTES:
            raise BadFile(f"A record has more than {MAX_ELEMENT_BYTES} bytes.", where)
        elif head.type_name == "page":
            self._pages.append(decoded(raw, PageRecord, where))
        elif head.type_name == "binding":
            binding: BindingRecord = decoded(raw, BindingRecord, where)
            self._bindings.setdefault(binding.from_id, []).append(binding)
        elif head.type_name == "shape":
            if head.type not in CONVERTERS and head.type != "group":
                self.skipped[head.type[:64]] += 1
                return
            shape: Shape = decoded(raw, Shape, where)
            if shape.id in self._shapes:
                raise BadFile("Two shapes have one id.", where)
            if len(self._shapes) == MAX_ELEMENTS:
                raise BadFile(f"The file holds more than {MAX_ELEMENTS:,} shapes.", where)
            self._shapes[shape.id] = shape, where
            self._children.setdefault(shape.parent_id, []).append(shape.id)
            self._ids[shape.id] = new_id(self.random)

    def pages_in_order(self) -> list[str]:
        """The ids of the pages; of shapes whose page is missing, too."""
        pages = [page.id for page in sorted(self._pages, key=lambda each: (each.index, each.id))]
        others = [id_ for id_ in self._children if id_ not in self._shapes and id_ not in pages]
        return pages + others

    def page(self, page: str) -> Iterator[Found]:
        """The elements of a page, in paint order."""
        drawing = Drawing(
            place=self._place_of,
            bindings=lambda shape: self._bindings.get(shape, ()),
            id_of=lambda shape: self._ids.get(shape, ""),
            new_id=lambda: new_id(self.random),
            picture=self._picture,
            notes=self.notes,
        )
        for count, shape_id in enumerate(self._below(page, 0), 1):
            shape, where = self._shapes[shape_id]
            if shape.type == "group":
                continue
            placed = self._placed(shape)
            for element in CONVERTERS[shape.type](placed, drawing, where):
                yield Found(element, where)
            if self.progress and count % PROGRESS_STEP == 0:
                self.progress(count, len(self._shapes))

    def _below(self, parent: str, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise BadFile("Shapes lie too deep in one another.", self._shapes[parent][1])
        children = self._children.get(parent, ())
        for id_ in sorted(children, key=lambda each: (self._shapes[each][0].index, each)):
            yield id_
            yield from self._below(id_, depth + 1)

    def _placed(self, shape: Shape) -> Placed:
        """The shape with its place on the page, and the groups and the frame that it is in."""
        x, y, angle, parent = shape.x, shape.y, shape.rotation, shape.parent_id
        groups: list[str] = []
        frame = ""
        for _ in range(_DEEPEST + 1):
            found = self._shapes.get(parent)
            if found is None:
                break
            above = found[0]
            if above.type == "group":
                groups.append(self._ids[above.id])
            elif above.type == "frame" and not frame:
                frame = self._ids[above.id]
            cos, sin = math.cos(above.rotation), math.sin(above.rotation)
            x, y = above.x + x * cos - y * sin, above.y + x * sin + y * cos
            angle += above.rotation
            parent = above.parent_id
        if len(groups) > MAX_GROUPS:
            self.notes["groups nested too deep"] += 1
        return Placed(
            shape, self._ids[shape.id], Frame(x, y, angle), tuple(groups[:MAX_GROUPS]), frame
        )

    def _place_of(self, shape_id: str) -> Placed | None:
        found = self._shapes.get(shape_id)
        return None if found is None else self._placed(found[0])

    def _picture(self, asset: str) -> Picture | None:
        if asset not in self._pictures:
            self._pictures[asset] = self._read_picture(asset)
        return self._pictures[asset]

    def _read_picture(self, asset: str) -> Picture | None:
        found = self._assets.get(asset)
        if found is None:
            return None
        raw, where = found
        record: AssetRecord = decoded(raw, AssetRecord, where)
        if not record.props.src or not record.props.src.startswith("data:"):
            return None  # Nothing is fetched from elsewhere.
        data = picture_of(record.props.src, f"{where}.props.src")
        header = read_header(data, f"{where}.props.src")
        file_id = file_id_of(data)
        self.files[file_id] = data
        return Picture(file_id, (header.width, header.height))
