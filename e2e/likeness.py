"""How alike two pictures are to an eye."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from PIL import Image

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.floating[Any]]]
Windows = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Box = tuple[slice, slice]

WINDOW = 11
SIGMA = 1.5
# (K · L)² of the paper, for pictures of 256 greys.
STEADY_MEAN = (0.01 * 255) ** 2
STEADY_VARIANCE = (0.03 * 255) ** 2
EMPTY = 1.0
"""A window in which neither picture varies more than that, in greys, is paper or the inside of a fill."""
PART = 32
"""Width and height of a part, in pixels."""
SUSPECT = 0.9
"""A part less alike than that is looked at again, moved by a pixel."""
MOVES = sorted(product((-1, 0, 1), repeat=2), key=lambda move: move != (0, 0))


@dataclass(frozen=True)
class Likeness:
    """Two pictures of one size, compared.

    ``structure``: 1 for the same picture, about 0 for pictures that have nothing to do with each other. It is the mean
    of the structural similarity (Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image quality assessment:
    from error visibility to structural similarity", IEEE Transactions on Image Processing 13(4), 2004), over the
    windows in which something is drawn: empty paper is alike in any two drawings.
    ``worst``: the structure of the part of the picture that is least alike, wherever a pixel to any side makes it
    better; small things that are missing show here.
    ``colour``: the mean difference of red, green and blue, 0 to 255, where either picture is not its corner's colour.
    """

    structure: float
    worst: float
    colour: float


def compare(one: Image.Image, other: Image.Image) -> Likeness:
    """Compares two pictures; a picture in which nothing is drawn is an error."""
    assert one.size == other.size
    a, b = _pixels(one, "L"), _pixels(other, "L")
    similarity, drawn = _similarity(a, b)
    assert drawn.any(), "nothing is drawn"
    worst = min(_part(a, b, box) for box in _parts(drawn))
    red_green_blue = _pixels(one, "RGB"), _pixels(other, "RGB")
    paper = red_green_blue[0][0, 0]
    inked = np.maximum(*(np.abs(each - paper).max(axis=2) for each in red_green_blue)) > 0
    difference = np.abs(red_green_blue[0] - red_green_blue[1]).mean(axis=2)
    return Likeness(float(similarity[drawn].mean()), worst, float(difference[inked].mean()))


def mean_similarity(one: Image.Image, other: Image.Image) -> float:
    """The mean structural similarity of two pictures as the paper has it: empty windows count, too."""
    similarity, _ = _similarity(_pixels(one, "L"), _pixels(other, "L"))
    return float(similarity.mean())


def _parts(drawn: Windows) -> Iterator[Box]:
    """The parts of the picture in which something is drawn, by the corners of their windows."""
    height, width = drawn.shape
    for top, left in product(range(0, height, PART), range(0, width, PART)):
        box = (slice(top, min(top + PART, height)), slice(left, min(left + PART, width)))
        if drawn[box].sum() >= 2 * WINDOW * WINDOW:
            yield box


def _part(a: Pixels, b: Pixels, box: Box) -> float:
    """The structure of one part, the second picture moved to where it fits best."""
    rows, columns = (slice(each.start + 1, each.stop + WINDOW - 2) for each in box)
    still = a[rows, columns]
    best = -1.0
    for down, right in MOVES:
        moved = b[
            rows.start + down : rows.stop + down, columns.start + right : columns.stop + right
        ]
        similarity, drawn = _similarity(still, moved)
        best = max(best, float(similarity[drawn].mean()) if drawn.any() else 1.0)
        if best >= SUSPECT:
            break
    return best


def _similarity(a: Pixels, b: Pixels) -> tuple[Pixels, Windows]:
    """For each window: how alike the pictures are, and whether anything is drawn in it."""
    mean_a, mean_b = _blurred(a), _blurred(b)
    variance_a = _blurred(a * a) - mean_a * mean_a
    variance_b = _blurred(b * b) - mean_b * mean_b
    covariance = _blurred(a * b) - mean_a * mean_b
    similarity = (2 * mean_a * mean_b + STEADY_MEAN) * (2 * covariance + STEADY_VARIANCE)
    similarity /= (mean_a * mean_a + mean_b * mean_b + STEADY_MEAN) * (
        variance_a + variance_b + STEADY_VARIANCE
    )
    return similarity, np.maximum(variance_a, variance_b) > EMPTY**2


def _pixels(picture: Image.Image, mode: str) -> Pixels:
    return np.asarray(picture.convert(mode), dtype=np.float32)


def _blurred(pixels: Pixels) -> Pixels:
    """Under the paper's round Gaussian window, where it lies wholly inside."""
    weights = np.exp(-((np.arange(WINDOW) - WINDOW // 2) ** 2) / (2 * SIGMA**2))
    weights = (weights / weights.sum()).astype(np.float32)
    height, width = (size - WINDOW + 1 for size in pixels.shape)
    down = np.zeros((height, pixels.shape[1]), np.float32)
    for i, weight in enumerate(weights):
        down += weight * pixels[i : i + height]
    across = np.zeros((height, width), np.float32)
    for i, weight in enumerate(weights):
        across += weight * down[:, i : i + width]
    return across
