"""Several steady authors on one board, and waiting for what they should come to."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.faults.judge import Verdict, goodbye, judge
from tests.faults.steady import SteadyAuthor

LOOK_SECONDS = 0.02
"""How often a condition is looked at that tells nobody when it changes."""


class Crowd:
    """Authors who draw; made by ``drawing``."""

    def __init__(self, authors: list[SteadyAuthor]) -> None:
        self.authors = authors
        self.tasks = [asyncio.create_task(author.draw()) for author in authors]

    @property
    def acknowledged(self) -> int:
        """Acknowledged pushes of all."""
        return sum(author.acknowledged for author in self.authors)

    async def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> float:
        """Waits for a condition, at most so long; returns how long it took. Fails with an author."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        while not condition():
            for task in self.tasks:
                if task.done():
                    task.result()
            assert loop.time() < started + seconds, "\n".join(map(str, self.authors))
            await passing(LOOK_SECONDS)
        return loop.time() - started

    async def everyone_gets(self, more: int, seconds: float = 60.0) -> float:
        """Waits until each got so many more acknowledgements; returns how long that took."""
        wanted = [author.acknowledged + more for author in self.authors]
        return await self.until(
            lambda: all(
                author.acknowledged >= least
                for author, least in zip(self.authors, wanted, strict=True)
            ),
            seconds,
        )

    def acknowledged_between(self, start: float, end: float) -> int:
        """Acknowledgements that arrived in that time of the event loop."""
        return sum(
            start <= at < end for author in self.authors for at in author.ledger.acknowledged_at
        )

    def first_acknowledged_after(self, start: float) -> float:
        """Seconds from then to the first acknowledgement that arrived after it."""
        return min(
            at - start
            for author in self.authors
            for at in author.ledger.acknowledged_at
            if at >= start
        )

    @property
    def refusals(self) -> Counter[str]:
        """Refusals by code; all were retryable, or an author had failed."""
        total: Counter[str] = Counter()
        for author in self.authors:
            total += author.ledger.refusals
        return total

    def longest_held(self) -> float:
        """The longest that a push waited before it was refused, in seconds."""
        return max((held for each in self.authors for held in each.ledger.held), default=0.0)

    def absences(self) -> list[float]:
        """How long connections were away, in seconds, sorted."""
        return sorted(absence for each in self.authors for absence in each.ledger.absences)

    def lost(self) -> int:
        """Acknowledged pushes that the store asked for again."""
        return sum(len(author.ledger.lost) for author in self.authors)

    async def end(self) -> None:
        """Everybody finishes what is pending and draws no more."""
        for author in self.authors:
            author.stop()
        async with asyncio.timeout(60):
            await asyncio.gather(*self.tasks)

    async def judged(self, link: str, store_url: str) -> Verdict:
        """Ends the drawing, then compares everybody with the board and its log."""
        await self.end()
        return await judge(link, store_url, self.authors)


@asynccontextmanager
async def drawing(
    links: list[str], dice: random.Random, period_s: float = 0.25
) -> AsyncIterator[Crowd]:
    """An author at each link, all with their first acknowledgement."""
    crowd = Crowd(
        [
            SteadyAuthor(link, f"author{k}", random.Random(dice.random()), period_s)
            for k, link in enumerate(links)
        ]
    )
    try:
        await crowd.everyone_gets(1)
        yield crowd
    finally:
        for task in crowd.tasks:
            task.cancel()
        await asyncio.gather(*crowd.tasks, return_exceptions=True)
        await goodbye(crowd.authors)


async def passing(seconds: float) -> None:
    """Time that is part of a fault: how long a store is dead, how long a link is deaf."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.get_running_loop().create_future(), seconds)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that is not exceeded by that share of all; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
