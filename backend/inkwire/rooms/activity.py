"""What happened on a board, in words for people: commits summed per person and few seconds. Pure.

An event's id is the board's epoch and the event's number, which counts 1, 2, 3 … in the store: what comes after
an id is known exactly, or known to be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import msgspec
from msgspec import Struct

from inkwire.protocol.elements import Place
from inkwire.rooms.bounds import UNIT_SQUARE, Box, placed_box

SUM_MS: Final = 4_000
"""What one person does within so long is told in one event a kind."""
MOST_NAMED: Final = 20
"""An event that is about more elements than these names none, only their place."""
IMPORTING: Final = "import-"
"""How the client ids of imports begin."""
UNDOING: Final = "undo-"
REDOING: Final = "redo-"
"""How the gestures begin by which a page takes back its own edits, and does them again."""

Kind = Literal[
    "joined",
    "left",
    "drew",
    "edited",
    "deleted",
    "undid",
    "redid",
    "renamed",
    "imported",
    "exported",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_ORDER: Final[tuple[Kind, ...]] = (
    "imported",
    "drew",
    "edited",
    "deleted",
    "undid",
    "redid",
    "renamed",
)
_ID: Final = re.compile(r"([A-Za-z0-9_-]{1,64})-(\d{1,15})")


class Person(Struct, frozen=True, array_like=True):
    """Who is here, as the store keeps it."""

    name: str
    color: str


class Event(Struct, frozen=True, omit_defaults=True, rename="camel", kw_only=True):
    """One line of the feed, as it is told and as it lies in the store."""

    type: Kind
    at: int
    """When it was last done, in Unix milliseconds."""
    person: str
    name: str = ""
    color: str = ""
    count: int = 0
    """Elements; of ``undid`` and ``redid`` steps."""
    kinds: Mapping[str, int] = {}
    """Types of elements to how many of them, of ``drew`` and ``imported``."""
    elements: tuple[str, ...] = ()
    """Their ids, unless they are more than ``MOST_NAMED``."""
    place: tuple[float, float, float, float] | None = None
    """Where: ``(x, y, width, height)`` in world units, as far as the changes tell."""
    title: str | None = None
    """The board's new title, of ``renamed``."""
    format: str | None = None
    """Of ``exported``."""


def event_id(epoch: str, number: int) -> str:
    """The id by which a reader goes on."""
    return f"{epoch}-{number}"


def read_id(text: str) -> tuple[str, int] | None:
    """Epoch and number of an id; None for what is no id."""
    found = _ID.fullmatch(text)
    return None if found is None else (found[1], int(found[2]))


# Of a commit only what is summed up is read; points and texts are passed over, not copied.


class _Element(Struct, frozen=True):
    type: str
    id: str
    place: Place


class _Placed(Struct, frozen=True):
    place: Place | None = None


class _Put(Struct, frozen=True, array_like=True, tag="put"):
    element: _Element


class _Set(Struct, frozen=True, array_like=True, tag="set"):
    id: str
    props: _Placed


class _Delete(Struct, frozen=True, array_like=True, tag="delete"):
    id: str


class _Retitle(Struct, frozen=True, array_like=True, tag="title"):
    title: str


class _Commit(Struct, frozen=True, array_like=True):
    seq: int
    at: int
    person: str
    cid: str
    n: int
    gesture: str
    ops: tuple[_Put | _Set | _Delete | _Retitle, ...]


_commits: Final = msgspec.msgpack.Decoder(_Commit)


@dataclass(slots=True)
class _Sum:
    """One event in the making."""

    at: int = 0
    types: dict[str, str] = field(default_factory=dict)
    steps: set[str] = field(default_factory=set)
    box: Box | None = None
    title: str | None = None

    def add(self, at: int, id_: str, type_: str = "", place: Place | None = None) -> None:
        self.at = max(self.at, at)
        self.types.setdefault(id_, type_)
        if place is not None:
            self.box = placed_box(place, UNIT_SQUARE).joined(self.box)


class Summing:
    """Commits in, events out. Each commit counts in exactly the events of one ``Summing``."""

    def __init__(self) -> None:
        self._spans: list[tuple[str, dict[Kind, _Sum]]] = []  # as they began
        self._open: dict[str, tuple[int, dict[Kind, _Sum]]] = {}

    def add(self, data: bytes) -> None:
        """Takes the next commit of the board; one that cannot be read is passed over."""
        try:
            commit = _commits.decode(data)
        except (msgspec.MsgspecError, ValueError):
            return
        begun, span = self._open.get(commit.person, (0, None))
        if span is None or abs(commit.at - begun) >= SUM_MS:
            span = {}
            self._open[commit.person] = (commit.at, span)
            self._spans.append((commit.person, span))
        if commit.gesture.startswith((UNDOING, REDOING)):
            kind: Kind = "undid" if commit.gesture.startswith(UNDOING) else "redid"
            sum_ = span.setdefault(kind, _Sum())
            sum_.steps.add(commit.gesture)
            for op in commit.ops:
                _add(sum_, commit.at, op)
            return
        drew: Kind = "imported" if commit.cid.startswith(IMPORTING) else "drew"
        for op in commit.ops:
            match op:
                case _Put():
                    _add(span.setdefault(drew, _Sum()), commit.at, op)
                case _Set():
                    drawn = span.get(drew)
                    if drawn is not None and op.id in drawn.types:  # still being made
                        _add(drawn, commit.at, op)
                    else:
                        _add(span.setdefault("edited", _Sum()), commit.at, op)
                case _Delete():
                    _add(span.setdefault("deleted", _Sum()), commit.at, op)
                case _Retitle():
                    _add(span.setdefault("renamed", _Sum()), commit.at, op)

    def events(self, people: Mapping[str, Person]) -> list[Event]:
        """What it comes to, in the order in which it began; ``people`` gives names to those known."""
        return [
            _event(kind, person, people.get(person), span[kind])
            for person, span in self._spans
            for kind in _ORDER
            if kind in span
        ]


def summed(commits: Iterable[bytes], people: Mapping[str, Person]) -> list[Event]:
    """The events of these commits."""
    summing = Summing()
    for commit in commits:
        summing.add(commit)
    return summing.events(people)


def _add(sum_: _Sum, at: int, op: _Put | _Set | _Delete | _Retitle) -> None:
    match op:
        case _Put(element):
            sum_.add(at, element.id, element.type, element.place)
        case _Set(id_, props):
            sum_.add(at, id_, place=props.place)
        case _Delete(id_):
            sum_.add(at, id_)
        case _Retitle(title):
            sum_.at = max(sum_.at, at)
            sum_.title = title


def _event(kind: Kind, person: str, known: Person | None, sum_: _Sum) -> Event:
    kinds: dict[str, int] = {}
    if kind in ("drew", "imported"):
        for type_ in sum_.types.values():
            kinds[type_] = kinds.get(type_, 0) + 1
    named = tuple(sum_.types) if 0 < len(sum_.types) <= MOST_NAMED and kind != "deleted" else ()
    box = sum_.box
    return Event(
        type=kind,
        at=sum_.at,
        person=person,
        name=known.name if known else "",
        color=known.color if known else "",
        count=len(sum_.steps) or len(sum_.types),
        kinds=kinds,
        elements=named,
        place=None if box is None else (box.min_x, box.min_y, box.width, box.height),
        title=sum_.title,
    )
