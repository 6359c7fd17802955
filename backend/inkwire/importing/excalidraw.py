"""Reads ``.excalidraw`` scenes and ``.excalidrawlib`` libraries of either format.

Pure: bytes in, a plan out. Everything is parsed, converted and checked before there is a plan, so a
bad file changes nothing. One element is expanded at a time; the rest stays the bytes it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import read_header
from inkwire.assets.svg_header import looks_like_svg
from inkwire.errors import BadFile
from inkwire.importing import layout
from inkwire.importing.convert import KNOWN_TYPES, Picture, Scope, converted
from inkwire.importing.limits import MAX_ELEMENT_BYTES, MAX_ITEMS, checked
from inkwire.importing.pictures import picture_of
from inkwire.importing.plan import ImportPlan
from inkwire.importing.records import (
    ElementRecord,
    FileRecord,
    HeadRecord,
    LibraryItemRecord,
    PictureRecord,
    decoded,
)
from inkwire.importing.strokes import on_grid
from inkwire.protocol.elements import Element
from inkwire.protocol.limits import MAX_ELEMENTS
from inkwire.rooms.bounds import Box, bounds_of
from inkwire.rooms.order import DIGITS, keys_between

ID_LENGTH = 16
"""95 bits."""

PROGRESS_STEP = 250
"""Elements between two reports of progress."""

Progress = Callable[[int, int], None]
"""Told how many elements are read, and of how many."""

_validator = msgspec.msgpack.Decoder(Element)
_encoder = msgspec.msgpack.Encoder()


def plan_import(
    data: bytes,
    name: str,
    *,
    at: tuple[float, float] | None,
    above: str | None,
    random: Random,
    beside: Box | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing the file would put on a board; raises ``BadFile`` with the place in the file.

    The whole is centred on ``at``, or stands right of ``beside``, or else a scene stays at its own
    coordinates and a library begins at (0, 0). Its order keys lie above ``above``. ``name`` is for
    messages only: what a file is, its first bytes tell. Takes about 0.1 ms an element: run it in a
    thread.
    """
    file = _file(checked(data), name)
    reader = _Reader(file, random, progress)
    items = list(_items(file))
    total = sum(len(each) for _, each in items)
    if total > MAX_ELEMENTS:
        raise BadFile(f"The file holds {total} elements, a board at most {MAX_ELEMENTS}.")
    groups = [reader.read(where, raws, total) for where, raws in items]
    groups = [group for group in groups if group]
    whole = [layout.joined([bounds_of(each.element) for each in group]) for group in groups]
    is_library = file.elements is None
    shifts = layout.on_shelves(whole) if is_library else [(0.0, 0.0)] * len(whole)
    bounds = layout.joined([box.moved(*shift) for box, shift in zip(whole, shifts, strict=True)])
    more = (0.0, 0.0)
    if at is not None:
        more = layout.centred(bounds, at)
    elif beside is not None:
        more = layout.beside(bounds, beside)
    bounds = bounds.moved(*more)
    keys = iter(keys_between(above, None, sum(len(group) for group in groups), random))
    elements = [
        _settled(found, shift[0] + more[0], shift[1] + more[1], next(keys))
        for group, shift in zip(groups, shifts, strict=True)
        for found in group
    ]
    return ImportPlan(
        elements=elements,
        files=reader.files,
        types=dict(Counter(_type_of(element) for element in elements)),
        skipped=dict(reader.skipped),
        notes={note: count for note, count in reader.notes.items() if count},
        bounds=(bounds.min_x, bounds.min_y, bounds.width, bounds.height),
    )


def _file(data: bytes, name: str) -> FileRecord:
    file: FileRecord = decoded(data, FileRecord, "")
    if file.elements is None and file.library is None and file.library_items is None:
        raise BadFile(f"{name or 'The file'} holds no elements: it is not of Excalidraw.")
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


@dataclass(frozen=True)
class _Found:
    """An element, and where in the file it stands."""

    element: Element
    where: str


def _settled(found: _Found, dx: float, dy: float, key: str) -> Element:
    """The element at its final place, on the grid, checked against the protocol's own types."""
    x, y, sx, sy, angle = found.element.place
    place = (on_grid(x + dx), on_grid(y + dy), on_grid(sx), on_grid(sy), angle)
    settled = replace(found.element, place=place, z=key)
    try:
        _validator.decode(_encoder.encode(settled))
    except msgspec.ValidationError as error:
        raise BadFile(f"This would not fit the board: {error}.", found.where) from None
    return settled


def _type_of(element: Element) -> str:
    return str(element.__struct_config__.tag)


@dataclass
class _Reader:
    """Converts the elements of one file and keeps count."""

    file: FileRecord
    random: Random
    progress: Progress | None
    files: dict[str, bytes] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    done: int = 0
    _pictures: dict[str, Picture | None] = field(default_factory=dict)

    def read(self, where: str, raws: Sequence[Raw], total: int) -> list[_Found]:
        """The elements of one list, in paint order, with new ids."""
        kept: list[tuple[int, str]] = []
        ids: dict[str, str] = {}
        named: dict[str, int] = {}
        for index, raw in enumerate(raws):
            head = self._head(raw, f"{where}[{index}]")
            if head is None:
                continue
            id_ = self._new_id()
            kept.append((index, id_))
            if head.id:
                # Of two elements with one id, references mean the first.
                ids.setdefault(head.id, id_)
                named.setdefault(head.id, index)

        def record(name: str) -> ElementRecord | None:
            index = named.get(name)
            if index is None:
                return None
            found: ElementRecord = decoded(raws[index], ElementRecord, f"{where}[{index}]")
            return found

        groups: dict[str, str] = {}
        scope = Scope(
            ids=ids,
            record=record,
            group=lambda name: groups.setdefault(name, self._new_id()),
            picture=self._picture,
            notes=self.notes,
        )
        found = []
        for index, id_ in kept:
            place = f"{where}[{index}]"
            element = converted(decoded(raws[index], ElementRecord, place), id_, scope, place)
            found.append(_Found(element, place))
            self.done += 1
            if self.progress and self.done % PROGRESS_STEP == 0:
                self.progress(self.done, total)
        return _labels_after_their_shapes(found)

    def _head(self, raw: Raw, where: str) -> HeadRecord | None:
        """The element's type and id, or None when it is not taken over."""
        if len(memoryview(raw)) > MAX_ELEMENT_BYTES:
            raise BadFile(f"An element has more than {MAX_ELEMENT_BYTES} bytes.", where)
        head: HeadRecord = decoded(raw, HeadRecord, where)
        if head.is_deleted:
            self.notes["deleted elements left out"] += 1
        elif head.type not in KNOWN_TYPES:
            self.skipped[head.type[:64]] += 1
        else:
            return head
        return None

    def _picture(self, name: str) -> Picture | None:
        if name not in self._pictures:
            self._pictures[name] = self._read_picture(name)
        return self._pictures[name]

    def _read_picture(self, name: str) -> Picture | None:
        raw = (self.file.files or {}).get(name)
        if raw is None:
            return None
        where = f"files.{name[:64]}"
        record: PictureRecord = decoded(raw, PictureRecord, where)
        if not record.data_url:
            return None
        data = picture_of(record.data_url, f"{where}.dataURL")
        try:
            header = read_header(data, f"{where}.dataURL")
        except BadFile:
            if not looks_like_svg(data):
                raise
            self.notes["SVG pictures with scripts left out"] += 1
            return None
        file_id = file_id_of(data)
        self.files[file_id] = data
        return Picture(file_id, (header.width, header.height))

    def _new_id(self) -> str:
        return "".join(self.random.choices(DIGITS, k=ID_LENGTH))


def _labels_after_their_shapes(found: list[_Found]) -> list[_Found]:
    """A shape's text directly above the shape, where Excalidraw paints it wherever it is listed."""
    labels: dict[str, list[_Found]] = {}
    present = {each.element.id for each in found}
    rest = []
    for each in found:
        container = getattr(each.element, "container", "")
        if container in present and container != each.element.id:
            labels.setdefault(container, []).append(each)
        else:
            rest.append(each)
    ordered: list[_Found] = []
    for each in rest:
        ordered.append(each)
        ordered += labels.pop(each.element.id, ())
    # Texts that contain one another in a circle belong to no shape.
    return ordered + [each for some in labels.values() for each in some]
