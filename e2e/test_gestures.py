"""What fingers expect of keys, buttons and wheel, as docs/ux.md lists it and no other test shows."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def lefts(board: BoardPage) -> list[float]:
    """Where the boxes begin, from the bottom of the pile to its top."""
    boxes = sorted(board.elements(), key=lambda element: str(element["z"]))
    return [round(element["place"][0]) for element in boxes]


def drawn(board: BoardPage, *points: tuple[float, float], holding: str | None = None) -> Any:
    """The place of the newest element after a drag with a key held."""
    if holding:
        board.page.keyboard.down(holding)
    board.canvas.drag(*points)
    if holding:
        board.page.keyboard.up(holding)
    newest = max(board.elements(), key=lambda element: str(element["z"]))
    return newest["place"]


def test_commands_answer_to_their_keys(ana: BoardPage) -> None:
    ana.draw_box("rectangle", 400, 200, 100, 80)
    ana.draw_box("rectangle", 460, 250, 120, 90)
    ana.chrome.set_style("Stroke", "Red")
    ana.press("Control+Alt+c", "Escape")
    ana.canvas.click((450, 200))
    ana.press("Control+Alt+v")
    assert {element["color"] for element in ana.elements()} == {"#e03131"}

    # The pile: up, down, one up, one down.
    ana.press("]")
    assert lefts(ana) == [460, 400]
    ana.press("[")
    assert lefts(ana) == [400, 460]
    ana.press("Control+]")
    assert lefts(ana) == [460, 400]
    ana.press("Control+[")
    assert lefts(ana) == [400, 460]

    # Both: aligned, flipped, grouped, locked; each can be taken back.
    for chord, places in {
        "Alt+a": [(400, 200), (400, 250)],
        "Alt+d": [(480, 200), (460, 250)],
        "Alt+h": [(440, 200), (430, 250)],
        "Alt+w": [(400, 200), (460, 200)],
        "Alt+s": [(400, 260), (460, 250)],
        "Alt+v": [(400, 230), (460, 225)],
        "Shift+H": [(480, 200), (400, 250)],
        "Shift+V": [(400, 260), (460, 200)],
    }.items():
        ana.press("Control+a", chord)
        boxes = sorted(ana.elements(), key=lambda element: str(element["z"]))
        assert [tuple(map(round, each["place"][:2])) for each in boxes] == places, chord
        ana.press("Control+z")
    ana.press("Control+a", "Control+g")
    assert all(element["groups"] for element in ana.elements())
    ana.press("Control+Shift+g")
    assert not any(element["groups"] for element in ana.elements())
    ana.press("Control+Shift+l")
    assert all(element["locked"] for element in ana.elements())
    ana.press("Delete")
    ana.has_elements(2)
    ana.press("Control+z")
    assert not any(element["locked"] for element in ana.elements())

    # Looking: all of it, what is selected, as large as it is, and what Alt+S does with nothing selected.
    ana.press("Escape")
    ana.canvas.click((450, 200))
    ana.press("Shift+1")
    ana.until("() => Math.abs(inkwire.camera.x + innerWidth / 2 / inkwire.camera.zoom - 490) < 1")
    ana.press("Shift+2")
    ana.until("() => Math.abs(inkwire.camera.x + innerWidth / 2 / inkwire.camera.zoom - 450) < 1")
    ana.press("Control+Minus", "Shift+0")
    expect(ana.chrome.zoom).to_have_text("100%")
    ana.press("Escape", "Alt+s")
    assert ana.page.evaluate("() => localStorage['inkwire.snaps-to-objects']") == "no"


def test_buttons_and_held_keys_do_what_hands_expect(ana: BoardPage) -> None:
    # While drawing: a square, from the centre, in steps of 15 degrees, many points.
    ana.use("rectangle")
    assert drawn(ana, (400, 200), (500, 240), holding="Shift")[2:4] == [100, 100]
    ana.use("ellipse")
    assert drawn(ana, (700, 250), (740, 280), holding="Alt") == [660, 220, 80, 60, 0]
    ana.press("l")
    for point in [(900, 200), (1000, 250), (1100, 200)]:
        ana.canvas.click(point)
    ana.press("Enter")
    (line,) = ana.of_type("line")
    ana.press("Escape")
    assert ana.canvas.looks(lambda: ana.canvas.inked((1040, 215, 1060, 235)) > 0)
    ana.press("Control+z")
    assert line["id"] not in {element["id"] for element in ana.elements()}
    ana.press("Escape")

    # While moving: one axis; with Alt, a copy.
    moved = drawn(ana, (660, 250), (760, 265), holding="Shift")
    assert moved == [760, 220, 80, 60, 0]
    ana.press("Control+z", "Escape")
    drawn(ana, (401, 250), (401, 500), holding="Alt")
    ana.has_elements(3)
    assert sorted(round(each["place"][1]) for each in ana.of_type("rectangle")) == [200, 450]

    # A marquee takes what it touches; Shift adds and takes away; a group is entered.
    ana.press("Escape")
    ana.canvas.drag((350, 420), (440, 600))
    ana.page.keyboard.down("Shift")
    ana.canvas.click((401, 250))
    ana.page.keyboard.up("Shift")
    ana.press("Control+g", "Escape")
    ana.canvas.click((401, 275))
    expect(ana.page.get_by_test_id("announcer")).to_contain_text("2")
    ana.press("Escape")
    ana.page.keyboard.down("Control")
    ana.canvas.click((401, 500))
    ana.page.keyboard.up("Control")
    ana.press("Delete")
    assert [round(each["place"][1]) for each in ana.of_type("rectangle")] == [200]
    ana.press("Control+z", "Escape")

    # A double click on nothing writes; on a note, Tab goes on to the next.
    ana.canvas.double_click((900, 600))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("here")
    ana.press("Control+Enter")
    expect(ana.text).to_have_count(0)
    ana.press("Escape", "n")
    ana.canvas.click((700, 550))
    ana.page.keyboard.type("one")
    ana.press("Tab")
    ana.page.keyboard.type("two")
    ana.press("Escape", "Escape")
    first, second = sorted(ana.of_type("note"), key=lambda note: float(note["place"][0]))
    assert [first["text"], second["text"]] == ["one", "two"]
    assert second["place"][0] > first["place"][0] + first["place"][2]

    # Looking around: sideways, with the middle button, and a wheel that zooms for who wants it.
    x = ana.page.evaluate("() => inkwire.camera.x")
    ana.page.mouse.move(640, 400)
    ana.page.keyboard.down("Shift")
    ana.page.mouse.wheel(0, 100)
    ana.page.keyboard.up("Shift")
    ana.until("(x) => inkwire.camera.x === x + 100", x)
    ana.page.mouse.down(button="middle")
    ana.page.mouse.move(740, 400, steps=3)
    ana.page.mouse.up(button="middle")
    ana.until("(x) => inkwire.camera.x === x", x)
    ana.palette.choose("wheel")
    ana.page.mouse.move(640, 400)
    ana.page.mouse.wheel(0, -200)
    expect(ana.chrome.zoom).not_to_have_text("100%")


def test_without_a_pointer_and_at_twice_the_size(
    people: People, server: Server, board: NewBoard
) -> None:
    """Everything by keys, at 200 % browser zoom: half the room, twice the pixels."""
    ana = people.at(
        server.link(board), viewport={"width": 640, "height": 400}, device_scale_factor=2
    )
    ana.press("r", "Enter")
    ana.has_elements(1)
    expect(ana.page.get_by_test_id("announcer")).to_have_text("Rectangle")
    ana.press("Escape")
    # From the bar: the first Enter takes the tool, the second puts one on the board.
    ana.tool("note").focus()
    ana.press("Enter", "Enter")
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("by keys")
    ana.press("Escape")
    assert ana.of_type("note")[0]["text"] == "by keys"
    ana.press("Escape", "Control+Shift+P")
    ana.page.keyboard.type("zoom to fit")
    ana.press("Enter")
    expect(ana.palette.dialog).to_have_count(0)

    # What opens gives the keyboard back to where it was, and fits.
    for opener, opened in [
        (ana.chrome.menu_button, ana.chrome.menu),
        (ana.people.button, ana.people.list),
        (ana.share.button, ana.share.dialog),
    ]:
        opener.focus()
        ana.press("Enter")
        expect(opened).to_be_visible()
        box = opened.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 640
        assert box["y"] + box["height"] <= 400
        ana.press("Escape")
        expect(opened).to_have_count(0)
        expect(opener).to_be_focused()
    seen = "(e) => getComputedStyle(e).boxShadow !== 'none'"
    assert ana.share.button.evaluate(seen)

    # Systems that replace all colours drop shadows: an outline marks the focus there.
    ana.page.emulate_media(forced_colors="active")
    outlined = "(e) => getComputedStyle(e).outlineStyle === 'solid'"
    assert ana.share.button.evaluate(outlined)
    ana.page.emulate_media(forced_colors="none", contrast="more")
    line = "() => getComputedStyle(document.documentElement).getPropertyValue('--line').trim()"
    assert ana.page.evaluate(line) != "light-dark(#e5e5e0, #373a40)"


def test_text_and_links_are_pasted_as_what_they_are(ana: BoardPage) -> None:
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = "https://inkwire.example/plan"
    for text, chord in [
        ("two\nlines", "Control+v"),
        (address, "Control+v"),
        (address, "Control+Shift+v"),
    ]:
        ana.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        ana.page.mouse.move(640, 400)
        before = ana.state()["elements"]
        ana.press("Escape", chord)
        ana.has_elements(before + 1)
    pasted = sorted(ana.elements(), key=lambda element: str(element["z"]))
    assert [(each["text"], each["link"]) for each in pasted] == [
        ("two\nlines", ""),
        (address, address),
        (address, ""),
    ]
