"""Undo and redo are one's own."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.pages.board import BoardPage

# How many steps back and forth the browser keeps for the page after this one.
KEPT = """([back, forth]) => new Promise((resolve) => {
  const opening = indexedDB.open('inkwire');
  opening.onsuccess = () => {
    const rows = opening.result.transaction('histories').objectStore('histories').getAll();
    rows.onsuccess = () => {
      opening.result.close();
      const steps = rows.result.at(-1)?.steps;
      resolve(steps?.undo.length === back && steps?.redo.length === forth);
    };
  };
})"""


def test_undo_and_redo_by_button_and_by_key(ana: BoardPage) -> None:
    expect(ana.chrome.undo).to_be_disabled()
    ana.draw_box("rectangle")
    ana.draw_box("ellipse", 500, 500)
    ana.chrome.undo.click()
    ana.has_elements(1)
    ana.press("Control+z")
    ana.has_elements(0)
    ana.chrome.redo.click()
    ana.has_elements(1)
    ana.press("Control+Shift+z")
    ana.has_elements(2)
    expect(ana.chrome.redo).to_be_disabled()
    ana.is_saved()


def test_undo_never_takes_what_somebody_else_drew(ana: BoardPage, ben: BoardPage) -> None:
    ana.draw_box("rectangle")
    ben.has_elements(1)
    ben.draw_box("ellipse", 500, 500)
    ana.has_elements(2)
    ana.press("Control+z")
    ben.has_elements(1)
    assert ben.element()["type"] == "ellipse"
    expect(ana.chrome.undo).to_be_disabled()
    ana.agrees_with(ben)


def test_undo_of_a_deletion_brings_it_back_for_everybody(ana: BoardPage, ben: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.press("Delete")
    ben.has_elements(0)
    ana.press("Control+z")
    ben.has_elements(1)
    ana.agrees_with(ben)


def test_undo_goes_on_after_a_reload_and_leaves_alone_what_others_changed(
    ana: BoardPage, ben: BoardPage
) -> None:
    """Redo, too; what somebody changed while the page was away is theirs."""
    ana.draw_box("rectangle")
    ana.draw_box("ellipse", 500, 500)
    ana.draw_box("diamond", 800, 300)
    ana.press("Control+z")
    ana.is_saved()
    ana.until(KEPT, [2, 1])
    link = ana.page.url
    ana.page.goto("about:blank")
    ben.has_elements(2)
    ben.press("v")
    ben.page.mouse.click(600, 500)
    ben.press("ArrowRight")
    ben.is_saved()
    ana.page.goto(link)
    ana.is_live()
    ana.chrome.redo.click()
    ana.has_elements(3)
    ana.press("Control+z")
    ana.has_elements(2)
    ana.press("Control+z")
    ana.has_elements(1)
    assert ana.element()["type"] == "ellipse"
    expect(ana.chrome.undo).to_be_disabled()
    ana.is_saved()
    ana.agrees_with(ben)
