"""Colours as a theme shows them (docs/drawing.md, section 8)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

Theme = Literal["light", "dark"]
Tone = Literal["ink", "paper", "marker"]
"""What a colour is for: the paper of notes and the highlighter's light are not simply turned around."""
Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]

# Oklab, https://bottosson.github.io/posts/oklab/ (MIT): linear sRGB, what the eye's cones see, and
# lightness with two axes of colour.
_CONES_OF_RGB: Matrix = (
    (0.41222, 0.53633, 0.05145),
    (0.2119, 0.6807, 0.1074),
    (0.0883, 0.28172, 0.62998),
)
_LAB_OF_CONES: Matrix = (
    (0.21045, 0.79362, -0.00407),
    (1.978, -2.42859, 0.45059),
    (0.0259, 0.78277, -0.80867),
)
_CONES_OF_LAB: Matrix = (
    (1, 0.39634, 0.2158),
    (1, -0.10556, -0.06385),
    (1, -0.08948, -1.29149),
)
_RGB_OF_CONES: Matrix = (
    (4.07674, -3.30771, 0.23097),
    (-1.26844, 2.60976, -0.34132),
    (-0.0042, -0.70341, 1.70761),
)


@lru_cache(maxsize=4096)
def shown(colour: str, theme: Theme, tone: Tone = "ink") -> tuple[str, float]:
    """``#rrggbb`` and alpha of a ``#rrggbb`` or ``#rrggbbaa`` colour in that theme."""
    alpha = int(colour[7:], 16) / 255 if len(colour) == 9 else 1.0
    base = colour[:7]
    if theme == "light":
        return base, alpha
    red, green, blue = (int(base[index : index + 2], 16) / 255 for index in (1, 3, 5))
    dark = _in_the_dark((red, green, blue), paper=tone == "paper")
    if tone == "marker" and red + green + blue >= sum(dark):  # it adds light to what is below
        return base, alpha
    return "#" + "".join(f"{int(channel * 255 + 0.5):02x}" for channel in dark), alpha


def _in_the_dark(rgb: Rgb, *, paper: bool) -> Rgb:
    """The same hue at another lightness; what is colourful is neither black nor white."""
    lightness, a, b = _oklab(rgb)
    share = min(1.0, math.sqrt(a * a + b * b) / 0.18)
    share *= math.sqrt(share)
    plain = 0.945 - 0.765 * lightness * math.sqrt(lightness)
    turned = plain + share * (0.95 - 0.35 * lightness - plain)
    if paper:
        turned += 0.18 * (1 - share) ** 2
    return _displayed(turned, 1.1 * a, 1.1 * b)


def _oklab(rgb: Rgb) -> Rgb:
    """Lightness 0 to 1, and the two axes of colour."""
    linear = _each(
        rgb,
        lambda value: value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4,
    )
    return _times(_LAB_OF_CONES, _each(_times(_CONES_OF_RGB, linear), math.cbrt))


def _displayed(lightness: float, a: float, b: float) -> Rgb:
    """sRGB of an Oklab colour, its chroma reduced as far as a screen needs."""

    def at(chroma: float) -> Rgb:
        cones = _times(_CONES_OF_LAB, (lightness, a * chroma, b * chroma))
        return _times(_RGB_OF_CONES, _each(cones, lambda value: value**3))

    def is_shown(chroma: float) -> bool:
        return all(0 <= value <= 1 for value in at(chroma))

    chroma = 0.0
    if is_shown(1):
        chroma = 1
    else:
        for step in range(1, 11):
            if is_shown(chroma + 0.5**step):
                chroma += 0.5**step
    return _each(at(chroma), _encoded)


def _encoded(value: float) -> float:
    linear = min(max(value, 0.0), 1.0)
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _times(matrix: Matrix, vector: Rgb) -> Rgb:
    x, y, z = vector
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


def _each(three: Rgb, change: Callable[[float], float]) -> Rgb:
    return change(three[0]), change(three[1]), change(three[2])
