"""How long others' cursors are under way, within one worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from inkwire.client import Board
from tests.faults.steady import SteadyAuthor


class Listener:
    """Hears the cursors of the authors who are on its own worker."""

    def __init__(self, board: Board, authors: Sequence[SteadyAuthor]) -> None:
        self._board = board
        self.neighbours = {
            author.board.welcome.peer: author.ledger
            for author in authors
            if author.board is not None
            and author.board.welcome is not None
            and board.welcome is not None
            and author.board is not board
            and author.board.welcome.worker == board.welcome.worker
        }
        self.heard: list[tuple[float, float]] = []
        """When, and how long it was under way; in seconds of the event loop."""

    def between(self, start: float, end: float) -> list[float]:
        """How long the cursors heard in that time were under way."""
        return [took for at, took in self.heard if start <= at < end]

    async def listen(self) -> None:
        """Until cancelled or disconnected."""
        loop = asyncio.get_running_loop()
        async for item in self._board.live():
            ledger = self.neighbours.get(item.peer)
            if ledger is None or item.state.cursor is None:
                continue
            shown_at = ledger.shown_at.get(round(item.state.cursor[0]))
            if shown_at is not None:
                self.heard.append((loop.time(), loop.time() - shown_at))


@asynccontextmanager
async def listening(authors: Sequence[SteadyAuthor]) -> AsyncIterator[Listener]:
    """The author with the most neighbours on its worker listens."""
    listener = max(
        (Listener(author.board, authors) for author in authors if author.board is not None),
        key=lambda each: len(each.neighbours),
    )
    task = asyncio.create_task(listener.listen())
    try:
        yield listener
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
