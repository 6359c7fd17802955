"""What the server does not take is told with its reason, and nothing looks kept that is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from playwright.sync_api import expect

from e2e.conftest import People
from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import Server

BACK_MS = 30_000
"""A store that was full is asked again after ten seconds or so."""


@pytest.fixture
def small(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A server whose boards hold two elements."""
    server = Server(tmp_path / "server", own_store.url, INKWIRE_MAX_ELEMENTS="2")
    yield server
    server.stop()


def test_c3_a_full_board_is_told_and_the_element_is_gone_again(
    small: Server, people: People
) -> None:
    board = small.create_board()
    ana = people.at(small.link(board))
    ben = people.at(small.link(board))
    ana.draw_box("rectangle", 400)
    ana.draw_box("ellipse", 700)
    ana.is_saved()
    ana.draw_box("diamond", 500, 500)
    expect(ana.toast).to_contain_text(
        "That change was not kept: the board is full. Delete something first."
    )
    ana.has_elements(2)
    assert not ana.of_type("diamond")
    ana.title.fill("Full of plans")
    ana.page.keyboard.press("Enter")
    ben.until("() => window.inkwire.state().title === 'Full of plans'")
    ana.agrees_with(ben)


def test_c9_a_full_store_is_told_and_what_waits_is_sent_once_there_is_room(
    own_store: EmbeddedStore, small: Server, people: People
) -> None:
    board = small.create_board()
    ana = people.at(small.link(board))
    ben = people.at(small.link(board))
    raw = redis.Redis.from_url(own_store.url)
    raw.config_set("maxmemory", 1)
    ana.draw_box("rectangle")
    ana.title.fill("Kept for later")
    ana.page.keyboard.press("Enter")
    notice = ana.toast.filter(has_text="The server has no room for anything new.")
    expect(notice).to_contain_text("new changes are kept in this browser and will be sent")
    expect(notice).to_contain_text("2 changes wait.")
    ana.has_elements(1)
    assert ben.elements() == []
    raw.config_set("maxmemory", 0)
    raw.close()
    expect(ana.connection).to_have_attribute("data-pending", "0", timeout=BACK_MS)
    expect(notice).to_have_count(0, timeout=BACK_MS)
    ben.has_elements(1)
    ben.until("() => window.inkwire.state().title === 'Kept for later'")
    ana.agrees_with(ben)
