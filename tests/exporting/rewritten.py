"""Boards written to files and read again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from random import Random

from inkwire.exporting import excalidraw, ndjson_export
from inkwire.exporting.backup import draw_backup
from inkwire.exporting.look import Look
from inkwire.exporting.source import Held
from inkwire.importing.backup import plan_backup
from inkwire.importing.excalidraw import plan_import
from inkwire.importing.ndjson import plan_ndjson
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.protocol.backup import PREFACE
from inkwire.protocol.elements import Element
from tests.exporting.boards import Info

EMPTY = Target(at=(1_000.0, -500.0), is_empty=True)
"""A new board, with somebody looking at a place of it."""
Pictures = Mapping[str, bytes]


def as_excalidraw(elements: Sequence[Element], pictures: Pictures | None = None) -> bytes:
    """The elements, in paint order, as a ``.excalidraw`` file."""
    source = Held(elements, pictures or {})
    return excalidraw.PREFACE + b"".join(excalidraw.draw_excalidraw(Info(), source, Look()))


def as_ndjson(elements: Sequence[Element]) -> bytes:
    """The elements as lines."""
    pieces = ndjson_export.draw_ndjson(Info(), Held(elements), Look())
    return ndjson_export.PREFACE + b"".join(pieces)


def as_backup(elements: Sequence[Element], pictures: Pictures | None = None) -> bytes:
    """The elements as a ``.inkwire`` file."""
    source = Held(elements, pictures or {})
    return PREFACE + b"".join(draw_backup(Info(), source, Look()))


def read_excalidraw(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for a ``.excalidraw`` file."""
    return plan_import(data, target, random=Random(seed))


def read_ndjson(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for lines."""
    return plan_ndjson(io.BytesIO(data), target, random=Random(seed))


def read_backup(data: bytes, target: Target = EMPTY, seed: int = 3) -> ImportPlan:
    """The plan for a backup."""
    return plan_backup(io.BytesIO(data), target, random=Random(seed))
