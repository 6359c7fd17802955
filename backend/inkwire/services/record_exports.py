"""Boards as records that can be brought in again: lines, Excalidraw's file, a backup.

One page of elements and one picture are in memory at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from inkwire.exporting.excalidraw import ExcalidrawWriter
from inkwire.exporting.excalidraw_relations import Relations
from inkwire.exporting.ndjson_export import NdjsonWriter
from inkwire.protocol.backup import BackupBoard, BackupWriter
from inkwire.protocol.elements import Element, Image
from inkwire.services.export_job import ExportJob


async def ndjson_pieces(job: ExportJob) -> AsyncIterator[bytes]:
    """Lines of JSON."""
    writer = NdjsonWriter(job.board)
    yield writer.head()
    async for elements in job.elements():
        yield await asyncio.to_thread(_joined, writer.element, elements)


async def excalidraw_pieces(job: ExportJob) -> AsyncIterator[bytes]:
    """What Excalidraw opens; the board is read twice, for each end of an arrow knows the other."""
    relations = Relations()
    writer = ExcalidrawWriter(relations)
    yield writer.head()
    async for elements in job.elements():
        await asyncio.to_thread(_related, relations, elements)
    async for elements in job.elements():
        yield await asyncio.to_thread(_joined, writer.element, elements)
    yield writer.between()
    for file in list(writer.files):
        data = await job.store.files.get(file)
        if data is not None:
            yield await asyncio.to_thread(writer.picture, file, data)
    yield writer.tail()


async def backup_pieces(job: ExportJob) -> AsyncIterator[bytes]:
    """The board and its pictures, each before the first element that names it."""
    board = job.board
    writer = BackupWriter(
        BackupBoard(id=board.id, title=board.title, epoch=board.epoch, seq=board.seq)
    )
    yield writer.head()
    written: set[str] = set()
    async for elements in job.elements():
        for file in _pictures(elements):
            if file in written:
                continue
            written.add(file)
            data = await job.store.files.get(file)
            if data is not None:  # what its author's page never sent is not there to be kept
                yield await asyncio.to_thread(writer.picture, file, data)
        yield await asyncio.to_thread(_joined, writer.element, elements)
    yield writer.tail()


def _pictures(elements: Sequence[Element]) -> list[str]:
    return [each.file for each in elements if isinstance(each, Image) and each.file]


def _joined(write: Callable[[Element], bytes], elements: Sequence[Element]) -> bytes:
    return b"".join(map(write, elements))


def _related(relations: Relations, elements: Sequence[Element]) -> None:
    for element in elements:
        relations.add(element)
