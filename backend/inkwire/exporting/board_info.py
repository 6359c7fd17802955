"""What an export says of a board besides its elements."""

from __future__ import annotations

from typing import Protocol


class BoardInfo(Protocol):
    """A board's name and the point of its history that is exported."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def epoch(self) -> str: ...
    @property
    def seq(self) -> int: ...
