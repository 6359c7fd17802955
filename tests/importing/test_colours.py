"""Colours of CSS in the protocol's form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.importing.colours import colour_of


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        ("#FFF", "#ffffff"),
        ("#fffa", "#ffffffaa"),
        ("#ffff", "#ffffff"),
        ("#12345678", "#12345678"),
        ("#123456ff", "#123456"),
        (" Pink ", "#ffc0cb"),
        ("rebeccapurple", "#663399"),
        ("transparent", "transparent"),
        ("rgb(255, 0, 10)", "#ff000a"),
        ("rgb(100% 0% 50% / 50%)", "#ff008080"),
        ("rgba(1,2,3,0.5)", "#01020380"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsla(240deg 100% 50% / 1)", "#0000ff"),
        ("rgb(999, -5, 0)", "#ff0000"),
        ("00000", None),
        ("#12345", None),
        ("rgb(1,2)", None),
        ("url(#x)", None),
        ("red;fill:url(x)", None),
    ],
)
def test_a_colour(css: str, colour: str | None) -> None:
    assert colour_of(css) == colour


@given(st.text(max_size=40) | st.from_regex(r"(rgb|hsl)a?\([0-9 ,.%/-]{0,20}\)", fullmatch=True))
def test_any_text_gives_a_colour_of_the_protocol_or_none(text: str) -> None:
    colour = colour_of(text)
    assert (
        colour is None
        or colour == "transparent"
        or (colour[0] == "#" and len(colour) in (7, 9) and int(colour[1:], 16) >= 0)
    )
