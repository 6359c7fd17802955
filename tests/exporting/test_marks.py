"""An exported Excalidraw file that somebody has changed there: what was changed counts, the rest is exact."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from inkwire.errors import BadFile
from inkwire.importing.target import Target
from inkwire.protocol.canonical import digest_of
from tests.exporting.boards import drawn
from tests.exporting.rewritten import as_excalidraw, read_excalidraw

INK = drawn("freedraw", id="ink", z="a1", brush="highlighter", color="#e03131")
NOTE = drawn("note", id="note", z="a2", text="remember", font="serif")
TRIANGLE = drawn("triangle", id="tri", z="a3", fill="#ffec99")
DRAWING = [INK, NOTE, TRIANGLE]


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """The elements by what they are called, after a change to the records by their ids."""
    file = json.loads(as_excalidraw(DRAWING))
    change({each["id"]: each for each in file["elements"]})
    made = read_excalidraw(json.dumps(file).encode())
    return {each.id: each for each in made.elements}


def test_unchanged_it_is_the_same() -> None:
    found = changed(lambda records: None)
    assert digest_of(found.values()) == digest_of(DRAWING)


def test_what_is_changed_there_counts_and_the_rest_is_exact() -> None:
    def recolour(records: dict[str, Any]) -> None:
        records["ink"]["strokeWidth"] = 3
        records["note-words"]["originalText"] = records["note-words"]["text"] = "forget"
        records["note"]["x"] += 500
        records["tri"]["backgroundColor"] = "#ffffff"

    found = changed(recolour)
    assert (found["ink"].stroke_width, found["ink"].brush) == (3, "highlighter")
    assert (found["ink"].points, found["ink"].place) == (INK.points, INK.place)
    note = found["note"]
    assert (note.text, note.font, note.fill) == ("forget", "serif", "transparent")
    assert note.place[0] == NOTE.place[0] + 500
    assert (type(found["tri"]).__name__, found["tri"].fill) == ("Triangle", "#ffffff")
    assert found["tri"].place == TRIANGLE.place


def test_a_triangle_whose_corners_were_moved_is_the_line_that_it_became() -> None:
    def bend(records: dict[str, Any]) -> None:
        records["tri"]["points"][1] = [90, 90]

    found = changed(bend)
    assert type(found["tri"]).__name__ == "Line"
    assert found["tri"].fill == TRIANGLE.fill


def test_what_is_new_or_reordered_there_has_its_place() -> None:
    """Then order keys are new for all, in the order of the file."""

    def turn(records: dict[str, Any]) -> None:
        records["ink"]["customData"]["inkwire"]["z"] = "a9"

    found = changed(turn)
    assert sorted(found.values(), key=lambda each: each.z)[0].id == "ink"
    assert all(each.z not in ("a1", "a2", "a3", "a9") for each in found.values())


@pytest.mark.parametrize(
    "custom",
    [7, None, [], {"inkwire": 7}, {"inkwire": {"v": 99}}, {"inkwire": {"exact": []}}, {"other": 1}],
)
def test_custom_data_of_others_is_theirs(custom: Any) -> None:
    def replace(records: dict[str, Any]) -> None:
        records["ink"]["customData"] = custom

    file = json.loads(as_excalidraw([INK]))
    replace({each["id"]: each for each in file["elements"]})
    (made,) = list[Any](read_excalidraw(json.dumps(file).encode()).elements)
    assert (made.brush, len(made.id)) == ("pen", 16)


@pytest.mark.parametrize("exact", [{"points": "@"}, {"place": [1e300, 0, 1, 1, 0]}, {"place": 7}])
def test_a_mark_gives_no_more_than_an_element_may_have(exact: dict[str, Any]) -> None:
    file = json.loads(as_excalidraw([INK]))
    file["elements"][0]["customData"]["inkwire"]["exact"] |= exact
    with pytest.raises(BadFile):
        read_excalidraw(json.dumps(file).encode(), Target())
