"""The browser is killed while somebody draws; it comes back with the same profile, and nothing is missing or twice."""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from e2e.browser import ARGUMENTS
from e2e.committed import check_log, stored
from e2e.pages.board import BoardPage
from e2e.pages.watched import Watched
from tests.harness.server import NewBoard, Server

WAYS = ["online"] * 8 + ["offline"] * 6 + ["deaf"] * 6
"""How each killed browser stood to the server: deaf, its pushes arrive and no answer comes back."""
SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
KEPT_AFTER_MS = 300
"""What has been on the screen that long survives the browser."""
END_SECONDS = 20
BACK_SECONDS = 15.0
"""A guard against a hang; how long it really takes stands in docs/testing.md."""

# Notes in each frame what is on the board for the first time.
WATCH = """() => {
  window.firstSeen = new Map();
  const look = () => {
    for (const {id} of inkwire.elements()) if (!firstSeen.has(id)) firstSeen.set(id, performance.now());
    requestAnimationFrame(look);
  };
  look();
}"""
OLDER_THAN = """(age) => [...firstSeen].filter(([, at]) => performance.now() - at >= age).map(([id]) => id)"""
ACKNOWLEDGED = "() => inkwire.state().pending === 0 ? inkwire.elements().map(({id}) => id) : []"
HAS = "(ids) => ids.every((id) => inkwire.element(id) !== undefined)"


@dataclass
class Promises:
    """What pages showed before they were killed, by element id."""

    kept: set[str] = field(default_factory=set)
    """On the screen for a while."""
    acknowledged: set[str] = field(default_factory=set)
    only_here: int = 0
    """How many of them no server had heard of when the browser was killed."""
    unheard: int = 0
    """How many were stored, and the browser did not live to hear it."""


class Visit:
    """A browser of its own on one profile, with the board open."""

    def __init__(self, chromium: Browser, profile: Path, url: str) -> None:
        kind = chromium.browser_type
        self.context = kind.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium") or kind.executable_path,
            args=ARGUMENTS,
            viewport={"width": 1280, "height": 800},
            reduced_motion="reduce",
        )
        self.main = main_process(profile)
        self.is_deaf = False
        page = self.context.pages[0]
        page.route_web_socket(re.compile("/socket$"), self._pass_on)
        self.watched = Watched(page)
        self.watched.forgive.append("net::ERR_INTERNET_DISCONNECTED")
        started = time.monotonic()
        page.goto(url)
        self.board = BoardPage(page)
        expect(self.board.connection).to_have_attribute(
            "data-state", "live", timeout=BACK_SECONDS * 1000
        )
        self.absence = time.monotonic() - started
        self.board.is_live()
        page.evaluate(WATCH)

    def _pass_on(self, browser: WebSocketRoute) -> None:
        def hear(message: str | bytes) -> None:
            if not self.is_deaf:
                browser.send(message)

        browser.connect_to_server().on_message(hear)

    def kill(self) -> None:
        """Ends the browser as a power cut would: its process group at once, without a word to it."""
        group = os.getpgid(self.main)
        assert group == self.main, "the browser does not lead a group of its own"
        handles = [os.pidfd_open(pid) for pid in members(group)]
        with self.context.expect_event("close"):
            os.killpg(group, signal.SIGKILL)
        for handle in handles:
            assert select.select([handle], [], [], END_SECONDS)[0], "it outlives SIGKILL"
            os.close(handle)
        assert not self.watched.said, "\n".join(self.watched.said)


def processes() -> Iterable[int]:
    """Every process of this machine."""
    return (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())


def members(group: int) -> list[int]:
    """The processes of a group."""

    def is_member(pid: int) -> bool:
        try:
            return os.getpgid(pid) == group
        except ProcessLookupError:
            return False

    return [pid for pid in processes() if is_member(pid)]


def main_process(profile: Path) -> int:
    """The browser that runs on a profile."""
    wanted = f"--user-data-dir={profile}".encode()

    def is_it(pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return wanted in words and not any(word.startswith(b"--type=") for word in words)

    (pid,) = (pid for pid in processes() if is_it(pid))
    return pid


def draw_and_die(visit: Visit, way: str, chance: random.Random, promises: Promises) -> set[str]:
    """Strokes and boxes; the kill comes while the pen is down or just lifted. What was on the page by then."""
    board, page = visit.board, visit.board.page

    def spot() -> tuple[float, float]:
        return chance.uniform(350, 900), chance.uniform(180, 600)

    if way == "offline":
        visit.context.set_offline(True)
        # Between two attempts it is offline for a moment only.
        gone = re.compile("offline|connecting")
        expect(board.connection).to_have_attribute("data-state", gone, timeout=END_SECONDS * 1000)
    visit.is_deaf = way == "deaf"
    for _ in range(chance.randint(2, 4)):
        if chance.random() < 0.3:
            board.draw_box("rectangle", *spot(), 60, 40)
        else:
            board.use("pen")
            board.canvas.drag(spot(), spot(), spot(), steps=chance.randint(2, 8))
    if way == "online" and chance.random() < 0.5:
        board.is_saved()
    board.use("pen")
    if chance.random() < 0.6:
        board.canvas.press(spot())
        board.canvas.move([spot()], steps=chance.randint(1, 12))
    else:
        board.canvas.drag(spot(), spot(), steps=chance.randint(1, 4))
    promises.acknowledged |= set(page.evaluate(ACKNOWLEDGED))
    kept = set(page.evaluate(OLDER_THAN, KEPT_AFTER_MS))
    shown = set(page.evaluate(OLDER_THAN, 0))
    visit.kill()
    promises.only_here += len(kept - promises.kept) if way == "offline" else 0
    promises.kept |= kept
    return shown


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_twenty_killed_browsers_lose_and_double_nothing(
    chromium: Browser, server: Server, board: NewBoard, tmp_path: Path
) -> None:
    """[C2] [C3] What is acknowledged is stored; what is drawn waits in the browser's own storage until it is."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    promises = Promises()
    absences: list[float] = []
    known: set[str] = set()

    def come_back() -> Visit:
        visit = Visit(chromium, tmp_path / "profile", server.link(board))
        absences.append(visit.absence)
        visit.board.until(HAS, sorted(promises.kept | promises.acknowledged))
        # Else it may be killed again before it has sent what it found.
        if chance.random() < 0.5:
            visit.board.is_saved()
        known.update(each["id"] for each in visit.board.elements())
        return visit

    for way in chance.sample(WAYS, len(WAYS)):
        visit = come_back()
        shown = draw_and_die(visit, way, chance, promises)
        if way == "deaf":
            promises.unheard += len((shown - known) & stored(server, board))

    visit = come_back()
    visit.board.is_saved()
    digest = visit.board.digest()
    check_log(server.link(board), known, digest)
    visit.context.close()
    assert promises.only_here > 0, "no kill came while the journal alone had something"
    assert promises.unheard > 0, "no kill came between a commit and its answer"
    assert max(absences) < BACK_SECONDS
    absences.sort()
    print(
        f"{len(known)} elements, {len(promises.kept)} of them promised, {promises.only_here} by the journal alone, "
        f"{promises.unheard} stored unheard; "
        f"live after {absences[len(absences) // 2]:.2f} s (median), {absences[-1]:.2f} s (longest)"
    )
