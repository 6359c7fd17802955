"""Outlines of strokes equal to those of the npm package perfect-freehand, and their paths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inkwire.exporting.curves import L, M, Q, Z
from inkwire.exporting.ink import closed_path, outline_of

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "outline.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES)
def test_every_outline_is_that_of_perfect_freehand(case: dict[str, Any]) -> None:
    outline = outline_of(
        [tuple(point) for point in case["points"]],
        case["strokeWidth"],
        with_pressure=case["pressed"],
    )
    assert len(outline) == len(case["outline"])
    for point, wanted in zip(outline, case["outline"], strict=True):
        assert point == pytest.approx(wanted, abs=1e-6)


def test_the_outline_becomes_a_closed_smooth_path_through_the_middles() -> None:
    path = closed_path([(0, 0), (4, 0), (4, 2)])
    assert path == [
        (M, (0, 0)),
        (Q, (0, 0, 2, 0)),
        (Q, (4, 0, 4, 1)),
        (Q, (4, 2, 2, 1)),
        (L, (0, 0)),
        (Z, ()),
    ]
    assert closed_path([]) == []
