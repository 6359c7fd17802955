"""One person with two tabs on a board: what one tab could not send, the other or the next one does."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def test_two_tabs_that_die_offline_leave_their_edits_to_the_next(
    people: People, server: Server, board: NewBoard, ben: BoardPage
) -> None:
    context = people.context()
    left = people.at(server.link(board), context)
    right = people.at(server.link(board), context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    for at, tab in enumerate((left, right)):
        expect(tab.connection).to_have_attribute("data-state", "offline")
        # A tab behind another draws no frames, and so takes its pointer's events late.
        tab.page.bring_to_front()
        tab.draw_box("rectangle", 400 + 200 * at)
        expect(tab.connection).to_contain_text("1 change is kept on this device")
    left.page.close()
    right.page.close()
    context.set_offline(False)
    again = people.at(server.link(board), context)
    again.has_elements(2)
    ben.has_elements(2)
    again.agrees_with(ben)


def test_a_tab_sends_what_another_left_behind(
    people: People, server: Server, board: NewBoard, ben: BoardPage
) -> None:
    context = people.context()
    left = people.at(server.link(board), context)
    right = people.at(server.link(board), context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    expect(left.connection).to_have_attribute("data-state", "offline")
    left.page.bring_to_front()
    left.draw_box("diamond")
    expect(left.connection).to_contain_text("1 change is kept on this device")
    left.page.close()
    right.has_elements(1)
    context.set_offline(False)
    ben.has_elements(1)
    right.agrees_with(ben)
