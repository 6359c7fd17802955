"""The formats that a board is exported in: a new one is an entry here and a function that writes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from inkwire.exporting.excalidraw import PREFACE as EXCALIDRAW_PREFACE
from inkwire.exporting.json_export import JsonWriter
from inkwire.exporting.ndjson_export import PREFACE as NDJSON_PREFACE
from inkwire.exporting.pdf_file import HEADER
from inkwire.protocol.backup import PREFACE as BACKUP_PREFACE
from inkwire.protocol.elements import Element
from inkwire.services.drawing_process import drawn
from inkwire.services.export_job import ExportJob

Pieces = Callable[[ExportJob], AsyncGenerator[bytes, None]]
_SVG_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'none'; sandbox"
)


@dataclass(frozen=True)
class Format:
    """``extension`` is its name in addresses, too. ``policy``: what its answers let a browser do.

    ``says``: what it is, for the reader of the API. ``pieces`` writes it, piece by piece. ``drawn``: by a
    process of its own, few at a time. ``preface``: what every such file begins with, sent at once; without,
    nothing is sent before the first piece, which may be refused.
    """

    extension: str
    media_type: str
    says: str
    pieces: Pieces
    policy: str = ""
    drawn: bool = False
    preface: bytes = b""


async def _json(job: ExportJob) -> AsyncGenerator[bytes, None]:
    writer = JsonWriter(job.board)
    yield writer.head()
    async for elements in job.elements():
        yield await asyncio.to_thread(_joined, writer, elements)
    yield writer.tail()


def _joined(writer: JsonWriter, elements: Sequence[Element]) -> bytes:
    return b"".join(map(writer.element, elements))


FORMATS: Final[tuple[Format, ...]] = (
    Format("json", "application/json", "Every element with every property.", _json),
    Format(
        "svg",
        "image/svg+xml",
        "One picture that needs nothing else, its fonts inside.",
        partial(drawn, extension="svg"),
        _SVG_POLICY,
        drawn=True,
        preface=b'<?xml version="1.0" encoding="UTF-8"?>\n',
    ),
    Format(
        "ndjson",
        "application/x-ndjson",
        "A line of JSON for each element, its points exact.",
        partial(drawn, extension="ndjson"),
        drawn=True,
        preface=NDJSON_PREFACE,
    ),
    Format(
        "excalidraw",
        "application/vnd.excalidraw+json",
        "A scene that Excalidraw opens, and that is the same board when it is brought in again.",
        partial(drawn, extension="excalidraw"),
        drawn=True,
        preface=EXCALIDRAW_PREFACE,
    ),
    Format(
        "inkwire",
        "application/vnd.inkwire",
        "A backup of the board with its pictures.",
        partial(drawn, extension="inkwire"),
        drawn=True,
        preface=BACKUP_PREFACE,
    ),
    Format(
        "pdf",
        "application/pdf",
        "Pages of lines and letters: one for each frame, or one for all.",
        partial(drawn, extension="pdf"),
        drawn=True,
        preface=HEADER,
    ),
    Format(
        "png",
        "image/png",
        "One picture of pixels, at most 100 million.",
        partial(drawn, extension="png"),
        drawn=True,
    ),
)
"""``exporting.json_export`` and its neighbours describe what is in each."""
