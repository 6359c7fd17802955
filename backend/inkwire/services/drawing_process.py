"""One export drawn by a process of its own: it costs the event loop nothing but handing bytes on.

The process is started afresh, not forked from a process with threads. It ends with its export; it is
killed when nobody waits for that any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

from inkwire.errors import BadFile, Refusal
from inkwire.exporting import worker
from inkwire.exporting.worker_frames import (
    LENGTH_BYTES,
    Begin,
    Failed,
    More,
    Picture,
    Piece,
    Records,
    Refused,
    Said,
    Task,
    Wanted,
    decode_said,
    framed,
)
from inkwire.protocol.codes import RefusalCode
from inkwire.services.export_job import ExportJob

_KEPT: Final = ("PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "LC_ALL", "SYSTEMROOT")
"""What the process gets of the environment: no password or key of ours."""


class DrawingFailed(Refusal):
    """The process could not draw it; the message is what happened to it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            RefusalCode.UNAVAILABLE, f"It could not be drawn: {what}. A part of the board may do."
        )


async def drawn(job: ExportJob, extension: str) -> AsyncGenerator[bytes, None]:
    """The export, piece by piece. Raises ``BadFile`` before the first for what cannot be drawn so."""
    process = await _Process.start()
    records: AsyncIterator[list[bytes]] | None = None
    try:
        await process.tell(_task(job, extension))
        while True:
            match await process.hear():
                case Begin():
                    records = job.records()
                    await process.tell(Records(await anext(records, [])))
                case More():
                    if records is not None:
                        await process.tell(Records(await anext(records, [])))
                case Wanted(file=file):
                    await process.tell(Picture(await job.store.files.get(file)))
                case Piece(data=data):
                    yield data
                case Refused(error=error, where=where):
                    raise BadFile(error, where)
                case Failed(reason=reason):
                    raise DrawingFailed(reason)
                case _:
                    return
    except (EOFError, ConnectionError):
        raise DrawingFailed("the process that draws ended early") from None
    finally:
        await asyncio.shield(process.end())


class _Process:
    """The process and our ends of its pipes."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        sink: asyncio.StreamWriter,
        source: asyncio.StreamReader,
    ) -> None:
        self._process = process
        self._sink = sink
        self._source = source

    @staticmethod
    async def start() -> _Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            worker.__name__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )
        if process.stdin is None or process.stdout is None:
            raise DrawingFailed("the process that draws has no pipes")
        return _Process(process, process.stdin, process.stdout)

    async def tell(self, message: Task | Records | Picture) -> None:
        self._sink.write(framed(message))
        await self._sink.drain()

    async def hear(self) -> Said:
        length = int.from_bytes(await self._source.readexactly(LENGTH_BYTES), "big")
        said: Said = decode_said(await self._source.readexactly(length))
        return said

    async def end(self) -> None:
        """Ends it at once, if it has not ended; returns when it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._sink.close()


def _task(job: ExportJob, extension: str) -> Task:
    choice, look, board = job.choice, job.look, job.board
    return Task(
        format=extension,
        id=board.id,
        title=board.title,
        epoch=board.epoch,
        seq=board.seq,
        ids=None if choice.ids is None else sorted(choice.ids),
        region=choice.region,
        theme=look.theme,
        background=look.background,
        padding=look.padding,
        scale=look.scale,
        frame=look.frame,
        fonts=str(look.fonts.path) if look.fonts else "",
    )
