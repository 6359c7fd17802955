"""Reads ``.excalidraw`` scenes and ``.excalidrawlib`` libraries of either format.

Pure: bytes in, a plan out. Everything is parsed, converted and checked before there is a plan, so a
bad file changes nothing. One element is expanded at a time; the rest stays the bytes it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from msgspec import Raw

from inkwire.errors import BadFile
from inkwire.importing.assembly import assembled
from inkwire.importing.exact import Progress
from inkwire.importing.excalidraw_reader import Reader
from inkwire.importing.limits import MAX_ITEMS, checked
from inkwire.importing.plan import ImportPlan
from inkwire.importing.records import FileRecord, LibraryItemRecord, decoded
from inkwire.importing.target import Target
from inkwire.protocol.limits import MAX_ELEMENTS


def plan_import(
    data: bytes,
    target: Target,
    *,
    random: Random,
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing the file would put on a board; raises ``BadFile`` with the place in the file.

    A library that stays where it is begins at (0, 0). Takes about 0.1 ms an element: run it in a thread.
    """
    file = _file(checked(data))
    reader = Reader(file, random, progress, is_kept=target.is_empty)
    items = list(_items(file))
    total = sum(len(each) for _, each in items)
    if total > MAX_ELEMENTS:
        raise BadFile(f"The file holds {total} elements, a board at most {MAX_ELEMENTS}.")
    groups = [reader.read(where, raws, total) for where, raws in items]
    return assembled(
        groups,
        target,
        is_library=file.elements is None,
        random=random,
        files=reader.files,
        skipped=reader.skipped,
        notes=reader.notes,
    )


def _file(data: bytes) -> FileRecord:
    file: FileRecord = decoded(data, FileRecord, "")
    if file.elements is None and file.library is None and file.library_items is None:
        raise BadFile("The file holds no elements: it is not of Excalidraw.")
    if max(len(file.library or ()), len(file.library_items or ())) > MAX_ITEMS:
        raise BadFile(f"The library holds more than {MAX_ITEMS} items.")
    return file


def _items(file: FileRecord) -> Iterator[tuple[str, list[Raw]]]:
    """The lists of elements that belong together, each with its place in the file."""
    if file.elements is not None:
        yield "elements", file.elements
    elif file.library_items is not None:
        for index, raw in enumerate(file.library_items):
            where = f"libraryItems[{index}]"
            if bytes(raw).lstrip().startswith(b"["):
                yield where, decoded(raw, list[Raw], where)
            else:
                yield f"{where}.elements", decoded(raw, LibraryItemRecord, where).elements
    else:
        for index, raw in enumerate(file.library or ()):
            where = f"library[{index}]"
            yield where, decoded(raw, list[Raw], where)
