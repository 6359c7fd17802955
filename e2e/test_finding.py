"""Finding one's way: words on the board, links to a place, links to elsewhere."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def copied(board: BoardPage) -> str:
    """The text on the clipboard."""
    return cast(str, board.page.evaluate("() => navigator.clipboard.readText()"))


def test_words_are_found_counted_and_gone_to(ana: BoardPage) -> None:
    ana.write("The harbour", (300, 200))
    ana.write("harbour again", (700, 500))
    ana.press("Escape", "v")
    ana.page.mouse.move(640, 400)
    ana.page.mouse.wheel(0, 4000)
    ana.until("() => window.inkwire.camera.y === 4000")

    ana.find.look_for("HARBOUR")
    expect(ana.find.count).to_have_text("1 of 2")
    expect(ana.find.current).to_be_in_viewport()
    first = ana.looks_at()
    ana.press("Enter")
    expect(ana.find.count).to_have_text("2 of 2")
    assert ana.looks_at() != first
    ana.press("Shift+Enter")
    expect(ana.find.count).to_have_text("1 of 2")
    assert ana.looks_at() == first
    # Keys are letters there, and the panel stays while one goes on drawing.
    ana.press("Control+a")
    ana.page.keyboard.type("again")
    expect(ana.find.count).to_have_text("1 of 1")
    ana.write("once again", (300, 600))
    expect(ana.find.count).to_have_text("2 of 2")
    ana.page.keyboard.press("Control+f")
    expect(ana.find.box).to_be_focused()
    ana.page.keyboard.type("nowhere")
    expect(ana.find.count).to_have_text("Not found")
    ana.press("Escape")
    expect(ana.find.panel).to_have_count(0)
    expect(ana.find.marks).to_have_count(0)

    # The browser's own search is its own while a text is typed.
    ana.use("text")
    ana.canvas.click((200, 400))
    expect(ana.text).to_be_focused()
    ana.press("Control+f")
    expect(ana.find.panel).to_have_count(0)


def test_a_link_leads_to_what_it_was_copied_from(
    people: People, server: Server, there: Server, board: NewBoard
) -> None:
    ana = people.at(server.link(board))
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.draw_box("rectangle", 500, 250)
    ana.is_saved()
    box = ana.element()["id"]
    ana.palette.choose("copy a link")
    expect(ana.toast).to_contain_text("Whoever has it can draw")
    link = copied(ana)
    assert link == f"{server.link(board)}&show={box}"

    # On another worker, far away from it: gone to and selected, and the address is the board's again.
    elsewhere = link.replace(server.base, there.base)
    ben = people.at(elsewhere)
    expect(ben.chrome.style).to_be_visible()
    ben.until("() => !location.hash.includes('show')")
    assert "k=" in ben.page.evaluate("() => location.hash")
    middle = ben.looks_at()
    x, y, width, height, _ = ana.element()["place"]
    assert (round(middle[0]), round(middle[1])) == (round(x + width / 2), round(y + height / 2))

    # The same page, by its address bar; and what is gone is told.
    ben.page.mouse.move(640, 400)
    ben.page.mouse.wheel(3000, 0)
    ben.press("Escape")
    ben.page.evaluate("(hash) => { location.hash = hash }", elsewhere.split("#")[1])
    expect(ben.chrome.style).to_be_visible()
    ana.press("Delete")
    ana.is_saved()
    ben.has_elements(0)
    ben.page.evaluate("(hash) => { location.hash = hash }", elsewhere.split("#")[1])
    expect(ben.toast).to_contain_text("no longer on the board")

    # Nothing selected: what is seen. A viewer's link keeps the viewer's key.
    cleo = people.look(there.link(board, "viewer") + "&view=5000,-300,0.5")
    cleo.until("() => window.inkwire.camera.zoom === 0.5")
    assert [round(each) for each in cleo.looks_at()] == [5000, -300]
    cleo.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cleo.palette.choose("copy a link")
    expect(cleo.toast).to_contain_text("can look, not draw")
    assert copied(cleo) == there.link(board, "viewer") + "&view=5000,-300,0.5"


def test_an_element_leads_to_a_page_and_only_to_one_that_is_safe(
    ana: BoardPage, ben: BoardPage, server: Server, board: NewBoard
) -> None:
    ana.draw_box("rectangle", 500, 250)
    box = ana.element()["id"]
    ana.press("Control+k")
    dialog = ana.page.get_by_role("dialog", name="Link to a page")
    field = dialog.get_by_label("Address")
    expect(field).to_be_focused()
    field.fill("javascript:alert(1)")
    ana.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    field.fill("example.org/page")
    ana.press("Enter")
    expect(dialog).to_have_count(0)
    assert ana.element()["link"] == "https://example.org/page"

    mark = ben.page.get_by_role("link", name="Open https://example.org/page")
    expect(mark).to_have_attribute("href", "https://example.org/page")
    expect(mark).to_have_attribute("rel", "noopener noreferrer")
    expect(mark).to_have_attribute("target", "_blank")
    ana.press("Control+z")
    expect(mark).to_have_count(0)

    # A link to a place on this board keeps no key, and leads there without a new page.
    ana.draw_box("ellipse", 700, 500, 60, 60)
    ellipse = next(each["id"] for each in ana.elements() if each["id"] != box)
    ana.press("Control+k")
    field.fill(f"{server.link(board)}&show={box}")
    ana.press("Enter")
    expect(dialog).to_have_count(0)
    kept = next(each["link"] for each in ana.elements() if each["id"] == ellipse)
    assert kept == f"{server.base}/b/{board.id}#show={box}"
    ana.press("Escape")
    ana.page.get_by_role("link", name="Go there on this board").click()
    expect(ana.chrome.style).to_be_visible()
    x, y, width, height, _ = next(e["place"] for e in ana.elements() if e["id"] == box)
    assert [round(each) for each in ana.looks_at()] == [round(x + width / 2), round(y + height / 2)]
    assert len(ana.page.context.pages) == 1


def test_the_map_shows_where_everybody_looks_and_goes_there(
    ana: BoardPage, ben: BoardPage, people: People, server: Server, board: NewBoard
) -> None:
    ana.draw_box("rectangle", 500, 250)
    ana.press("Escape")
    small = ana.page.get_by_test_id("minimap")
    ana.press("m")
    expect(small).to_be_visible()
    box = small.bounding_box()
    assert box is not None
    # Where the picture of the board ends, its paper goes on.
    paper = "(e) => getComputedStyle(e).backgroundColor"
    host = ana.page.get_by_test_id("board")
    assert small.evaluate(paper) == host.evaluate(paper)
    before = ana.looks_at()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    ana.page.mouse.move(*middle)
    ana.page.mouse.down()
    ana.page.mouse.move(middle[0] + 30, middle[1])
    ana.page.mouse.up()
    assert ana.looks_at()[0] > before[0] + 50
    assert abs(ana.looks_at()[1] - before[1]) < 20
    small.press("ArrowLeft")
    ana.until("(x) => window.inkwire.camera.x + innerWidth / 2 < x", ana.looks_at()[0] + 1)

    # Ben looks far away: his frame, in his colour, is on the map as large as it then is.
    ben.pan(5000, 0)
    ana.until(
        """([x, y, width, height]) => {
            const canvas = document.querySelector("[data-testid=minimap]");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const colours = new Set();
            for (let at = 0; at < data.length; at += 4) {
                const [r, g, b, a] = data.subarray(at, at + 4);
                if (a > 250 && Math.max(r, g, b) - Math.min(r, g, b) > 60) colours.add(`${r},${g},${b}`);
            }
            return colours.size >= 2;
        }""",
        [box["x"], box["y"], box["width"], box["height"]],
    )

    # It is remembered, and a phone has no room for it.
    ana.page.reload()
    ana.is_live()
    expect(small).to_be_visible()
    ana.page.set_viewport_size({"width": 360, "height": 740})
    expect(small).to_have_count(0)


def test_view_only_by_choice_is_ended_where_it_began(ana: BoardPage) -> None:
    ana.draw_box("rectangle", 500, 250)
    ana.press("Escape")
    ana.page.mouse.click(300, 600, button="right")
    ana.chrome.context_menu.get_by_role("menuitemcheckbox", name="View only").click()
    expect(ana.connection).to_contain_text("View only")
    expect(ana.tool("rectangle")).to_have_count(0)
    ana.press("Control+a", "Delete")
    ana.has_elements(1)
    ana.palette.choose("view only")
    expect(ana.tool("rectangle")).to_be_visible()
    expect(ana.connection).not_to_contain_text("View only")
