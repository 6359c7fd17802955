"""Words that somebody typed are not lost without a word."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.pages.board import BoardPage

MOST = 20_000


def test_words_typed_into_a_note_that_is_deleted_can_be_put_back(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.use("note")
    ana.canvas.click((560, 300))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("half a thought")
    ben.has_elements(1)
    ben.press("Control+a", "Delete")
    ana.has_elements(0)
    ana.page.keyboard.type(", and the rest")
    ana.press("Escape")
    expect(ana.toast).to_contain_text("Somebody deleted the note while you were typing in it")
    ana.toast.get_by_role("button", name="Put it back").click()
    ben.has_elements(1)
    assert ben.element()["text"] == "half a thought, and the rest"
    expect(ana.toast).to_have_count(0)
    ana.agrees_with(ben)


def test_a_pasted_text_that_is_too_long_is_said_to_be(ana: BoardPage) -> None:
    ana.use("text")
    ana.canvas.click((560, 300))
    expect(ana.text).to_be_focused()
    ana.page.evaluate(
        """(length) => {
          const data = new DataTransfer();
          data.setData("text/plain", "x".repeat(length));
          const init = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
        }""",
        MOST + 3,
    )
    expect(ana.toast).to_contain_text("A text holds 20,000 characters: 3 were left out.")
