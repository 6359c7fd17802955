"""The process that draws one export: ``python -m inkwire.exporting.worker``, ended with its output.

It opens no socket, writes no file and knows no secret: elements and pictures come by its input.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from inkwire.errors import BadFile
from inkwire.exporting.choice import Choice
from inkwire.exporting.drawers import drawer_of
from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.look import Look
from inkwire.exporting.worker_frames import (
    LENGTH_BYTES,
    Begin,
    Done,
    Failed,
    More,
    Piece,
    Refused,
    Said,
    Wanted,
    decode_picture,
    decode_records,
    decode_task,
    framed,
)
from inkwire.protocol.elements import Element
from inkwire.protocol.records import decode_record
from inkwire.rooms.bounds import Box

MEMORY_BYTES: Final = 2**30
CPU_SECONDS: Final = 300
NICENESS: Final = 10
"""Whoever draws on a board shall not feel that another board is exported."""
OPEN_FILES: Final = 64
PIECE_BYTES: Final = 64 * 1024
"""Pieces are gathered to at least so many bytes."""


class Pipe:
    """The process's side of its pipes."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink

    def say(self, message: Said) -> None:
        self._sink.write(framed(message))
        self._sink.flush()

    def hear(self) -> bytes:
        """The next frame; raises ``EOFError`` when the server has gone."""
        return self._exactly(int.from_bytes(self._exactly(LENGTH_BYTES), "big"))

    def _exactly(self, count: int) -> bytes:
        data = self._source.read(count)
        if len(data) < count:
            raise EOFError
        return data


@dataclass(frozen=True)
class PipedSource:
    """A board that is asked for through the pipe."""

    pipe: Pipe
    choice: Choice

    def elements(self) -> Iterator[Sequence[Element]]:
        self.pipe.say(Begin())
        while records := decode_records(self.pipe.hear()).records:
            drawn = [element for _, element in map(decode_record, records)]
            yield drawn if self.choice.is_whole else list(filter(self.choice.takes, drawn))
            self.pipe.say(More())

    def file(self, file: str) -> bytes | None:
        self.pipe.say(Wanted(file))
        return decode_picture(self.pipe.hear()).data


def serve(pipe: Pipe) -> None:
    """Draws what the server asks for, once."""
    task = decode_task(pipe.hear())
    region = Box(*task.region) if task.region else None
    ids = frozenset(task.ids) if task.ids is not None else None
    look = Look(
        theme=task.theme,
        background=task.background,
        padding=task.padding,
        scale=task.scale,
        region=region,
        frame=task.frame,
        fonts=FontFolder(Path(task.fonts)) if task.fonts else None,
    )
    source = PipedSource(pipe, Choice(ids, region))
    waiting, enough = bytearray(), 1  # the first bytes are waited for
    try:
        for piece in drawer_of(task.format)(task, source, look):
            waiting += piece
            if len(waiting) >= enough:
                pipe.say(Piece(bytes(waiting)))
                waiting.clear()
                enough = PIECE_BYTES
        pipe.say(Piece(bytes(waiting)))
        pipe.say(Done())
    except BadFile as error:
        pipe.say(Refused(str(error).removeprefix(f"{error.where}: "), error.where))
    except MemoryError:
        pipe.say(Failed("it needs more memory than an export may have"))


def limit() -> None:
    """Takes from the process what it does not need, and lets everybody else go first."""
    os.nice(NICENESS)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems do not know all of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    limit()
    try:
        serve(Pipe(sys.stdin.buffer, sys.stdout.buffer))
    except (EOFError, BrokenPipeError):
        # Nobody waits for it any more. What is still in the pipe's buffer has no reader.
        sys.stdout = None


if __name__ == "__main__":
    main()
