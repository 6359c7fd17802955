"""Closing, reloading and losing the network lose nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def test_reloading_keeps_the_board_the_view_and_the_person(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.is_saved()
    ana.page.mouse.move(640, 400)
    ana.page.mouse.wheel(150, 90)
    before = ana.digest()["sha256"]
    view = ana.page.evaluate("() => [inkwire.camera.x, inkwire.camera.y, inkwire.camera.zoom]")
    names = ana.people.names()
    ana.page.reload()
    ana.is_live()
    assert ana.digest()["sha256"] == before
    assert view == ana.page.evaluate(
        "() => [inkwire.camera.x, inkwire.camera.y, inkwire.camera.zoom]"
    )
    assert ana.people.names() == names


def test_a_reload_at_once_after_a_stroke_keeps_it(ana: BoardPage, ben: BoardPage) -> None:
    ana.draw_stroke()
    ana.page.reload()
    ana.is_live()
    ana.has_elements(1)
    ben.has_elements(1)
    ana.agrees_with(ben)


def test_without_a_network_edits_wait_and_say_so_and_go_out_on_return(
    ana: BoardPage, ben: BoardPage, people: People
) -> None:
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    ana.page.context.set_offline(True)
    expect(ana.connection).to_have_attribute("data-state", "offline")
    ana.draw_box("rectangle")
    ana.draw_box("ellipse", 500, 500)
    expect(ana.connection).to_contain_text("2 changes are kept on this device")
    ben.draw_stroke(500, 400)
    ana.page.context.set_offline(False)
    ben.has_elements(3)
    ana.has_elements(3)
    expect(ana.connection).to_contain_text("Saved")
    ana.agrees_with(ben)


def test_edits_made_offline_survive_the_tab(
    people: People, server: Server, board: NewBoard, ben: BoardPage
) -> None:
    context = people.context()
    ana = people.at(server.link(board), context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    expect(ana.connection).to_have_attribute("data-state", "offline")
    ana.draw_box("diamond")
    expect(ana.connection).to_contain_text("1 change is kept on this device")
    ana.page.close()
    context.set_offline(False)
    again = people.at(server.link(board), context)
    again.has_elements(1)
    ben.has_elements(1)
    again.agrees_with(ben)


def test_the_link_without_its_key_opens_where_the_board_is_known(
    people: People, server: Server, board: NewBoard
) -> None:
    context = people.context()
    people.at(server.link(board), context)
    known = people.at(server.link(board).partition("#")[0], context)
    expect(known.page).to_have_url(server.link(board))
