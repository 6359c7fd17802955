"""Elements of Inkwire's own files: taken as they are, or as new ones beside what is there.

They are kept encoded, so that a large board takes little more memory than its file, and decoded one at a time
when they are pushed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, overload

import msgspec
from msgspec.structs import replace

from inkwire.errors import BadFile, FrameError
from inkwire.importing.plan import ImportPlan
from inkwire.importing.strokes import on_grid
from inkwire.importing.target import Target
from inkwire.protocol.codec import check_element
from inkwire.protocol.elements import Element, Line, TextElement
from inkwire.protocol.limits import MAX_COORDINATE, MAX_ELEMENTS
from inkwire.protocol.plain import plain
from inkwire.rooms.bounds import Box, bounds_of
from inkwire.rooms.order import DIGITS, keys_between

ID_LENGTH: Final = 16
"""95 bits."""
MAX_PACKED_BYTES: Final = 256 * 1024 * 1024
"""Bytes of all elements of a file, encoded: what an import holds in memory."""
PROGRESS_STEP: Final = 250
"""Elements between two reports of progress."""

Progress = Callable[[int, int], None]
"""Told how many elements are read, and of how many; 0 while nobody knows."""
Found = tuple[Element, str]
"""An element, and where in the file it stands."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decoder: Final[msgspec.msgpack.Decoder[Element]] = msgspec.msgpack.Decoder(Element)


def new_id(random: Random) -> str:
    """An id that nothing else has."""
    return "".join(random.choices(DIGITS, k=ID_LENGTH))


def exact_plan(
    found: Iterable[Found],
    target: Target,
    *,
    random: Random,
    progress: Progress | None = None,
) -> ImportPlan:
    """The plan for elements of the protocol's own form; raises ``BadFile`` with the place in the file.

    ``files`` is left empty: the reader of the file knows them.
    """
    read = _Read()
    for element, where in found:
        read.add(element, where)
        if progress and len(read.packed) % PROGRESS_STEP == 0:
            progress(len(read.packed), 0)
    order = sorted(range(len(read.packed)), key=lambda at: (read.keys[at], read.ids[at]))
    packed = [read.packed[at] for at in order]
    ids = [read.ids[at] for at in order]
    bounds = read.bounds or Box(0.0, 0.0, 0.0, 0.0)
    elements: Sequence[Element]
    if target.is_empty:
        elements = PackedElements(packed)
    else:
        dx, dy = shift = target.shift_of(bounds)
        if any(abs(each) > MAX_COORDINATE for each in read.reached(shift)):
            raise BadFile("The drawing does not fit the board there.")
        bounds = bounds.moved(dx, dy)
        names = {id_: new_id(random) for id_ in ids}
        keys = keys_between(target.above, None, len(ids), random)
        elements = PackedElements(packed, _Renewal(names, keys, shift, random))
        ids = list(names.values())
    return ImportPlan(
        elements=elements,
        ids=ids,
        files={},
        types=dict(read.types),
        skipped={},
        notes={},
        bounds=(bounds.min_x, bounds.min_y, bounds.width, bounds.height),
    )


@dataclass
class _Read:
    """What is known of the elements so far; of each only its bytes, its id and its order key."""

    packed: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    bounds: Box | None = None
    _known: set[str] = field(default_factory=set)
    _size: int = 0
    _origins: Box | None = None

    def add(self, element: Element, where: str) -> None:
        if element.id in self._known:
            raise BadFile(f"Two elements have the id {element.id}.", where)
        if len(self.packed) == MAX_ELEMENTS:
            raise BadFile(f"The file holds more than {MAX_ELEMENTS:,} elements.", where)
        try:
            check_element(element)
        except FrameError as error:
            raise BadFile(str(error), where) from None
        data = _encode(plain(element))
        self._size += len(data)
        if self._size > MAX_PACKED_BYTES:
            raise BadFile(f"The file's elements have more than {MAX_PACKED_BYTES:,} bytes.", where)
        self._known.add(element.id)
        self.packed.append(data)
        self.ids.append(element.id)
        self.keys.append(element.z)
        self.types[str(element.__struct_config__.tag)] += 1
        self.bounds = bounds_of(element).joined(self.bounds)
        x, y = element.place[:2]
        self._origins = Box(x, y, x, y).joined(self._origins)

    def reached(self, shift: tuple[float, float]) -> tuple[float, ...]:
        """The outermost coordinates of places once they are moved."""
        return tuple(self._origins.moved(*shift)) if self._origins else ()


class PackedElements(Sequence[Element]):
    """Elements as bytes, each decoded when it is asked for."""

    def __init__(self, packed: Sequence[bytes], renewed: _Renewal | None = None) -> None:
        self._packed = packed
        self._renewed = renewed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Element: ...
    @overload
    def __getitem__(self, at: slice) -> list[Element]: ...
    def __getitem__(self, at: int | slice) -> Element | list[Element]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        element = _decoder.decode(self._packed[at])
        return self._renewed.of(element, at) if self._renewed else element


class _Renewal:
    """Makes new elements of those of a file: new ids, also where they name one another, new keys, moved."""

    def __init__(
        self,
        names: Mapping[str, str],
        keys: Sequence[str],
        shift: tuple[float, float],
        random: Random,
    ) -> None:
        self._names = names
        self._keys = keys
        self._shift = shift
        self._random = random
        self._groups: dict[str, str] = {}

    def of(self, element: Element, at: int) -> Element:
        x, y, *rest = element.place
        dx, dy = self._shift
        changed: dict[str, Any] = {
            "id": self._names[element.id],
            "z": self._keys[at],
            "place": (on_grid(x + dx), on_grid(y + dy), *rest),
            "groups": tuple(map(self._group, element.groups)),
            "frame": self._names.get(element.frame, ""),
        }
        if isinstance(element, TextElement):
            changed["container"] = self._names.get(element.container, "")
        if isinstance(element, Line):
            for name in ("start", "end"):
                end = getattr(element, name)
                if end is not None:
                    to = self._names.get(end.to)
                    changed[name] = replace(end, to=to) if to else None
        return replace(element, **changed)

    def _group(self, name: str) -> str:
        known = self._groups.get(name)
        if known is None:
            known = self._groups[name] = new_id(self._random)
        return known
