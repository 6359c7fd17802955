"""A board, or a part of it, as a file: what one sees is what one gets."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image as Picture
from playwright.sync_api import Route, expect

from e2e.conftest import People
from e2e.pages.board import BoardPage

GUARD_MS = 60_000


def saved(board: BoardPage) -> tuple[str, bytes]:
    """The file that the dialog puts among the downloads, by name."""
    with board.page.expect_download(timeout=GUARD_MS) as download:
        board.export.save.click()
    expect(board.export.dialog).to_have_count(0)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def chosen(board: BoardPage, format: str) -> tuple[str, bytes]:
    """The board as a file of a format."""
    board.press("Control+Shift+e")
    board.export.choose("Format", format)
    return saved(board)


def test_a_part_of_a_board_in_every_format(ana: BoardPage) -> None:
    """By key, from the menu; a size, colours, a background or none, and only what is selected."""
    ana.title.fill("Plan")
    ana.press("Enter")
    ana.draw_box("rectangle", 300, 250)
    ana.draw_box("ellipse", 700, 400)  # selected from now on
    ana.is_saved()
    ana.press("Control+Shift+e")
    export = ana.export
    expect(export.only_selected).to_be_checked()
    expect(export.save).to_be_focused()
    expect(export.preview).to_have_js_property("complete", True)
    export.background.uncheck()
    export.choose("Size", "3×")
    name, png = saved(ana)
    assert name == "Plan.png"
    with Picture.open(io.BytesIO(png)) as picture:
        part = picture.size
        assert picture.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)

    # What was chosen stays, but for the part.
    ana.chrome.choose("Export…")
    export.only_selected.uncheck()
    expect(export.background).not_to_be_checked()
    export.background.check()
    export.choose("Colours", "Dark")
    with Picture.open(io.BytesIO(saved(ana)[1])) as picture:
        assert picture.size > part
        assert picture.convert("RGB").getpixel((0, 0)) == (18, 18, 18)

    ana.press("Control+Shift+e")
    export.choose("Format", "SVG")
    export.choose("Colours", "Dark")
    name, svg = saved(ana)
    assert name == "Plan.svg"
    assert b"#121212" in svg
    assert chosen(ana, "PDF")[1].startswith(b"%PDF")
    ellipse: dict[str, Any] = json.loads(chosen(ana, "JSON")[1])["elements"][0]
    assert ellipse["type"] == "ellipse", "only what is selected"
    lines = chosen(ana, "NDJSON")[1].splitlines()
    assert [json.loads(line).get("type") for line in lines[1:]] == ["ellipse"]
    assert json.loads(chosen(ana, "Excalidraw")[1])["type"] == "excalidraw"
    ana.press("Escape", "Control+Shift+e")
    expect(export.only_selected).to_have_count(0)
    export.choose("Format", "Backup")
    assert saved(ana)[0] == "Plan.inkwire"


def test_an_export_can_be_cancelled_and_says_why_it_fails(ana: BoardPage, people: People) -> None:
    people.forgive("429")
    export = ana.export
    ana.press("Control+Shift+e")
    expect(export.dialog).to_contain_text("Nothing is drawn yet.")
    expect(export.save).to_be_disabled()
    ana.press("Escape")
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.draw_box("rectangle")
    ana.is_saved()
    waiting: list[Route] = []
    ana.page.route("**/export.svg*", lambda route: waiting.append(route))
    ana.press("Control+Shift+e")
    export.choose("Format", "SVG")
    export.save.click()
    expect(export.dialog.get_by_role("status")).to_contain_text("Preparing")
    export.cancel.click()
    expect(export.save).to_be_enabled()
    expect(export.failure).to_have_count(0)

    export.save.click()
    expect(export.cancel).to_be_visible()
    ana.page.unroute("**/export.svg*")
    busy = {"status": 429, "headers": {"Retry-After": "3"}, "body": "{}"}
    ana.page.route("**/export.svg*", lambda route: route.fulfill(**busy))
    export.cancel.click()
    export.save.click()
    words = "too many at once, try again in a moment"
    expect(export.failure).to_contain_text(words, timeout=GUARD_MS)
    ana.page.unroute("**/export.svg*")
    assert b"<svg" in saved(ana)[1][:500]

    ana.press("Control+Shift+e")
    export.dialog.get_by_role("button", name="Copy as SVG").click()
    expect(ana.toast.filter(has_text="Copied as SVG.")).to_be_visible(timeout=GUARD_MS)
