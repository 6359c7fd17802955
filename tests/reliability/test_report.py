"""The figures of `make soak` are written as they come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.harness import soak
from tests.harness.soak import Report
from tools.soak import place_of


def test_a_figure_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is cut short has told what it saw so far."""
    path = tmp_path / "figures.jsonl"
    monkeypatch.setattr(soak, "REPORT", str(path))
    note = Report("test_x")
    note("S3", cuts=500)
    note("S4", lost=0)
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"rule": "S3", "test": "test_x", "cuts": 500},
        {"rule": "S4", "test": "test_x", "lost": 0},
    ]


def test_a_figure_of_two_rules_stands_at_the_first() -> None:
    """The table is made of what hours of tests have seen: no name may stop it."""
    assert sorted(["W11", "S14", "W5+W6", "W6", "S2"], key=place_of) == [
        "S2",
        "S14",
        "W5+W6",
        "W6",
        "W11",
    ]
