"""The real drawings, where they are at hand: everything comes, as the files themselves count it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inkwire.importing.plan import ImportPlan
from inkwire.protocol.points import decode_points
from inkwire.rooms.bounds import Box, bounds_of
from tests.importing.drawings import LIBRARIES, plan

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="the real drawings are not here")


def items_of(path: Path) -> Iterator[list[dict[str, Any]]]:
    file = json.loads(path.read_bytes())
    for item in file.get("library") or file["libraryItems"]:
        yield item if isinstance(item, list) else item["elements"]


@pytest.fixture(scope="module")
def plans() -> dict[Path, ImportPlan]:
    return {path: plan(path.read_bytes(), seed=i) for i, path in enumerate(LIBRARIES)}


def test_every_element_comes_counted_by_type(plans: dict[Path, ImportPlan]) -> None:
    for path, made in plans.items():
        wanted = Counter(each["type"] for item in items_of(path) for each in item)
        assert made.types == wanted
        assert made.skipped == {}
    assert sum(len(made.elements) for made in plans.values()) == 8_441


def test_all_files_together_have_ids_of_their_own(plans: dict[Path, ImportPlan]) -> None:
    ids = [element.id for made in plans.values() for element in made.elements]
    assert len(set(ids)) == 8_441


def test_the_longest_stroke_is_whole(plans: dict[Path, ImportPlan]) -> None:
    counts = [
        len(decode_points(element.points))
        for made in plans.values()
        for element in made.elements
        if hasattr(element, "points")
    ]
    assert max(counts) == 6_317
    assert not any(made.notes.get("points left out") for made in plans.values())


def test_the_bounds_hold_everything(plans: dict[Path, ImportPlan]) -> None:
    for path, made in plans.items():
        x, y, width, height = made.bounds
        whole = Box(x, y, x + width, y + height).grown(0.01)
        for box in map(bounds_of, made.elements):
            assert whole == box.joined(whole), path


def test_importing_the_same_file_twice_gives_other_ids_and_the_same_drawing() -> None:
    data = LIBRARIES[0].read_bytes()
    first, second = plan(data, seed=1), plan(data, seed=2)
    assert not {each.id for each in first.elements} & {each.id for each in second.elements}
    assert [each.place for each in first.elements] == [each.place for each in second.elements]
