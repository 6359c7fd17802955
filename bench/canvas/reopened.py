"""Whether Excalidraw itself opens what we export, and what is left of it once saved there and brought back.

``python -m bench.canvas.reopened [FILE.excalidrawlib ...]`` takes libraries, those beside the project unless
told otherwise: brings each in, exports it, has Excalidraw's own ``loadFromBlob`` and ``serializeAsJSON`` open and
save it in Chromium, and brings it in again. Ends with 1 if an element is missing or a drawing is another one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.canvas.bench_page import serve
from bench.canvas.excalidraw import HERE, PEER, install_peer
from e2e.browser import start_chromium
from inkwire.protocol.canonical import canonical_bytes, digest_of
from inkwire.protocol.elements import Binding
from tests.exporting.boards import drawn
from tests.exporting.rewritten import as_excalidraw, read_excalidraw
from tests.importing.drawings import LIBRARIES, plan

_TOOL = HERE.parents[1] / "tools" / "node.py"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=LIBRARIES)
    files: list[Path] = parser.parse_args().files
    drawings: dict[str, Any] = {path.stem: plan(path.read_bytes()).elements for path in files}
    drawings["what only Inkwire knows"] = sorted(_own(), key=lambda each: (each.z, each.id))
    install_peer()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_folder = str(PEER / "reopened")
        build = [sys.executable, str(_TOOL), "node", str(HERE / "build.mjs"), folder, page_folder]
        subprocess.run(build, cwd=HERE.parents[1], check=True)
        browser = start_chromium(playwright)
        page = browser.new_page()
        page.goto(serve(Path(folder)))
        page.wait_for_function("() => window.reopened")
        for name, drawing in drawings.items():
            written = as_excalidraw(drawing).decode()
            told = page.evaluate("text => window.reopened(text)", written)
            again = read_excalidraw(told["saved"].encode()).elements
            same = digest_of(again) == digest_of(drawing)
            before = {canonical_bytes(each) for each in drawing}
            kept = sum(canonical_bytes(each) in before for each in again)
            print(
                f"{name[:40]:40} {len(drawing):>6} written, {told['opened']:>6} opened,"
                f" {kept:>6} come back to the byte{'' if same else '  ANOTHER DRAWING'}"
            )
            wrong += not same
        browser.close()
    sys.exit(1 if wrong else 0)


def _own() -> list[Any]:
    """One of each kind, with what Excalidraw has no place for."""
    return [
        drawn("rectangle", rounded=True, groups=("g1", "g2")),
        drawn("ellipse", opacity=0.333, link="https://a.example/"),
        drawn("diamond", dash="dotted", fill="#ffec99", fill_style="zigzag", place=_turned(400)),
        drawn("triangle", place=_turned(600), seed=99),
        drawn("line", curve="elbow", start_head="crowfoot-many", points=[(3, 3), (9, 3), (9, 20)]),
        drawn(
            "arrow", start=Binding(to="triangle1"), end=Binding(to="rectangle1", focus=0.2, gap=4)
        ),
        drawn("freedraw", brush="highlighter", points=[(0, 0, 0.2), (20, 3, 0.9)]),
        drawn("text", text="inside", container="rectangle1", auto_size=False, font="serif"),
        drawn("note", text="remember " * 20, place=_turned(800), align="center"),
        drawn("frame", name="Area", place=(-50.0, -50.0, 900.0, 900.0, 0.0)),
        drawn("image", file="ab" * 32, natural=(20.0, 10.0), crop=(0.1, 0.2, 0.9, 1.0)),
    ]


def _turned(x: float) -> tuple[float, float, float, float, float]:
    return (x + 0.1234567, 20.7654321, 100.5, -50.25, -0.7)


if __name__ == "__main__":
    main()
