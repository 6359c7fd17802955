"""Boards written to files and read again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from random import Random

from inkwire.exporting.excalidraw import ExcalidrawWriter
from inkwire.exporting.excalidraw_relations import Relations
from inkwire.exporting.ndjson_export import NdjsonWriter
from inkwire.importing.backup import plan_backup
from inkwire.importing.excalidraw import plan_import
from inkwire.importing.ndjson import plan_ndjson
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.protocol.backup import BackupBoard, BackupWriter
from inkwire.protocol.elements import Element, Image
from tests.exporting.boards import Info

EMPTY = Target(at=(1_000.0, -500.0), is_empty=True)
"""A new board, with somebody looking at a place of it."""
Pictures = Mapping[str, bytes]


def as_excalidraw(elements: Sequence[Element], pictures: Pictures | None = None) -> bytes:
    """The elements, in paint order, as a ``.excalidraw`` file."""
    relations = Relations()
    for element in elements:
        relations.add(element)
    writer = ExcalidrawWriter(relations)
    pieces = [writer.head(), *map(writer.element, elements), writer.between()]
    known = pictures or {}
    pieces += [writer.picture(file, known[file]) for file in writer.files if file in known]
    return b"".join([*pieces, writer.tail()])


def as_ndjson(elements: Sequence[Element]) -> bytes:
    """The elements as lines."""
    writer = NdjsonWriter(Info())
    return b"".join([writer.head(), *map(writer.element, elements)])


def as_backup(elements: Sequence[Element], pictures: Pictures | None = None) -> bytes:
    """The elements as a ``.inkwire`` file, each picture before the first element that names it."""
    writer = BackupWriter(BackupBoard(id="board-0001", title="Plans", epoch="e1", seq=7))
    pieces = [writer.head()]
    left = dict(pictures or {})
    for element in elements:
        if isinstance(element, Image) and element.file in left:
            pieces.append(writer.picture(element.file, left.pop(element.file)))
        pieces.append(writer.element(element))
    return b"".join([*pieces, writer.tail()])


def read_excalidraw(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for a ``.excalidraw`` file."""
    return plan_import(data, "x.excalidraw", target, random=Random(seed))


def read_ndjson(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for lines."""
    return plan_ndjson(io.BytesIO(data), target, random=Random(seed))


def read_backup(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for a backup."""
    return plan_backup(io.BytesIO(data), target, random=Random(seed))
