"""The window over links of every kind: never far behind, never starved, wide again when the link is."""

from __future__ import annotations

import itertools
import math
import random
from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from inkwire.rooms.send_window import (
    FIRST,
    GOAL_SECONDS,
    LARGEST,
    OVERDUE_SECONDS,
    SMALLEST,
    SendWindow,
)

TICK = 0.016


@dataclass
class Link:
    """A first-in, first-out pipe that takes everything at once and carries ``rate`` bytes a second."""

    rate: float
    latency: float = 0.02
    window: SendWindow = field(default_factory=SendWindow)
    now: float = 100.0
    free_at: float = 0.0
    frames: int = 0
    arrived: int = 0
    delays: list[float] = field(default_factory=list)
    """From the hand to the far end, of each frame."""
    _under_way: deque[tuple[float, int, int | None]] = field(default_factory=deque)

    def send(self, size: int) -> None:
        mark = self.window.sent(self.now, size)
        self.free_at = max(self.free_at, self.now) + size / self.rate
        self.delays.append(self.free_at + self.latency / 2 - self.now)
        self._under_way.append((self.free_at + self.latency, size, mark))
        self.frames += 1

    def pass_time(self, seconds: float) -> None:
        """Lets arrive what arrives, and the echoes come back."""
        self.now += seconds
        while self._under_way and self._under_way[0][0] <= self.now:
            at, size, mark = self._under_way.popleft()
            self.arrived += size
            if mark is not None:
                self.window.echoed(at, mark)

    def run(self, seconds: float, traffic: float = math.inf) -> None:
        """A room that has ``traffic`` bytes a second to say, or always more than it may."""
        waiting = 0.0
        for _ in range(int(seconds / TICK)):
            waiting += traffic * TICK
            while waiting >= 1 and self.window.may_send(self.now):
                busy = self.window.in_flight > 0 and self.window.unanswered(self.now) > 0
                assert not busy or self.window.in_flight < self.window.size
                size = int(min(waiting, self.window.budget))
                self.send(size)
                waiting -= size
            self.pass_time(TICK)


@given(st.integers(0, 2**32))
def test_what_passes_unseen_would_have_been_let_through_without_a_mark(seed: int) -> None:
    """[K1] A window that lets small frames pass decides as one that is always asked."""
    note(f"seed {seed}")
    chance = random.Random(seed)
    quick, slow = SendWindow(), SendWindow()
    now, passed, marks = 100.0, 0, []
    for _ in range(400):
        now += chance.choice((0.0, 0.016, 0.1, 1.1))
        size = chance.choice((40, 150, 900, 20_000, 70_000))
        if quick.passes(now, size):
            passed += 1
            assert slow.may_send(now)
            assert slow.sent(now, size) is None
        elif quick.may_send(now):
            assert slow.may_send(now)
            mark = quick.sent(now, size)
            assert slow.sent(now, size) == mark
            marks += [] if mark is None else [mark]
        else:
            assert not slow.may_send(now)
        if marks and chance.random() < 0.3:
            now += chance.choice((0.01, 0.4, 3.0))
            assert quick.echoed(now, marks[-1]) == slow.echoed(now, marks[-1])
            marks.clear()
        assert (quick.size, quick.in_flight) == (slow.size, slow.in_flight)
        assert quick.budget <= max(quick.size // 4, SMALLEST) < 2 * quick.budget
    assert passed > 10


@settings(max_examples=60, deadline=None)
@given(st.floats(15_000, 100_000), st.floats(0.001, 0.3))
def test_a_slow_link_is_filled_but_not_flooded(rate: float, latency: float) -> None:
    """[K1] Whatever the room has to say: two seconds behind at most, and most of the link used."""
    link = Link(rate, latency)
    link.run(15)
    assert link.window.tight or rate > FIRST / 2
    link.delays.clear()
    before = link.arrived
    link.run(20)
    assert max(link.delays) <= 2.0
    assert link.arrived - before > 0.6 * rate * 20


@settings(max_examples=30, deadline=None)
@given(st.floats(10_000, 60_000))
def test_a_slow_link_gets_few_large_frames(rate: float) -> None:
    """[K1] A dozen frames a second at most, instead of sixty."""
    link = Link(rate)
    link.run(15)
    frames = link.frames
    link.run(20)
    assert (link.frames - frames) / 20 <= 15


@settings(max_examples=30, deadline=None)
@given(st.floats(10_000, 60_000), st.floats(0.3, 0.9))
def test_traffic_that_fits_arrives_soon(rate: float, share: float) -> None:
    """[K1] A link that carries what the room says is not made slower than it is."""
    link = Link(rate)
    link.run(30, traffic=share * rate)
    assert max(link.delays[10:]) <= 2.0
    assert link.arrived > 0.85 * share * rate * 30


@settings(max_examples=30, deadline=None)
@given(st.floats(10_000, 60_000), st.floats(2e6, 1e8))
def test_a_link_that_recovers_is_used_again(slow: float, fast: float) -> None:
    """[K1] Within seconds, and fully."""
    link = Link(slow)
    link.run(20)
    link.rate = fast
    link.run(5)
    assert not link.window.tight
    before = link.arrived
    link.run(5)
    assert link.arrived - before > 0.5 * min(fast, link.window.budget / TICK) * 5


@given(st.floats(2e6, 1e9), st.floats(0.0001, 0.2))
@settings(max_examples=30, deadline=None)
def test_a_fast_link_is_never_tightened(rate: float, latency: float) -> None:
    """[K1] Distance is not slowness."""
    link = Link(rate, latency)
    link.run(10)
    assert not link.window.tight
    assert link.window.size <= LARGEST


@pytest.mark.parametrize("rate", [20_000, 200_000])
def test_a_link_that_turns_slow_is_noticed_soon(rate: float) -> None:
    """[K1] From full speed to a trickle: what is under way arrives late, what comes after does not."""
    link = Link(20e6)
    link.run(5, traffic=30_000)
    link.rate = rate
    link.run(10, traffic=30_000 if rate > 30_000 else 15_000)
    link.delays.clear()
    link.run(10, traffic=30_000 if rate > 30_000 else 15_000)
    assert max(link.delays) <= 2.0


def test_who_never_answers_gets_one_window_and_no_more() -> None:
    """[K1] And only a frame a second of it once an answer is overdue."""
    window, now, sent = SendWindow(), 0.0, []
    while now < 200:
        if window.may_send(now):
            window.sent(now, 200)
            sent.append(now)
        now += TICK
    assert window.in_flight <= FIRST + 200
    assert window.unanswered(now) > 190
    late = [at for at in sent if at > OVERDUE_SECONDS + GOAL_SECONDS + 0.1]
    assert late
    assert all(b - a >= OVERDUE_SECONDS for a, b in itertools.pairwise(late))


def test_nothing_under_way_is_never_in_the_way() -> None:
    """[K1] After any past, a peer that has everything may be sent the next frame."""
    link = Link(5_000)
    link.run(20)
    link.pass_time(60)
    assert link.window.unanswered(link.now) == 0
    assert link.window.may_send(link.now)
    assert link.window.size >= SMALLEST


def test_an_echo_of_nothing_changes_nothing() -> None:
    """[F4] Pongs that nobody asked for, old ones, numbers never given."""
    window = SendWindow()
    mark = window.sent(0.0, 100)
    assert mark == 1
    window.echoed(0.1, 7)
    window.echoed(0.1, 0)
    assert window.in_flight in (0, 100)
    size = window.size
    window.echoed(0.2, 1)
    window.echoed(0.3, 1)
    assert window.size == size


def test_the_goal_is_within_what_is_promised() -> None:
    """[K1] Half of the time that a peer may be behind."""
    assert GOAL_SECONDS < OVERDUE_SECONDS <= 1.0


def test_no_frame_is_larger_than_the_most() -> None:
    """[K1] However wide the window gets."""
    window, now = SendWindow(64 * 1024), 0.0
    for _ in range(40):
        while window.may_send(now):
            window.sent(now, window.budget)
        now += 0.01
        for number in range(1, window._number + 1):
            window.echoed(now, number)
    assert window.size == LARGEST
    assert window.budget == 64 * 1024
