"""Two people on two workers use every tool there is for one afternoon; in the end everybody has the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from e2e.test_pictures import picture
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer

WRITTEN = "#6741d9"
"""The picture's colour: no other test has brought this picture."""


class Session:
    """A board with two people, and which tools they have had in their hands."""

    def __init__(self, ana: BoardPage, ben: BoardPage) -> None:
        self.ana = ana
        self.ben = ben
        self.used: set[str] = set()

    def take(self, person: BoardPage, tool: str) -> None:
        """Somebody takes a tool from the bar."""
        person.use(tool)
        self.used.add(tool)

    def box(self, person: BoardPage, kind: str, left: float, top: float) -> dict[str, Any]:
        """Somebody draws a shape or a frame of 140 by 90."""
        known = {element["id"] for element in person.elements()}
        self.take(person, kind)
        person.canvas.drag((left, top), (left + 140, top + 90))
        (new,) = [element for element in person.elements() if element["id"] not in known]
        self.both_have(len(known) + 1)
        return new

    def words(self, person: BoardPage, text: str) -> None:
        """Somebody writes into what is selected."""
        person.press("Enter")
        expect(person.text).to_be_focused()
        person.page.keyboard.type(text)
        person.press("Escape")
        expect(person.text).to_have_count(0)

    def both_have(self, count: int) -> None:
        """Waits until both see so many elements."""
        self.ana.has_elements(count)
        self.ben.has_elements(count)

    def seen_by_ben(self, id_: str) -> dict[str, Any]:
        """An element as Ben has it."""
        self.ana.agrees_with(self.ben)
        return next(element for element in self.ben.elements() if element["id"] == id_)

    def course_for_ben(self, id_: str) -> str:
        """The points of a line as Ben has them."""
        self.ana.agrees_with(self.ben)
        return str(self.ben.page.evaluate("(id) => inkwire.element(id).points.join()", id_))


def test_two_people_with_every_tool_end_with_the_same_board(
    people: People, server: Server, there: Server, board: NewBoard, tmp_path: Path
) -> None:
    ana, ben = people.at(server.link(board)), people.at(there.link(board))
    both = Session(ana, ben)

    # A diagram with labels: an arrow goes where its shape goes.
    start = both.box(ana, "rectangle", 350, 130)
    both.words(ana, "Start")
    both.both_have(2)
    both.box(ben, "ellipse", 650, 130)
    both.words(ben, "End")
    both.both_have(4)
    both.take(ben, "arrow")
    ben.canvas.drag((492, 175), (648, 175))
    both.both_have(5)
    (arrow,) = ana.of_type("arrow")
    assert arrow["start"]["to"] == start["id"]
    straight = both.course_for_ben(arrow["id"])
    ana.press("Escape")
    ana.canvas.drag((420, 130), (420, 190))
    slanted = both.course_for_ben(arrow["id"])
    assert slanted != straight
    ana.press("Control+z")
    assert both.course_for_ben(arrow["id"]) == straight
    ana.press("Control+y")
    assert both.course_for_ben(arrow["id"]) == slanted

    # A group, made by one, moved by the other, taken apart by undo and made again.
    diamond = both.box(ana, "diamond", 350, 340)
    triangle = both.box(ana, "triangle", 520, 340)
    ana.press("Escape")
    both.take(ana, "select")
    ana.canvas.drag((320, 320), (690, 450))
    ana.press("Control+g")
    (group,) = both.seen_by_ben(diamond["id"])["groups"]
    ben.press("Escape")
    ben.canvas.click((420, 341))
    ben.press("Shift+ArrowDown", "Shift+ArrowDown")
    assert both.seen_by_ben(triangle["id"])["place"][1] == triangle["place"][1] + 20
    ana.press("Control+z")
    assert both.seen_by_ben(triangle["id"])["groups"] == []
    ana.press("Control+Shift+z")
    assert both.seen_by_ben(triangle["id"])["groups"] == [group]
    both.take(ana, "line")
    ana.canvas.drag((350, 480), (480, 500))
    both.both_have(8)

    # Ink of two kinds at the same time, and one stroke too many.
    both.take(ben, "pen")
    ben.canvas.press((350, 560))
    both.take(ana, "highlighter")
    ana.canvas.press((600, 560))
    ben.canvas.move([(420, 590), (480, 550)])
    ana.canvas.move([(680, 575), (760, 560)])
    ben.canvas.release()
    ana.canvas.release()
    ben.canvas.drag((350, 650), (480, 660))
    both.both_have(11)
    both.take(ben, "eraser")
    ben.canvas.drag((420, 630), (420, 680))
    both.both_have(10)

    # A note in a frame, which is carried away with it; free text; a picture.
    both.take(ana, "note")
    ana.canvas.click((980, 300))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("Ask Cleo")
    ana.press("Escape")
    both.take(ben, "frame")
    ben.canvas.drag((850, 180), (1110, 430))
    both.both_have(12)
    (note,), (frame,) = ana.of_type("note"), ana.of_type("frame")
    assert both.seen_by_ben(note["id"])["frame"] == frame["id"]
    ben.press("ArrowDown")
    assert both.seen_by_ben(note["id"])["place"][1] == note["place"][1] + 1
    ana.write("by Saturday", (900, 600))
    both.used.add("text")
    both.both_have(13)
    file = tmp_path / "logo.png"
    file.write_bytes(picture(WRITTEN, (60, 40)))
    with ben.page.expect_file_chooser() as chooser:
        both.used.add("image")
        ben.tool("image").click()
    chooser.value.set_files(file)
    both.both_have(14)

    # Pointing and looking around leave nothing.
    both.take(ana, "laser")
    ana.canvas.drag((600, 300), (800, 320))
    both.take(ben, "hand")
    ben.canvas.drag((700, 500), (650, 460))
    both.both_have(14)

    # One is away: both go on, both change the same shape, and one deletes what the other moves.
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    ana.is_saved()
    ana.page.context.set_offline(True)
    expect(ana.connection).to_have_attribute("data-state", "offline")
    both.take(ana, "select")
    ana.canvas.click((420, 361))
    ana.chrome.set_style("Stroke", "Red")
    ana.draw_box("rectangle", 600, 640, 80, 60)
    ana.press("Escape")
    ana.canvas.click((415, 490))
    ana.press("Delete")
    both.take(ben, "select")
    ben.canvas.click((370, 321))
    ben.chrome.set_style("Stroke", "Blue")
    ben.press("ArrowRight")
    ana.page.context.set_offline(False)
    ana.agrees_with(ben)
    assert ana.of_type("line") == []
    ana.press("Control+z")
    both.both_have(15)
    ana.press("Control+Shift+z")
    both.both_have(14)

    # Pages and both servers have the same, and no tool was left in the bar.
    ana.agrees_with(ben)
    digests = {ana.digest()["sha256"]}
    for each in (server, there):
        address = f"{each.base}/api/boards/{board.id}/digest"
        digests.add(patient.get(address, headers=bearer(board.token)).json()["sha256"])
    assert len(digests) == 1
    names = "(buttons) => buttons.map(({dataset}) => dataset.tool)"
    assert both.used == set(ana.page.locator(".toolbar [data-tool]").evaluate_all(names))
