"""A whole installation as one stream (``protocol.instance_backup``), and back."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO, Final

import msgspec

from inkwire.assets.files import file_id_of
from inkwire.errors import BadFile, BoardNotFound, Refusal
from inkwire.importing.plan import pushes_of
from inkwire.protocol.backup import (
    FRAME_HEAD_BYTES,
    BackupElement,
    BackupPicture,
    framed,
    framed_element,
    length_of,
)
from inkwire.protocol.elements import Element
from inkwire.protocol.instance_backup import (
    EVENTS,
    MAX_RECORD_BYTES,
    VERSION,
    InstanceBoard,
    InstanceEnd,
    InstanceEvents,
    InstanceHead,
    InstanceRecord,
    InstanceRegister,
)
from inkwire.services.imports import Author
from inkwire.store.board_copies import BoardCopy
from inkwire.store.exact import exact_document
from inkwire.store.redis_store import RedisBoardStore

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many boards or pictures are, and of how many."""
PERSON: Final = "inkwire-restore"
"""Who did it, in the boards' history."""
_record: Final[msgspec.msgpack.Decoder[InstanceRecord]] = msgspec.msgpack.Decoder(InstanceRecord)


@dataclass(slots=True)
class Counts:
    """What a backup holds; ``missing`` are pictures whose bytes nobody ever brought, or that are lost."""

    boards: int = 0
    elements: int = 0
    pictures: int = 0
    bytes: int = 0
    missing: int = 0


async def back_up(
    store: RedisBoardStore,
    out: BinaryIO,
    *,
    now_ms: int,
    only: Sequence[str] = (),
    progress: Progress = lambda _what, _done, _total: None,
) -> Counts:
    """Writes all boards, or ``only`` some; each as it was at one commit, also while people draw.

    Errors: those of the store, ``BoardNotFound`` for one of ``only``, ``OSError`` of ``out``.
    """
    counts, total = Counts(), hashlib.sha256()

    async def write(pieces: Iterable[bytes]) -> None:
        data = b"".join(pieces)
        total.update(data)
        counts.bytes += len(data)
        await asyncio.to_thread(out.write, data)

    await write([framed(InstanceHead(VERSION, now_ms))])
    boards = list(only) or [each.id async for each in store.boards()]
    pictures: dict[str, None] = {}
    for board in boards:
        progress("boards", counts.boards, len(boards))
        try:
            copy = await store.copies.read(board)
            document = await exact_document(store, board)
        except BoardNotFound:
            if only:
                raise BoardNotFound(f"There is no board {board}.") from None
            continue  # deleted meanwhile
        await write([framed(InstanceBoard(**{n: getattr(copy, n) for n in _COPIED}))])
        for some in _in_parts(document.in_paint_order()):
            await write(await asyncio.to_thread(_framed_all, some))
        counts.elements += len(document)
        async for events in store.copies.events(board, EVENTS):
            await write([framed(InstanceEvents(events))])
        pictures.update(dict.fromkeys(copy.files))
        counts.boards += 1
    for done, name in enumerate(pictures):
        progress("pictures", done, len(pictures))
        data = await store.files.get(name)
        if data is None:
            counts.missing += 1
            continue
        await write([framed(BackupPicture(name, data))])
        counts.pictures += 1
    async for register, rows in store.copies.registers():
        if not only:
            await write([framed(InstanceRegister(register, rows))])
    end = InstanceEnd(counts.boards, counts.elements, counts.pictures, total.hexdigest())
    await write([framed(end)])
    return counts


def check(file: BinaryIO) -> tuple[Counts, list[str]]:
    """Reads a whole backup; what it holds, and the ids of its boards. Raises ``BadFile``."""
    file.seek(0)
    counts, boards = Counts(), []
    for record in records(file):
        match record:
            case InstanceBoard():
                boards.append(record.id)
                counts.boards += 1
            case BackupElement():
                counts.elements += 1
            case BackupPicture():
                counts.pictures += 1
            case _:
                pass
    counts.bytes = file.tell()
    if len(set(boards)) != len(boards):
        raise BadFile("A board comes twice.")
    return counts, boards


async def restore(
    store: RedisBoardStore,
    file: BinaryIO,
    *,
    clock: Callable[[], int],
    only: Sequence[str] = (),
    replace: bool = False,
    progress: Progress = lambda _what, _done, _total: None,
) -> Counts:
    """Brings back the boards of a backup, or ``only`` some of them, with their links.

    The file is read to its end before anything is changed. Errors: ``BadFile``; ``Refusal`` where a board of that id
    is there and ``replace`` is not given; those of the store, which may leave a part restored: with ``replace`` it can
    be done again.
    """
    held, boards = await asyncio.to_thread(check, file)
    if unknown := sorted(set(only).difference(boards)):
        raise BoardNotFound(f"The backup has no board {unknown[0]}.")
    wanted = set(only or boards)
    if not replace:
        there = [each for each in boards if each in wanted and await store.copies.exists(each)]
        if there:
            raise Refusal(
                "exists",
                f"{len(there)} of these boards are there already, the first is {there[0]}. "
                "Nothing was changed; --force puts the backup's in their place.",
            )
    counts = Counts(bytes=held.bytes)
    await asyncio.to_thread(file.seek, 0)
    restoring: _Restoring | None = None
    async with aclosing(_read_ahead(records(file))) as found:
        async for record in found:
            if isinstance(record, InstanceBoard | BackupPicture | InstanceRegister | InstanceEnd):
                if restoring is not None:
                    await restoring.end()
                restoring = None
            match record:
                case InstanceBoard() if record.id in wanted:
                    progress("boards", counts.boards, len(wanted))
                    copy = BoardCopy(**{name: getattr(record, name) for name in _COPIED})
                    if not await store.copies.begin(copy, replace=replace):
                        raise Refusal("exists", f"Board {record.id} was made meanwhile.")
                    restoring = _Restoring(store, copy, clock)
                    counts.boards += 1
                case BackupElement(element) if restoring is not None:
                    await restoring.add(element)
                    counts.elements += 1
                case InstanceEvents(events) if restoring is not None:
                    await store.copies.tell(restoring.copy.id, events)
                case BackupPicture(_, data):
                    progress("pictures", counts.pictures, held.pictures)
                    await store.files.put(data)
                    counts.pictures += 1
                case InstanceRegister(name, rows):
                    await store.copies.register(name, [row for row in rows if row[0] in wanted])
                case _:
                    pass
    return counts


class _Restoring:
    """One board on its way back."""

    def __init__(self, store: RedisBoardStore, copy: BoardCopy, clock: Callable[[], int]) -> None:
        self.copy = copy
        self._store = store
        self._author = Author(store, copy.id, PERSON, clock)
        self._waiting: list[Element] = []

    async def add(self, element: Element) -> None:
        self._waiting.append(element)
        if len(self._waiting) >= 500:
            await self._flush()

    async def end(self) -> None:
        await self._flush()
        await self._store.copies.finish(self.copy)

    async def _flush(self) -> None:
        elements, self._waiting = self._waiting, []
        for ops in pushes_of(elements):
            await self._author.push(ops)


def records(file: BinaryIO) -> Iterator[InstanceRecord]:
    """The records of a backup, checked; ends only after an end that agrees. Raises ``BadFile``."""
    total = hashlib.sha256()
    counts = [0, 0, 0]
    at = 0
    record: InstanceRecord | None = None
    while not isinstance(record, InstanceEnd):
        where = f"byte {at}"
        head = file.read(FRAME_HEAD_BYTES)
        length = length_of(head)
        if len(head) < FRAME_HEAD_BYTES:
            raise BadFile("The file is cut off: its end is missing.", where)
        if length is None or length > MAX_RECORD_BYTES:
            raise BadFile("Here begins no record: this is no backup, or a damaged one.", where)
        body = file.read(length)
        if len(body) < length:
            raise BadFile("The file is cut off in the middle of a record.", where)
        before = record
        try:
            record = _record.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadFile(f"This is no record of a backup: {error}", where) from None
        _check(record, before, counts, total.hexdigest(), where)
        total.update(head)
        total.update(body)
        at += FRAME_HEAD_BYTES + length
        yield record
    if file.read(1):
        raise BadFile("Something comes after the end.", f"byte {at}")


def _check(
    record: InstanceRecord, before: InstanceRecord | None, counts: list[int], sum_: str, where: str
) -> None:
    if (before is None) != isinstance(record, InstanceHead):
        raise BadFile("The file does not begin as a backup of an installation.", where)
    match record:
        case InstanceHead(version) if version != VERSION:
            raise BadFile(f"It is of version {version}; this reads version {VERSION}.", where)
        case InstanceBoard():
            counts[0] += 1
        case BackupElement():
            counts[1] += 1
        case BackupPicture(file, data):
            counts[2] += 1
            if file_id_of(data) != file:
                raise BadFile("A picture is damaged.", where)
        case InstanceEnd(boards, elements, pictures, sha256):
            if [boards, elements, pictures] != counts:
                raise BadFile("Something is missing from the middle of the file.", where)
            if sha256 != sum_:
                raise BadFile("The file is damaged: its checksum is another.", where)
        case _:
            pass


async def _read_ahead(found: Iterator[InstanceRecord]) -> AsyncGenerator[InstanceRecord, None]:
    """The records, read in a thread a few at a time."""

    def some() -> list[InstanceRecord]:
        taken: list[InstanceRecord] = []
        for record in found:
            taken.append(record)
            if len(taken) == 200 or isinstance(record, BackupPicture):
                break
        return taken

    while taken := await asyncio.to_thread(some):
        for record in taken:
            yield record


def _in_parts(elements: Sequence[Element]) -> Iterator[Sequence[Element]]:
    for first in range(0, len(elements), 500):
        yield elements[first : first + 500]


def _framed_all(elements: Sequence[Element]) -> list[bytes]:
    return [framed_element(each) for each in elements]


_COPIED: Final = ("id", "meta", "links", "files", "hooks", "last")
