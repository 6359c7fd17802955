"""The formats that a board is exported in: a new one is an entry here and a function that writes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from inkwire.assets.files import Files
from inkwire.exporting.json_export import JsonWriter
from inkwire.exporting.survey import Survey
from inkwire.exporting.svg import SvgWriter
from inkwire.protocol.elements import Element
from inkwire.services.export_job import ExportJob

Pieces = Callable[[ExportJob], AsyncIterator[bytes]]
_SVG_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'none'; sandbox"
)


@dataclass(frozen=True)
class Format:
    """``extension`` is its name in addresses, too. ``policy``: what its answers let a browser do.

    ``says``: what it is, for the reader of the API. ``pieces`` writes it, piece by piece.
    """

    extension: str
    media_type: str
    says: str
    pieces: Pieces
    policy: str = ""


async def _json(job: ExportJob) -> AsyncIterator[bytes]:
    writer = JsonWriter(job.board)
    yield writer.head()
    async for elements in job.elements():
        yield await asyncio.to_thread(_joined, writer, elements)
    yield writer.tail()


async def _svg(job: ExportJob) -> AsyncIterator[bytes]:
    survey = Survey()
    async for elements in job.elements():
        await asyncio.to_thread(_survey, survey, elements)
    writer = SvgWriter(job.board, survey, job.look)
    yield await asyncio.to_thread(writer.head)
    async for elements in job.elements():
        async for piece in _drawn(writer, elements, job.store.files):
            yield piece
    yield await asyncio.to_thread(writer.tail)


async def _drawn(
    writer: SvgWriter, elements: Sequence[Element], files: Files
) -> AsyncIterator[bytes]:
    """One page, in pieces that end with a picture: no two of their files are in memory together."""
    run: list[Element] = []
    for element in elements:
        file = writer.wanted_file(element)
        if file is None:
            run.append(element)
            continue
        yield await asyncio.to_thread(_written, writer, run)
        run = []
        yield await asyncio.to_thread(writer.element, element, await files.get(file))
    yield await asyncio.to_thread(_written, writer, run)


def _written(writer: SvgWriter, elements: Sequence[Element]) -> bytes:
    return b"".join(map(writer.element, elements))


def _joined(writer: JsonWriter, elements: Sequence[Element]) -> bytes:
    return b"".join(map(writer.element, elements))


def _survey(survey: Survey, elements: Sequence[Element]) -> None:
    for element in elements:
        survey.add(element)


FORMATS: Final[tuple[Format, ...]] = (
    Format("json", "application/json", "Every element with every property.", _json),
    Format(
        "svg",
        "image/svg+xml",
        "One picture that needs nothing else, its fonts inside.",
        _svg,
        _SVG_POLICY,
    ),
)
"""``exporting.json_export`` and its neighbours describe what is in each."""
