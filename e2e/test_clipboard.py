"""What is copied goes wherever it is pasted: other boards, other programs, and back."""

from __future__ import annotations

import io
import json
from typing import Any, cast

from PIL import Image
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import Server

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def text_of(board: BoardPage) -> str:
    """The text on the clipboard."""
    return cast(str, board.page.evaluate("() => navigator.clipboard.readText()"))


def put(board: BoardPage, text: str) -> None:
    """Another program copies a text."""
    board.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)


def shown(element: dict[str, Any]) -> tuple[Any, ...]:
    """What of an element survives a journey through another program: not its id, not where it landed."""
    place = [round(each) for each in element["place"][2:4]]
    kept = ("type", "color", "fill", "text", "opacity", "endHead", "rounded", "curve")
    return (*(element.get(name) for name in kept), *map(abs, place))


def test_it_travels_between_servers_and_through_excalidraw(people: People, server: Server) -> None:
    here = people.at(server.link(server.create_board()))
    there = people.at(server.link(server.create_board()))
    for each in (here, there):
        each.page.context.grant_permissions(CLIPBOARD)
    here.draw_box("ellipse", 300, 200)
    here.draw_box("rectangle", 600, 200)
    here.draw_stroke(500, 500)
    here.use("arrow")
    here.canvas.drag((800, 300), (950, 420))
    here.press("Escape", "Control+a", "Control+c")
    text = text_of(here)

    # Another board, in another browser profile: all of it, as it was.
    there.page.bring_to_front()
    there.press("Control+v")
    there.has_elements(4)
    assert sorted(map(shown, there.elements())) == sorted(map(shown, here.elements()))
    there.press("Delete")
    there.has_elements(0)

    # The same without our own part of it: as Excalidraw would hand it back.
    foreign = json.loads(text)
    assert foreign.pop("inkwire")
    put(there, json.dumps(foreign))
    there.page.mouse.move(640, 400)
    there.press("Control+v")
    there.has_elements(4)
    assert sorted(map(shown, there.elements())) == sorted(map(shown, here.elements()))
    there.press("Control+z")
    there.has_elements(0)
    people.forgive("/convert")
    put(there, '{"type":"excalidraw/clipboard","elements":[{"type":7}]}')
    there.press("Control+v")
    expect(there.toast).to_contain_text("could not be read")


def test_a_part_of_the_board_is_copied_as_a_picture(people: People, server: Server) -> None:
    ana = people.at(server.link(server.create_board()))
    ana.draw_box("rectangle", 300, 200, 200, 100)
    ana.write("hello", (800, 500))
    ana.canvas.click((300, 250))
    expect(ana.chrome.style).to_be_visible()

    # Without the permission there is a file instead.
    ana.page.evaluate(
        "() => { Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }) }"
    )
    ana.press("Control+Shift+C")
    expect(ana.toast).to_contain_text("does not let this page")
    with ana.page.expect_download() as download:
        ana.toast.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename.endswith(".png")
    ana.page.evaluate("() => { delete navigator.clipboard }")

    ana.page.context.grant_permissions(CLIPBOARD)
    ana.press("Control+Shift+C")
    expect(ana.toast).to_contain_text("Copied as a picture")
    data = ana.page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return [...new Uint8Array(await (await item.getType("image/png")).arrayBuffer())];
        }"""
    )
    picture = Image.open(io.BytesIO(bytes(data))).convert("L")
    # Two pixels for a unit, a little room around it, white paper and dark ink.
    assert abs(picture.width - 2 * 220) < 40
    assert abs(picture.height - 2 * 120) < 40
    tones = picture.histogram()
    assert max(tones) == tones[255]
    assert sum(tones[:80]) > 500

    ana.palette.choose("copy as svg")
    expect(ana.toast).to_contain_text("Copied as SVG")
    svg = text_of(ana)
    assert svg.startswith(("<svg", "<?xml"))
    assert "hello" not in svg
