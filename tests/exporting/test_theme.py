"""Colours of the dark theme."""

from __future__ import annotations

import colorsys
import json
from pathlib import Path

import pytest

from inkwire.exporting.theme import Tone, shown

VECTORS = Path(__file__).parents[1] / "vectors" / "colours.json"
TONES: tuple[Tone, ...] = ("ink", "paper", "marker")


def test_the_light_theme_leaves_colours_as_they_are() -> None:
    assert shown("#12ab9f", "light") == ("#12ab9f", 1.0)
    assert shown("#12ab9f80", "light") == ("#12ab9f", 128 / 255)


@pytest.mark.parametrize(("light", "dark"), [("#ffffff", "#121212"), ("#000000", "#ededed")])
def test_the_dark_theme_turns_light_and_dark_round(light: str, dark: str) -> None:
    assert shown(light, "dark") == (dark, 1.0)
    assert shown(light + "40", "dark") == (dark, 64 / 255)


def test_colours_are_as_agreed_with_the_browser() -> None:
    for light, *agreed in json.loads(VECTORS.read_text()):
        assert [shown(light, "dark", tone)[0] for tone in TONES] == agreed


def test_hues_stay_recognisable() -> None:
    for light in ("#e03131", "#2f9e44", "#1971c2"):
        hues = []
        for colour in (light, shown(light, "dark")[0]):
            r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
            hues.append(colorsys.rgb_to_hls(r, g, b)[0])
        assert abs(hues[0] - hues[1]) < 0.06


def test_a_papers_colour_is_seen_in_the_dark() -> None:
    ink, paper = (int(shown("#fff3bf", "dark", tone)[0][1:3], 16) for tone in TONES[:2])
    assert paper > ink + 20
    assert shown("#fff3bf", "light", "paper") == ("#fff3bf", 1.0)


def test_a_highlighter_adds_light_in_the_dark() -> None:
    assert shown("#ffd43b", "dark", "marker") == ("#ffd43b", 1.0)
    assert shown("#1e1e1e80", "dark", "marker") == ("#d0d0d0", 128 / 255)
