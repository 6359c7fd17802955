"""Where a drawing comes from, for those who draw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from inkwire.exporting.survey import Survey
from inkwire.protocol.elements import Element


class Source(Protocol):
    """A board's elements, as often as they are needed, and its pictures."""

    def elements(self) -> Iterator[Sequence[Element]]:
        """All that is wanted, in paint order, in lists of bounded size; each time from the beginning."""

    def file(self, file: str) -> bytes | None:
        """The bytes of a picture; None for one that is not there."""


@dataclass(frozen=True)
class Held:
    """A drawing that is in memory as a whole."""

    drawing: Sequence[Element]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def elements(self) -> Iterator[Sequence[Element]]:
        yield self.drawing

    def file(self, file: str) -> bytes | None:
        return self.files.get(file)


def surveyed(source: Source) -> Survey:
    """The first look at all of it."""
    survey = Survey()
    for elements in source.elements():
        for element in elements:
            survey.add(element)
    return survey
