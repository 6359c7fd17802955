"""The elements of one Excalidraw file, one list of them after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

from msgspec import Raw

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import read_header
from inkwire.assets.svg_header import looks_like_svg
from inkwire.errors import BadFile
from inkwire.importing.assembly import Found
from inkwire.importing.convert import KNOWN_TYPES, Picture, Scope, converted
from inkwire.importing.exact import PROGRESS_STEP, Progress, new_id
from inkwire.importing.limits import MAX_ELEMENT_BYTES
from inkwire.importing.marks import (
    NOTE_WORDS,
    Mark,
    as_marked,
    fingerprint,
    is_element_id,
    is_order_key,
    mark_of,
)
from inkwire.importing.pictures import picture_of
from inkwire.importing.records import (
    ElementRecord,
    FileRecord,
    HeadRecord,
    PictureRecord,
    decoded,
)


@dataclass(frozen=True)
class _Listed:
    """An element that is taken over: where it is listed, its new id, what it says of its origin."""

    index: int
    id: str
    mark: Mark | None


@dataclass
class Reader:
    """Converts the elements of one file and keeps count.

    ``is_kept``: what was exported from a board gets back its ids.
    """

    file: FileRecord
    random: Random
    progress: Progress | None
    is_kept: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    done: int = 0
    _pictures: dict[str, Picture | None] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)
    _groups: dict[str, str] = field(default_factory=dict)

    def read(self, where: str, raws: Sequence[Raw], total: int) -> list[Found]:
        """The elements of one list, in paint order."""
        self._groups = {}
        heads = {
            index: head
            for index, raw in enumerate(raws)
            if (head := self._head(raw, f"{where}[{index}]")) is not None
        }
        marks = {index: mark_of(head.custom_data) for index, head in heads.items()}
        named: dict[str, int] = {}
        for index, head in heads.items():
            if head.id:
                # Of two elements with one id, references mean the first.
                named.setdefault(head.id, index)
        words = _words_of_notes(heads, marks, named)
        taken_in = set(words.values())
        listed = [
            _Listed(index, self._id(head, marks[index]), marks[index])
            for index, head in heads.items()
            if index not in taken_in
        ]
        ids: dict[str, str] = {}
        for each in listed:
            if name := heads[each.index].id:
                ids.setdefault(name, each.id)
        keys = _keys(listed)

        def record_at(index: int) -> ElementRecord:
            found: ElementRecord = decoded(raws[index], ElementRecord, f"{where}[{index}]")
            return found

        def record(name: str) -> ElementRecord | None:
            index = named.get(name)
            return None if index is None else record_at(index)

        scope = Scope(ids, record, self._group, self._picture, self.notes)
        found = []
        for each in listed:
            place = f"{where}[{each.index}]"
            own = record_at(each.index)
            element = converted(own, each.id, scope, place)
            is_exact = False
            if each.mark is not None:
                of_note = words.get(each.index)
                words_record = None if of_note is None else record_at(of_note)
                text = None
                if words_record is not None:
                    text = converted(words_record, each.id, scope, f"{where}[{of_note}]")
                renamed = self._renaming(ids)
                element = as_marked(element, own, each.mark, text, words_record, renamed, place)
                is_exact = fingerprint(own, "place") == each.mark.of.get("place")
            found.append(Found(element, place, keys.get(each.index, ""), is_exact))
            self.done += 1
            if self.progress and self.done % PROGRESS_STEP == 0:
                self.progress(self.done, total)
        return _labels_after_their_shapes(found)

    def _head(self, raw: Raw, where: str) -> HeadRecord | None:
        """What an element is called, or None when it is not taken over."""
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

    def _id(self, head: HeadRecord, mark: Mark | None) -> str:
        keeps = self.is_kept and mark is not None and is_element_id(head.id)
        id_ = head.id if keeps and head.id not in self._given else new_id(self.random)
        self._given.add(id_)
        return id_

    def _group(self, name: str) -> str:
        if self.is_kept and is_element_id(name):
            return name
        if name not in self._groups:
            self._groups[name] = new_id(self.random)
        return self._groups[name]

    def _renaming(self, ids: dict[str, str]) -> dict[str, Callable[[Any], Any]]:
        """How the names in a mark are read here: of what is not in the file, only on an empty board."""

        def element(name: Any) -> Any:
            return ids.get(name, name if self.is_kept else "") if isinstance(name, str) else name

        def binding(end: Any) -> Any:
            if not isinstance(end, dict):
                return end
            to = element(end.get("to"))
            return end | {"to": to} if to else None

        def groups(names: Any) -> Any:
            return [self._group(name) for name in names] if isinstance(names, list) else names

        return {
            "frame": element,
            "container": element,
            "start": binding,
            "end": binding,
            "groups": groups,
        }

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


def _words_of_notes(
    heads: dict[int, HeadRecord], marks: dict[int, Mark | None], named: dict[str, int]
) -> dict[int, int]:
    """For each note that was exported as a rectangle, the text that holds its words."""
    words: dict[int, int] = {}
    for index, head in heads.items():
        mark = marks[index]
        if mark is None or mark.part != NOTE_WORDS or head.type != "text":
            continue
        paper = named.get(head.container_id or "")
        if paper is None:
            continue
        of_paper = marks[paper]
        if heads[paper].type == "rectangle" and of_paper is not None and of_paper.type == "note":
            words.setdefault(paper, index)
    return words


def _keys(listed: Sequence[_Listed]) -> dict[int, str]:
    """The order keys that the elements had, unless the file has them in another order or lacks one."""
    if not all(each.mark is not None and is_order_key(each.mark.z) for each in listed):
        return {}
    keys = {each.index: each.mark.z for each in listed if each.mark is not None}
    ordered = [(keys[each.index], each.id) for each in listed]
    return keys if all(one <= two for one, two in pairwise(ordered)) else {}


def _labels_after_their_shapes(found: list[Found]) -> list[Found]:
    """A shape's text directly above the shape, where Excalidraw paints it wherever it is listed."""
    labels: dict[str, list[Found]] = {}
    present = {each.element.id for each in found}
    rest = []
    for each in found:
        container = getattr(each.element, "container", "")
        if container in present and container != each.element.id:
            labels.setdefault(container, []).append(each)
        else:
            rest.append(each)
    ordered: list[Found] = []
    for each in rest:
        ordered.append(each)
        ordered += labels.pop(each.element.id, ())
    # Texts that contain one another in a circle belong to no shape.
    return ordered + [each for some in labels.values() for each in some]
