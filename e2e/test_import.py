"""Files dropped on the board."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server
from tests.importing import tldraws as tldraw

LIBRARY = (
    Path(__file__).parents[2]
    / "shared/data/excalidraw-libraries/boemska-nik--kubernetes-icons.excalidrawlib"
)

DROP = """([name, text, x, y]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  for (const kind of ['dragover', 'drop'])
    document.querySelector('[data-testid=board]').dispatchEvent(new DragEvent(kind,
      {bubbles: true, cancelable: true, dataTransfer, clientX: x, clientY: y}));
}"""


def drawing(*elements: dict[str, Any]) -> str:
    """An .excalidraw file."""
    return json.dumps({"type": "excalidraw", "version": 2, "elements": list(elements)})


def shape(kind: str, x: float, y: float) -> dict[str, Any]:
    """One element as Excalidraw writes it."""
    return {
        "id": f"{kind}{x}",
        "type": kind,
        "x": x,
        "y": y,
        "width": 80,
        "height": 60,
        "angle": 0,
        "strokeColor": "#1971c2",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "seed": 7,
        "version": 3,
        "versionNonce": 5,
        "isDeleted": False,
    }


PLAN = drawing(shape("rectangle", 0, 0), shape("ellipse", 120, 0), shape("diamond", 240, 0))


def drop(board: BoardPage, name: str, text: str) -> None:
    """Drops a file in the middle of the board."""
    board.page.evaluate(DROP, [name, text, 640, 400])


def test_a_dropped_drawing_is_on_everybodys_board(ana: BoardPage, ben: BoardPage) -> None:
    drop(ana, "plan.excalidraw", PLAN)
    expect(ana.toast).to_contain_text("3 elements from plan.excalidraw")
    ben.has_elements(3)
    assert {each["type"] for each in ben.elements()} == {"rectangle", "ellipse", "diamond"}
    ana.agrees_with(ben)


def test_a_drawing_of_tldraw_comes_in_with_its_words(ana: BoardPage) -> None:
    words = {"type": "doc", "content": [{"type": "text", "text": "Water"}]}
    box = tldraw.shape("geo", w=200, h=100, fill="solid", color="blue", richText=words)
    note = tldraw.shape("note", index="a2", x=260, text="Remember")
    drop(ana, "garden.tldr", tldraw.tldr(box, note).decode())
    expect(ana.toast).to_contain_text("3 elements from garden.tldr")
    found = {each["type"]: each for each in ana.elements()}
    assert found["text"]["container"] == found["rectangle"]["id"]
    assert (found["text"]["text"], found["note"]["text"]) == ("Water", "Remember")


def test_what_was_dropped_is_selected_and_one_undo_takes_it_away(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.draw_box("rectangle", 300, 600)
    drop(ana, "plan.excalidraw", PLAN)
    expect(ana.toast).to_contain_text("3 elements")
    ana.press("Control+z")
    ana.has_elements(1)
    ben.has_elements(1)
    ana.press("Control+Shift+z")
    ana.has_elements(4)
    ana.agrees_with(ben)


def test_the_menu_brings_a_file_in_too(ana: BoardPage, tmp_path: Path) -> None:
    file = tmp_path / "from the menu.excalidraw"
    file.write_text(PLAN)
    with ana.page.expect_file_chooser() as chooser:
        ana.chrome.choose("Import a file")
    chooser.value.set_files(file)
    ana.has_elements(3)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("notes.txt", "hello", "reads .excalidraw, .excalidrawlib"),
        ("broken.excalidraw", '{"type": "excalidraw", "elements": [', "could not be brought in"),
        ("empty.excalidraw", drawing(), "nothing to draw"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_so_and_changes_nothing(
    ana: BoardPage, people: People, name: str, text: str, words: str
) -> None:
    people.forgive("422")
    drop(ana, name, text)
    expect(ana.toast).to_contain_text(words)
    ana.draw_box("rectangle")
    ana.has_elements(1)


def test_an_export_is_saved_under_the_boards_title(ana: BoardPage) -> None:
    ana.title.fill("Roof / garden")
    ana.press("Enter")
    ana.draw_box("rectangle")
    ana.is_saved()
    with ana.page.expect_download() as download:
        ana.palette.choose("export as svg")
    assert download.value.suggested_filename == "Roof garden.svg"
    assert "<svg" in Path(download.value.path()).read_text()[:500]


def test_a_backup_brought_into_a_new_board_is_the_same_board(
    ana: BoardPage, people: People, server: Server, tmp_path: Path
) -> None:
    """A highlighter, a note, a triangle: what only Inkwire knows, drawn by hand. One undo takes it away."""
    ana.draw_stroke(tool="highlighter")
    ana.draw_box("triangle", 300, 200)
    ana.draw_box("rectangle", 700, 400)
    ana.is_saved()
    with ana.page.expect_download() as download:
        ana.palette.choose("save a backup")
    file = tmp_path / download.value.suggested_filename
    assert file.suffix == ".inkwire"
    download.value.save_as(file)
    dora = people.at(server.link(server.create_board()))
    with dora.page.expect_file_chooser() as chooser:
        dora.chrome.choose("Import a file")
    chooser.value.set_files(file)
    dora.has_elements(3)
    dora.is_saved()
    assert dora.digest()["sha256"] == ana.digest()["sha256"]
    dora.press("Control+z")
    dora.has_elements(0)


@pytest.mark.skipif(not LIBRARY.exists(), reason="the real drawings are not beside the project")
def test_a_real_library_comes_in_whole(people: People, server: Server, board: NewBoard) -> None:
    library = json.loads(LIBRARY.read_text())
    items = library.get("libraryItems") or library["library"]
    count = sum(len(item["elements"] if isinstance(item, dict) else item) for item in items)
    person = people.at(server.link(board))
    drop(person, LIBRARY.name, LIBRARY.read_text())
    person.has_elements(count)
    expect(person.toast).to_contain_text(f"{count} elements")
