"""Many commits as one, for who is behind (docs/protocol.md, rules M1 to M4). Pure.

What ops do to one element comes to: was it deleted, was it put, which properties were set since. So a
drag of an hour is one place, and what is left of several commits is never more than they were.

A receiver may have a part of the commits already, by a snapshot that was read while they were stored.
So what is made of them must do no harm to who has applied any number of the first of them. Only a put
after a set breaks that: the set changed nothing where the element was missing, and would change it
now. Such a put begins another merge.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from inkwire.protocol import codec

_TAG: Final = 20
_decode = msgspec.msgpack.Decoder().decode


class Merge:
    """Commits ``first`` … ``last`` as one frame. ``last`` is ``first`` - 1 while there are none."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = first - 1
        self.work = 0
        """Commits and ops taken so far."""
        self.bytes = 0
        """Bytes of the commits taken so far."""
        self.estimate = 0
        """About how many bytes the ops will have that are left of them, more rather than less."""
        self._title: tuple[str, int] | None = None
        self._changes: dict[str, _Change] = {}
        self._authors: dict[str, int] = {}
        self._numbers: list[int] = []

    def add(self, commit: bytes) -> bool:
        """Takes the commit after ``last``, as it lies in the ring; False: it has to begin another."""
        _seq, _at, _person, cid, n, _gesture, ops = _decode(commit)
        if not self._takes(ops):
            return False
        author = self._authors.setdefault(cid, len(self._authors))
        if author == len(self._numbers):
            self._numbers.append(n)
        self._numbers[author] = n
        added = sum(self._apply(op, author) for op in ops)
        self.last += 1
        self.work += 1 + len(ops)
        self.bytes += len(commit)
        self.estimate += len(commit) * added // len(ops)
        return True

    def frame(self) -> bytes:
        """The encoded ``Merged`` frame."""
        ops: list[Any] = [each for id_ in self._changes for each in self._changes[id_].ops(id_)]
        if self._title is not None:
            title, author = self._title
            ops.append((("title", title), (author,)))
        pushes = tuple(zip(self._authors, self._numbers, strict=True))
        return codec.encode((_TAG, self.first, self.last, pushes, ops))

    def _takes(self, ops: list[Any]) -> bool:
        if all(op[0] != "put" for op in ops):
            return True
        state: dict[str, _Change] = {}
        for op in ops:
            if op[0] == "title":
                continue
            id_ = op[1]["id"] if op[0] == "put" else op[1]
            change = state.get(id_)
            if change is None:
                known = self._changes.get(id_)
                change = state[id_] = _Change() if known is None else known.outline()
            if op[0] == "put" and change.sets and change.element is None:
                return False
            change.apply(op, 0)
        return True

    def _apply(self, op: list[Any], author: int) -> bool:
        """Whether that added something, rather than taking the place of what was there."""
        if op[0] == "title":
            self._title = (op[1], author)
            return False
        id_ = op[1]["id"] if op[0] == "put" else op[1]
        change = self._changes.get(id_)
        if change is None:
            change = self._changes[id_] = _Change()
        return change.apply(op, author)


class _Change:
    """What several ops do to one element: delete it, then put it, then set properties."""

    __slots__ = ("deleted_by", "element", "put_by", "set_by", "sets")

    def __init__(self) -> None:
        self.deleted_by: int | None = None
        self.element: dict[str, Any] | None = None
        self.put_by = 0
        self.sets: dict[str, Any] = {}
        self.set_by: dict[int, set[str]] = {}

    def outline(self) -> _Change:
        """Enough of a copy to try ops on."""
        copy = _Change()
        copy.deleted_by, copy.element = self.deleted_by, self.element
        copy.sets = dict(self.sets)
        return copy

    def apply(self, op: list[Any], author: int) -> bool:
        """Adds the op; whether it takes room of its own."""
        if op[0] == "set":
            if self.deleted_by is not None and self.element is None:
                return False
            before = len(self.sets)
            self.sets.update(op[2])
            names = self.set_by.get(author)
            if names is None:
                self.set_by[author] = set(op[2])
            else:
                names.update(op[2])
            return len(self.sets) > before
        if op[0] == "put":
            if self.element is not None:
                return False
            self.element, self.put_by = op[1], author
            return True
        self.deleted_by, self.element = author, None
        self.sets.clear()
        self.set_by.clear()
        return True

    def ops(self, id_: str) -> list[Any]:
        """The ops that are left, each with its authors."""
        left: list[Any] = []
        if self.deleted_by is not None:
            left.append((("delete", id_), (self.deleted_by,)))
        if self.element is not None:
            left.append((("put", self.element), (self.put_by,)))
        if len(self.set_by) == 1 and self.sets:
            left.append((("set", id_, self.sets), tuple(self.set_by)))
        elif self.sets:
            by_authors: dict[tuple[int, ...], dict[str, Any]] = {}
            for name, value in self.sets.items():
                authors = tuple(author for author in self.set_by if name in self.set_by[author])
                by_authors.setdefault(authors, {})[name] = value
            left += ((("set", id_, props), authors) for authors, props in by_authors.items())
        return left
