"""Reads ``.inkwire``, a board as it was (``protocol.backup``); a cut or damaged file is refused as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import BinaryIO, Final

import msgspec

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import read_header
from inkwire.errors import BadFile
from inkwire.importing.exact import Found, Progress, exact_plan
from inkwire.importing.limits import MAX_ELEMENT_BYTES, MAX_FILE_BYTES
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.protocol.backup import (
    FRAME_HEAD_BYTES,
    VERSION,
    BackupBoard,
    BackupElement,
    BackupEnd,
    BackupHead,
    BackupPicture,
    BackupRecord,
    length_of,
)

MAX_RECORD_BYTES: Final = MAX_FILE_BYTES + 1024
"""Bytes of one record: a picture is the largest, and no board has one of more than ``MAX_FILE_BYTES``."""
_record: Final[msgspec.msgpack.Decoder[BackupRecord]] = msgspec.msgpack.Decoder(BackupRecord)


def plan_backup(
    file: BinaryIO, target: Target, *, random: Random, progress: Progress | None = None
) -> ImportPlan:
    """The plan for a backup; raises ``BadFile`` that names the record and its byte.

    The file stays in use: its pictures are read once more, one by one, when they are wanted.
    """
    reader = _Reader(file)
    plan = exact_plan(reader.elements(), target, random=random, progress=progress)
    return replace(plan, files=PicturesInFile(file, reader.pictures))


class PicturesInFile(Mapping[str, bytes]):
    """Pictures that stay in their file until they are asked for."""

    def __init__(self, file: BinaryIO, places: Mapping[str, tuple[int, int]]) -> None:
        self._file = file
        self._places = places

    def __getitem__(self, name: str) -> bytes:
        start, length = self._places[name]
        self._file.seek(start)
        record = _record.decode(self._file.read(length))
        if not isinstance(record, BackupPicture):
            raise BadFile("The file changed while it was read.")
        return record.data

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Reader:
    """Goes through the records once, and remembers where the pictures are."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self._at = 0
        self.pictures: dict[str, tuple[int, int]] = {}

    def elements(self) -> Iterator[Found]:
        """The elements; returns only after an end that agrees with what came before it."""
        head = self._next()
        if not isinstance(head, BackupHead):
            raise BadFile("The file does not begin as a backup.", "byte 0")
        if head.version != VERSION:
            raise BadFile(
                f"It is of version {head.version}; this Inkwire reads version {VERSION}.", "byte 0"
            )
        if not isinstance(self._next(), BackupBoard):
            raise BadFile("The file does not say of which board it is.", f"byte {self._at}")
        count = 0
        while True:
            at, before = self._at, self._sum.hexdigest()
            where = f"byte {at}"
            record = self._next()
            match record:
                case BackupElement(element):
                    count += 1
                    if self._at - at > MAX_ELEMENT_BYTES:
                        raise BadFile("An element is too large.", where)
                    yield element, where
                case BackupPicture(file, data):
                    self._picture(file, data, where)
                    start = at + FRAME_HEAD_BYTES
                    self.pictures[file] = start, self._at - start
                case BackupEnd():
                    self._check_end(record, count, before, where)
                    return
                case _:
                    raise BadFile("A second beginning.", where)

    def _picture(self, file: str, data: bytes, where: str) -> None:
        if file_id_of(data) != file:
            raise BadFile("A picture is damaged.", where)
        if file in self.pictures:
            raise BadFile("A picture comes twice.", where)
        read_header(data, where)

    def _check_end(self, end: BackupEnd, elements: int, total: str, where: str) -> None:
        if (end.elements, end.pictures) != (elements, len(self.pictures)):
            raise BadFile("Something is missing from the middle of the file.", where)
        if end.sha256 != total:
            raise BadFile("The file is damaged: its checksum is another.", where)
        if self._file.read(1):
            raise BadFile("Something comes after the end.", f"byte {self._at}")

    def _next(self) -> BackupRecord:
        where = f"byte {self._at}"
        head = self._file.read(FRAME_HEAD_BYTES)
        length = length_of(head)
        if len(head) < FRAME_HEAD_BYTES:
            raise BadFile("The file is cut off: its end is missing.", where)
        if length is None:
            raise BadFile("Here begins no record: the file is damaged.", where)
        if length > MAX_RECORD_BYTES:
            raise BadFile(f"A record has more than {MAX_RECORD_BYTES:,} bytes.", where)
        body = self._file.read(length)
        if len(body) < length:
            raise BadFile("The file is cut off in the middle of a record.", where)
        try:
            record = _record.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadFile(f"Not a record of a backup: {error}", where) from None
        self._sum.update(head)
        self._sum.update(body)
        self._at += FRAME_HEAD_BYTES + length
        return record
