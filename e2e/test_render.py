"""The canvas in a real browser, without a server: what it paints in a hurry is what it paints at leisure."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.canvas.bench_page import build_page, serve

Picture = npt.NDArray[np.float64]
INK = 128
"""Darker is ink."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("bench-page")
    build_page(folder)
    return serve(folder)


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1000, "height": 700})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/index.html")
    page.wait_for_function("window.bench")
    yield page
    page.close()
    assert not faults


def picture(page: Page) -> Picture:
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return np.asarray(image, dtype=np.float64)


def coarse(picture: Picture, cell: int = 4) -> Picture:
    """Means of small squares: edges are smoothed differently inside of a clip."""
    height, width, _ = picture.shape
    rows, columns = height // cell, width // cell
    cells = picture[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell, 3)
    means: Picture = cells.mean(axis=(1, 3))
    return means


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_patched_tiles_show_what_painting_anew_shows(page: Page, seed: int) -> None:
    page.evaluate(f"bench.stage.camera.set(0, 0, {[1, 0.5, 2, 0.12][seed % 4]})")
    page.evaluate(f"bench.shuffle({seed}, 120)")
    patched = picture(page)
    patches = page.evaluate("bench.stage.stats().patches")
    page.evaluate("bench.repaint()")
    fresh = picture(page)
    assert patches > 20
    assert (fresh < INK).any(), "there is nothing to see"
    assert np.abs(coarse(patched) - coarse(fresh)).max() < 40


@pytest.mark.parametrize("simulated", [True, False])
def test_ink_hardly_changes_when_the_pen_is_lifted(page: Page, simulated: bool) -> None:
    points = [
        {
            "x": 8 * i,
            "y": 120 * math.sin(i / 7),
            "pressure": 0.5 if simulated else 0.2 + 0.7 * abs(math.sin(i / 15)),
            "time": 8 * i,
        }
        for i in range(100)
    ]
    page.evaluate("bench.stage.camera.set(-100, -300, 1)")
    page.evaluate("([points, simulated]) => bench.draw(points, simulated)", [points, simulated])
    drawn = picture(page)
    page.evaluate("bench.lift()")
    lifted = picture(page)
    ink = (lifted < INK).all(axis=2).sum()
    assert ink > 3000
    changed = (np.abs(drawn - lifted) > 64).any(axis=2).sum()
    assert changed < ink / 50


def test_nothing_of_a_stroke_stays_when_it_is_erased(page: Page) -> None:
    page.evaluate("bench.scene(500)")
    assert (picture(page) < INK).any()
    page.evaluate(
        "bench.apply({added: [], updated: [], removed: [...bench.elements.values()]});"
        "bench.stage.whenSettled()"
    )
    assert (picture(page) == 255).all()


FIRST_FRAMES = """async (step) => {
  const { stage } = bench;
  if (step % 2) stage.camera.zoomAt(500, 350, 0.8);
  stage.camera.panBy(step % 2 ? 2500 : -2400, step % 4 < 2 ? -900 : 900);
  await new Promise(requestAnimationFrame);
  stage.requestFrame = () => {};
}"""
"""Goes on, and then lets nothing be painted after the first frames."""


def test_a_full_board_shows_no_gap_while_one_zooms_and_pans(page: Page) -> None:
    """12,000 strokes on a filled ground are too many to draw anew: tiles and overview have to fill in."""
    page.evaluate("bench.stage.camera.set(1000, 1000, 0.2)")
    page.evaluate("bench.ground(12000)")
    sharp = page.evaluate("bench.stage.stats().tilesPainted")
    for step in range(6):
        page.evaluate(FIRST_FRAMES, step)
        seen = picture(page)
        page.evaluate("delete bench.stage.requestFrame; bench.stage.requestFrame()")
        assert (seen.mean(axis=2) < 250).all(), f"white in step {step}"
    page.evaluate("bench.stage.whenSettled()")
    assert page.evaluate("bench.stage.stats().tilesPainted") > sharp


def test_a_crowded_tile_shows_its_first_elements_as_well(page: Page) -> None:
    """2,000 elements in a tile are rasterised in parts; what the first of them drew has to stay."""
    page.evaluate("bench.stage.camera.set(0, 0, 0.06)")
    page.evaluate("bench.ground(12000)")
    seen = picture(page)
    ground = np.array([255, 216, 168])
    assert (np.abs(seen - ground).max(axis=2) < 8).mean() > 0.3
