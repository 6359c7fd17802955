"""What is exported and brought into a new board is the same board, to the digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.importing.plan import ImportPlan
from inkwire.protocol.canonical import digest_of
from inkwire.protocol.elements import Element
from tests.exporting.boards import everything
from tests.exporting.rewritten import (
    as_backup,
    as_excalidraw,
    as_ndjson,
    read_backup,
    read_excalidraw,
    read_ndjson,
)
from tests.importing.drawings import LIBRARIES, plan
from tests.protocol.strategies import elements

Format = tuple[Callable[[Sequence[Element]], bytes], Callable[[bytes], ImportPlan]]
FORMATS: dict[str, Format] = {
    "excalidraw": (as_excalidraw, read_excalidraw),
    "ndjson": (as_ndjson, read_ndjson),
    "inkwire": (as_backup, read_backup),
}
BOARDS = st.lists(elements(), max_size=6, unique_by=lambda each: each.id)


def in_paint_order(drawing: Sequence[Any]) -> list[Any]:
    return sorted(drawing, key=lambda each: (each.z, each.id))


def same_after(drawing: Sequence[Any], name: str) -> None:
    write, read = FORMATS[name]
    made = read(write(in_paint_order(drawing)))
    assert digest_of(made.elements) == digest_of(drawing)
    assert list(made.ids) == [each.id for each in in_paint_order(drawing)]


@pytest.mark.parametrize("name", FORMATS)
@given(drawing=BOARDS)
def test_any_board_comes_back_the_same(name: str, drawing: list[Any]) -> None:
    same_after(drawing, name)


@pytest.mark.parametrize("name", FORMATS)
def test_every_type_comes_back_the_same(name: str) -> None:
    same_after(everything(), name)


@pytest.mark.skipif(not LIBRARIES, reason="the real drawings are not here")
@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem[:24])
def test_a_real_drawing_comes_back_the_same_in_every_format(path: Path) -> None:
    drawing = plan(path.read_bytes()).elements
    for name in FORMATS:
        same_after(drawing, name)
