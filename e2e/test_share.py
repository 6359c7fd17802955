"""Links: giving them away, entering by them, and the ways out where they end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def test_the_owner_copies_a_link_to_draw_and_a_link_to_look(people: People, server: Server) -> None:
    context = people.context(permissions=["clipboard-read", "clipboard-write"])
    landing = people.landing(server.base, context)
    landing.new_board.click()
    owner = BoardPage(landing.page)
    owner.is_live()
    owner.share.open()
    expect(owner.share.copy("editor")).to_contain_text("Copied")
    link = owner.page.evaluate("() => navigator.clipboard.readText()")
    assert link == owner.share.link("editor")
    assert len({link, owner.share.link("viewer"), owner.page.url}) == 3
    owner.press("Escape")
    expect(owner.share.dialog).to_have_count(0)
    expect(owner.share.button).to_be_focused()

    guest = people.at(link)
    guest.draw_box("rectangle")
    owner.has_elements(1)
    owner.agrees_with(guest)


def test_who_may_only_look_sees_everything_and_has_nothing_to_draw_with(
    ana: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    ana.draw_box("rectangle")
    viewer = people.look(there.link(board, "viewer"))
    viewer.has_elements(1)
    expect(viewer.connection).to_contain_text("View only")
    expect(viewer.chrome.tools.get_by_role("button")).to_have_count(3)
    expect(viewer.tool("rectangle")).to_have_count(0)
    viewer.press("r")
    viewer.canvas.drag((300, 300), (400, 400))
    viewer.press("Control+a", "Delete")
    ana.draw_stroke(500, 500)
    viewer.has_elements(2)
    ana.agrees_with(viewer)


def test_an_editor_passes_on_the_link_they_have(ana: BoardPage) -> None:
    ana.share.open()
    assert ana.share.link("editor") == ana.page.url


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("/b/{id}", "This link is not complete"),
        ("/b/{id}#k=wrong-key", "There is no such board|does not open the board"),
        ("/b/nosuchboard1234#k=x", "There is no such board|does not open the board"),
    ],
)
def test_a_link_that_leads_nowhere_says_why_and_shows_a_way_out(
    people: People, server: Server, board: NewBoard, ending: str, words: str
) -> None:
    page = people.landing(server.base + ending.format(id=board.id)).page
    people.forgive("WebSocket connection")
    lost = BoardPage(page)
    expect(lost.stopped).to_contain_text(re.compile(words))
    lost.stopped.get_by_role("link", name="All boards").click()
    expect(page.get_by_test_id("new-board")).to_be_visible()


def test_the_key_never_leaves_the_page_but_to_enter(
    people: People, server: Server, board: NewBoard
) -> None:
    context = people.context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url + str(request.headers)))
    people.at(server.link(board), context)
    assert asked
    assert not [each for each in asked if board.token in each.replace(f"#k={board.token}", "")]
