"""Two people on different workers draw on one board."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server

# Above the hint of the empty board, whose letters are ink, too.
START = (500.0, 180.0)
WAVE = [(560.0, 130.0), (620.0, 220.0), (700.0, 150.0)]
WHOLE = (480, 110, 720, 240)
BEGINNING = (480, 110, 580, 240)


def test_what_one_draws_the_other_has(ana: BoardPage, ben: BoardPage) -> None:
    assert ana.state()["worker"] != ben.state()["worker"]
    ana.draw_box("rectangle")
    ben.draw_stroke(500, 550)
    ana.write("both", (800, 300))
    for person in (ana, ben):
        person.has_elements(3)
    ana.agrees_with(ben)


def test_a_stroke_is_seen_while_it_is_drawn(ana: BoardPage, ben: BoardPage) -> None:
    ana.use("pen")
    ana.canvas.press(START)
    ana.canvas.move(WAVE)
    assert ben.canvas.looks(lambda: ben.canvas.inked(WHOLE) > 200)
    assert ben.state()["elements"] == 0
    ana.canvas.release()
    ben.has_elements(1)
    ana.agrees_with(ben)


def test_who_comes_in_the_middle_of_a_stroke_sees_it_from_its_beginning(
    ana: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    ana.use("pen")
    ana.canvas.press(START)
    ana.canvas.move(WAVE)
    late = people.at(there.link(board))
    assert late.canvas.looks(lambda: late.canvas.inked(BEGINNING) > 100)
    ana.canvas.release()
    late.has_elements(1)


def test_a_shape_being_drawn_and_a_selection_being_moved_are_seen(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.use("rectangle")
    ana.canvas.press((500, 120))
    ana.canvas.move([(700, 240)])
    assert ben.canvas.looks(lambda: ben.canvas.inked(WHOLE) > 200)
    ana.canvas.release()
    ben.has_elements(1)
    ana.canvas.press((560, 170))
    ana.canvas.move([(560, 510)])
    assert ben.canvas.looks(lambda: ben.canvas.inked((490, 560, 720, 600)) > 50)
    ana.canvas.release()
    ana.agrees_with(ben)


def test_cursors_bear_the_colour_of_their_person(ana: BoardPage, ben: BoardPage) -> None:
    colour = ben.page.evaluate("() => JSON.parse(localStorage['inkwire.person']).color")
    ben.page.mouse.move(600, 400)
    assert ana.canvas.looks(lambda: ana.canvas.pixel((603, 407)) == colour)


def test_names_are_listed_and_a_new_name_reaches_the_others(ana: BoardPage, ben: BoardPage) -> None:
    ana.people.are(2)
    ben.people.call_oneself("Benedikt B.")
    expect(ana.people.peers).to_contain_text("Benedikt B.")
    ana.people.button.click()
    expect(ana.people.list).to_contain_text("Benedikt B.")


def test_who_leaves_is_gone_from_the_list(ana: BoardPage, ben: BoardPage) -> None:
    ana.people.are(2)
    ben.page.context.close()
    ana.people.are(1)


def test_one_person_with_two_windows_is_one_person(
    ana: BoardPage, ben: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    people.at(there.link(board), context=ben.page.context)
    ana.people.are(2)


def test_the_title_is_everybodys(ana: BoardPage, ben: BoardPage) -> None:
    ana.title.fill("Sprint 14")
    ana.press("Enter")
    expect(ben.title).to_have_value("Sprint 14")
    expect(ben.page).to_have_title("Sprint 14 – Inkwire")
