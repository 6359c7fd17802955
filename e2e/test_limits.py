"""A board that is full of people, and browsers whose clocks are wrong by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import NewBoard, Server


@pytest.fixture
def narrow(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A server whose boards take one person."""
    server = Server(tmp_path / "server", own_store.url, INKWIRE_BOARD_CONNECTIONS="1")
    yield server
    server.stop()


def test_h10_a_full_board_is_told_and_opens_once_there_is_room(
    people: People, narrow: Server
) -> None:
    """[H10] In words, with a way to try again; the one inside notices nothing."""
    board = narrow.create_board()
    ana = people.at(narrow.link(board))
    page = people.context().new_page()
    page.goto(narrow.link(board))
    ben = BoardPage(page)
    expect(ben.stopped).to_contain_text("The board is full of people")
    ana.draw_box("rectangle")
    ana.is_saved()
    ana.page.close()
    while narrow.metric("inkwire_peers") > 0:
        pass
    ben.stopped.get_by_role("button", name="Try again").click()
    ben.is_live()
    ben.has_elements(1)


def test_s14_pages_whose_clocks_are_a_day_apart_agree(
    people: People, server: Server, there: Server, board: NewBoard
) -> None:
    """[D4] The later edit wins, not the one with the later clock."""
    now = dt.datetime.now(dt.UTC)
    pages = []
    for days, worker in ((-1, server), (1, there)):
        context = people.context()
        context.clock.set_system_time(now + dt.timedelta(days=days))
        pages.append(people.at(worker.link(board), context))
    behind, ahead = pages
    for first, second in ((ahead, behind), (behind, ahead)):
        first.title.fill(f"Said by {first.state()['peer']}")
        first.page.keyboard.press("Enter")
        first.is_saved()
        first.draw_box("rectangle", 400)
        first.is_saved()
        words = f"And then by {second.state()['peer']}"
        second.title.fill(words)
        second.page.keyboard.press("Enter")
        second.is_saved()
        first.until("(words) => window.inkwire.state().title === words", words)
    behind.has_elements(2)
    behind.agrees_with(ahead)
