"""The server's store falls silent while two people draw: they are told what is safe and what waits."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import Server, faults


@pytest.fixture
def own_server(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A worker on it, which may not log a fault."""
    server = Server(tmp_path / "server", own_store.url)
    yield server
    server.stop()
    assert not faults(server.news())


def test_a_frozen_store_is_told_and_what_waits_is_sent(
    people: People, own_store: EmbeddedStore, own_server: Server
) -> None:
    """[C7] [C9] The banner stays for as long as it is true; people still see each other draw."""
    board = own_server.create_board()
    ana, ben = people.at(own_server.link(board)), people.at(own_server.link(board))
    ana.draw_box("rectangle")
    ana.is_saved()
    os.kill(own_store.pid, signal.SIGSTOP)
    try:
        ana.draw_stroke(500, 450)
        told = ana.toast.filter(has_text="cannot save just now")
        expect(told).to_contain_text("What was saved is safe")
        expect(told).to_contain_text("1 change waits")
        expect(ben.toast.filter(has_text="cannot save just now")).to_be_visible()
        assert ana.state()["connection"] == "live"
        assert ana.state()["pending"] == 1
        colour = ben.page.evaluate("() => JSON.parse(localStorage['inkwire.person']).color")
        ben.page.mouse.move(800, 500)
        assert ana.canvas.looks(lambda: ana.canvas.pixel((803, 507)) == colour)
    finally:
        os.kill(own_store.pid, signal.SIGCONT)
    expect(told).to_have_count(0)
    ana.has_elements(2)
    ben.has_elements(2)
    ana.agrees_with(ben)
