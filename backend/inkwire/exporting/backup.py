"""``export.inkwire``: a board and its pictures, to be kept (``protocol.backup`` describes the file)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.look import Look
from inkwire.exporting.source import Source
from inkwire.protocol.backup import (
    PREFACE,
    BackupBoard,
    BackupEnd,
    BackupPicture,
    framed,
    framed_element,
)
from inkwire.protocol.elements import Image


def draw_backup(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """All records after ``PREFACE``. A picture that its author's page never sent is not there to be kept."""
    total = hashlib.sha256(PREFACE)
    elements = pictures = 0
    looked_for: set[str] = set()
    pieces = [framed(BackupBoard(board.id, board.title, board.epoch, board.seq))]
    for some in source.elements():
        for element in some:
            if isinstance(element, Image) and element.file and element.file not in looked_for:
                looked_for.add(element.file)
                data = source.file(element.file)
                if data is not None:
                    pieces.append(framed(BackupPicture(element.file, data)))
                    pictures += 1
                    yield _summed(total, pieces)
            pieces.append(framed_element(element))
            elements += 1
        yield _summed(total, pieces)
    yield _summed(total, pieces)
    yield framed(BackupEnd(elements, pictures, total.hexdigest()))


def _summed(total: hashlib._Hash, pieces: list[bytes]) -> bytes:
    """The pieces as one, taken into account; the list is empty then."""
    data = b"".join(pieces)
    pieces.clear()
    total.update(data)
    return data
