"""Colours as a theme shows them (docs/drawing.md, section 8)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Theme = Literal["light", "dark"]
Tone = Literal["ink", "paper", "marker"]
"""What a colour is for: the paper of notes and the highlighter's light are not simply turned around."""
PAPER_LIGHT = 0.25
"""Of a paper's own light, what is left in the dark."""

# The matrix of hue-rotate(180deg) in the Filter Effects specification.
_HUE = (
    (-0.574, 1.430, 0.144),
    (0.426, 0.430, 0.144),
    (0.426, 1.430, -0.856),
)


@lru_cache(maxsize=4096)
def shown(colour: str, theme: Theme, tone: Tone = "ink") -> tuple[str, float]:
    """``#rrggbb`` and alpha of a ``#rrggbb`` or ``#rrggbbaa`` colour in that theme."""
    alpha = int(colour[7:], 16) / 255 if len(colour) == 9 else 1.0
    base = colour[:7]
    if theme == "light":
        return base, alpha
    channels = [int(base[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    inverted = [_within(0.93 - 0.86 * channel) for channel in channels]
    turned = [
        _within(sum(share * channel for share, channel in zip(row, inverted, strict=True)))
        for row in _HUE
    ]
    match tone:
        case "paper":
            turned = [
                dark + PAPER_LIGHT * (light - dark)
                for light, dark in zip(channels, turned, strict=True)
            ]
        case "marker" if sum(channels) >= sum(turned):  # it adds light to what is below
            return base, alpha
    return "#" + "".join(f"{int(channel * 255 + 0.5):02x}" for channel in turned), alpha


def _within(value: float) -> float:
    return min(max(value, 0.0), 1.0)
