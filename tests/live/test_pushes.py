"""One connection's pushes at a store that fails as the test says; no socket, no server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

from inkwire.errors import StoreUnavailable
from inkwire.live.clock import Clock
from inkwire.live.limits import HOLD_SECONDS
from inkwire.live.pushes import Author, Pushes
from inkwire.protocol.frames import Accepted, Push, Refused
from inkwire.protocol.ops import Delete
from inkwire.store.board_store import Applied, Arrival, CommitResult, Duplicate, Gap, Superseded
from tests.live.memory_store import settled

CID = "client-of-a-test"
ARRIVAL = Arrival("session-of-a-test", 7)


class ScriptedStore:
    """Each commit takes the next behaviour of its push number, the last one again and again."""

    def __init__(self) -> None:
        self.behaviours: dict[int, list[Callable[[], Any]]] = {}
        self.asked: list[int] = []

    async def commit(self, _board: str, *, n: int, arrival: Arrival, **_: object) -> CommitResult:
        assert arrival == ARRIVAL
        self.asked.append(n)
        known = self.behaviours[n]
        result = (known.pop(0) if len(known) > 1 else known[0])()
        if isinstance(result, asyncio.Future):
            result = await result
        if isinstance(result, Exception):
            raise result
        return cast(CommitResult, result)


def down() -> StoreUnavailable:
    return StoreUnavailable("It is down.")


def full() -> StoreUnavailable:
    return StoreUnavailable("It is full.", code="store-full")


def silence() -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_future()


class Bench:
    """Pushes with a store, a clock that the test sets, and what was answered."""

    task: asyncio.Task[None]

    def __init__(self) -> None:
        self.store = ScriptedStore()
        self.now = 0.0
        self.answers: list[Any] = []
        self._came = asyncio.Event()
        room = SimpleNamespace(board="board", commit=lambda _data: None, mark=lambda: None)
        sender = SimpleNamespace(answer=self._answer)
        self.outdone: list[Arrival] = []
        self.pushes = Pushes(
            cast(Any, self.store),
            Clock(lambda: self.now, lambda: 0),
            cast(Any, room),
            cast(Any, sender),
            Author("person", "editor", ARRIVAL),
            self.outdone.append,
        )

    def push(self, *numbers: int) -> None:
        for n in numbers:
            self.pushes.add(Push(CID, n, "", (Delete("x"),)), 10)

    async def answered(self, count: int) -> list[tuple[str, int, str]]:
        """The first so many answers: what, of which push, why."""
        async with asyncio.timeout(60):
            while len(self.answers) < count:
                self._came.clear()
                await self._came.wait()
        return [
            ("accepted", each.n, "")
            if isinstance(each, Accepted)
            else ("refused", each.n, each.code)
            for each in self.answers
        ]

    def _answer(self, frame: object) -> None:
        assert isinstance(frame, Accepted | Refused)
        self.answers.append(frame)
        self._came.set()


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    made.task = asyncio.create_task(made.pushes.run())
    yield made
    made.task.cancel()
    await asyncio.gather(made.task, return_exceptions=True)


def at_last(bench: Bench) -> Callable[[], StoreUnavailable]:
    """Refused, and the time that a push may be held is over."""

    def strike() -> StoreUnavailable:
        bench.now += HOLD_SECONDS
        return down()

    return strike


async def test_c2_a_push_does_not_wait_for_the_answer_to_the_one_before() -> None:
    """However far away the store is, each costs one way there and back."""
    async with bench() as b:
        b.store.behaviours = {1: [lambda: Applied(1, b"")]}
        b.push(1)
        await b.answered(1)
        first, second, asked = silence(), silence(), asyncio.Event()

        def answer_later(answer: asyncio.Future[Any]) -> asyncio.Future[Any]:
            asked.set()
            return answer

        b.store.behaviours = {
            2: [lambda: answer_later(first)],
            3: [lambda: answer_later(second)],
        }
        for n in (2, 3):
            asked.clear()
            b.push(n)
            await asyncio.wait_for(asked.wait(), 10)
        second.set_result(Applied(3, b""))
        first.set_result(Applied(2, b""))
        assert await b.answered(3) == [("accepted", n, "") for n in (1, 2, 3)]


async def test_c2_nothing_overtakes_what_goes_again() -> None:
    """What comes while a failed push is on its way back to the queue stands behind it."""
    async with bench() as b:
        b.store.behaviours = {1: [lambda: Applied(1, b"")]}
        b.push(1)
        await b.answered(1)
        slow = silence()
        b.store.behaviours = {
            2: [down, lambda: Applied(2, b"")],
            3: [lambda: slow, lambda: Applied(3, b"")],
            4: [lambda: Applied(4, b"")],
        }
        b.push(2, 3)
        await settled()
        b.push(4)
        await settled()
        assert b.store.asked == [1, 2, 3]
        slow.set_exception(down())
        assert await b.answered(4) == [("accepted", n, "") for n in (1, 2, 3, 4)]
        assert b.store.asked == [1, 2, 3, 2, 3, 4]


async def test_c7_a_push_is_held_no_longer_because_the_one_behind_it_has_no_answer() -> None:
    async with bench() as b:
        b.store.behaviours = {1: [lambda: Applied(1, b"")]}
        b.push(1)
        await b.answered(1)
        slow = silence()

        def late() -> StoreUnavailable:
            b.now += HOLD_SECONDS - 0.01
            return down()

        b.store.behaviours = {2: [late], 3: [lambda: slow]}
        b.push(2, 3)
        assert (await b.answered(2))[1] == ("refused", 2, "unavailable")
        assert not slow.done()
        slow.set_result(Gap(2))
        assert (await b.answered(3))[2] == ("refused", 3, "gap")


async def test_h8_who_was_outdone_pushes_no_more() -> None:
    """Nothing is answered: the page's newer socket brings it again."""
    async with bench() as b:
        b.store.behaviours = {1: [Superseded], 2: [Superseded], 3: [Superseded]}
        b.push(1, 2)
        async with asyncio.timeout(60):
            await b.task
        b.push(3)
        await settled()
        assert set(b.outdone) == {ARRIVAL}
        assert (b.answers, b.store.asked) == ([], [1, 2])


async def test_c7_a_store_that_is_back_in_time_takes_what_was_held() -> None:
    async with bench() as b:
        b.store.behaviours = {1: [down, down, lambda: Applied(1, b"")]}
        b.push(1)
        assert await b.answered(1) == [("accepted", 1, "")]
        assert b.store.asked == [1, 1, 1]


async def test_c7_a_silent_store_is_given_up_when_the_time_is_over() -> None:
    """The second attempt is not waited for to its end, only for what is left of the time."""
    async with bench() as b:
        gone = silence()

        def nearly_over() -> asyncio.Future[Any]:
            b.now += HOLD_SECONDS - 0.01
            return gone

        b.store.behaviours = {1: [down, nearly_over]}
        b.push(1)
        assert await b.answered(1) == [("refused", 1, "unavailable")]
        gone.set_exception(down())  # of no interest to anybody any more


async def test_c7_a_store_that_failed_before_is_not_waited_for_longer() -> None:
    """Nor by a push that has not failed itself: its time is over, whatever the store is busy with."""
    async with bench() as b:
        b.store.behaviours = {1: [at_last(b)]}
        b.push(1)
        await b.answered(1)
        gone = silence()

        def nearly_over() -> asyncio.Future[Any]:
            b.now += HOLD_SECONDS - 0.01
            return gone

        b.store.behaviours = {1: [nearly_over]}
        b.push(1)
        assert await b.answered(2) == [("refused", 1, "unavailable")] * 2
        gone.set_exception(down())


async def test_c3_what_was_given_up_and_stored_all_the_same_is_accepted_when_it_comes_again() -> (
    None
):
    """Not the first alone: those behind it are stored, and no gap."""
    async with bench() as b:
        b.store.behaviours = {1: [at_last(b)], 2: [down], 3: [down]}
        b.push(1, 2, 3)
        assert await b.answered(3) == [
            ("refused", 1, "unavailable"),
            ("refused", 2, "gap"),
            ("refused", 3, "gap"),
        ]
        b.store.behaviours = {n: [lambda: Duplicate(3, 30)] for n in (1, 2, 3)}
        b.push(1, 2, 3)
        await b.answered(6)
        assert {(each.n, each.seq) for each in b.answers[3:]} == {(3, 30)}


async def test_c7_one_push_asks_whether_the_store_is_back() -> None:
    """Sixteen at once would do nothing but work, in a worker that has enough to do then."""
    async with bench() as b:
        b.store.behaviours = {1: [down, down, down, lambda: Applied(1, b"")]}
        b.store.behaviours |= {n: [down, lambda: Applied(2, b"")] for n in range(2, 9)}
        b.push(*range(1, 9))
        assert await b.answered(8) == [("accepted", n, "") for n in range(1, 9)]
        assert b.store.asked == [*range(1, 9), 1, 1, *range(1, 9)]


async def test_r7_a_full_store_is_not_waited_for() -> None:
    """It stays full until somebody makes room: the refusal comes at once and says so."""
    async with bench() as b:
        b.store.behaviours = {1: [full]}
        b.push(1)
        assert await b.answered(1) == [("refused", 1, "store-full")]
        assert b.store.asked == [1]
