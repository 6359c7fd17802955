"""The landing page: making, finding again and opening boards."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def test_a_new_board_can_be_drawn_on_and_is_in_the_list_from_then_on(
    people: People, server: Server
) -> None:
    landing = people.landing(server.base)
    landing.new_board.click()
    board = BoardPage(landing.page)
    board.is_live()
    board.title.fill("Roof garden")
    board.press("Enter")
    board.draw_box("rectangle")
    board.is_saved()

    board.page.goto(server.base)
    expect(landing.row("Roof garden")).to_contain_text("Owner")
    landing.row("Roof garden").get_by_role("link").click()
    board.is_live()
    board.has_elements(1)


def test_a_board_can_be_taken_off_the_list_and_its_link_still_opens_it(
    people: People, server: Server, board: NewBoard
) -> None:
    context = people.context()
    people.at(server.link(board), context)
    landing = people.landing(server.base, context)
    landing.row("Untitled board").get_by_role("button").click()
    expect(landing.list).to_have_count(0)
    expect(landing.page.get_by_text("No boards yet")).to_be_visible()
    landing.open_link(server.link(board))
    BoardPage(landing.page).is_live()


def test_a_pasted_text_that_is_no_link_is_told_so_and_nothing_opens(
    people: People, server: Server
) -> None:
    landing = people.landing(server.base)
    landing.open_link("see you at nine")
    expect(landing.error).to_contain_text("not a board link")
    expect(landing.page).to_have_url(re.compile(r"/$"))


def test_without_boards_the_page_says_what_to_do(people: People, server: Server) -> None:
    landing = people.landing(server.base)
    expect(landing.page.get_by_text("No boards yet")).to_be_visible()
    expect(landing.new_board).to_be_enabled()


def test_a_server_that_does_not_answer_is_told_in_words_and_the_button_works_again(
    people: People, server: Server
) -> None:
    landing = people.landing(server.base)
    landing.page.route("**/api/boards", lambda route: route.abort())
    people.forgive("net::ERR_FAILED")
    landing.new_board.click()
    expect(landing.page.get_by_test_id("toast")).to_contain_text("server cannot be reached")
    expect(landing.new_board).to_be_enabled()
