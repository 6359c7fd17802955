"""Undo and redo are one's own."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.pages.board import BoardPage


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
