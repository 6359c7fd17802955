"""Colours of the dark theme."""

from __future__ import annotations

import colorsys

import pytest

from inkwire.exporting.theme import shown


def test_the_light_theme_leaves_colours_as_they_are() -> None:
    assert shown("#12ab9f", "light") == ("#12ab9f", 1.0)
    assert shown("#12ab9f80", "light") == ("#12ab9f", 128 / 255)


# As Chromium paints them under ``filter: invert(93%) hue-rotate(180deg)``.
PAINTED = {
    "#ffffff": "#121212",
    "#000000": "#ededed",
    "#ff0000": "#ff9090",
    "#e03131": "#ff8383",
    "#2f9e44": "#3a994c",
    "#1971c2": "#56a2e8",
    "#fff3bf": "#291e00",
}


@pytest.mark.parametrize("light", PAINTED)
def test_the_dark_theme_turns_them_round(light: str) -> None:
    assert shown(light, "dark") == (PAINTED[light], 1.0)
    assert shown(light + "40", "dark") == (PAINTED[light], 64 / 255)


def test_hues_stay_recognisable() -> None:
    for light in ("#e03131", "#2f9e44", "#1971c2"):
        hues = []
        for colour in (light, shown(light, "dark")[0]):
            r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
            hues.append(colorsys.rgb_to_hls(r, g, b)[0])
        assert abs(hues[0] - hues[1]) < 0.06


def test_papers_can_be_told_apart_in_the_dark() -> None:
    assert shown("#fff3bf", "dark", "paper") == ("#5e5330", 1.0)
    assert shown("#fff3bf", "light", "paper") == ("#fff3bf", 1.0)


def test_a_highlighter_adds_light_in_the_dark() -> None:
    assert shown("#ffd43b", "dark", "marker") == ("#ffd43b", 1.0)
    assert shown("#1e1e1e80", "dark", "marker") == ("#d3d3d3", 128 / 255)
