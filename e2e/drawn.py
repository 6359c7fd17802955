"""What the server draws of a part of a board, as pixels."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
from PIL import Image

Ask = Callable[[str], bytes]
"""What the board's address answers."""


def png(ask: Ask, x: float, y: float, width: int, height: int) -> Image.Image:
    """That many world units from a corner on, at 100 %."""
    data = ask(f"export.png?region={_region(x, y, width, height)}&scale=1")
    return Image.open(io.BytesIO(data)).convert("RGB")


def pdf(ask: Ask, x: float, y: float, width: int, height: int) -> Image.Image:
    """The same by way of a PDF. PDFium adds up edges that overlap: so it paints twice the size here, too."""
    document = pypdfium2.PdfDocument(ask(f"export.pdf?region={_region(x, y, width, height)}"))
    fine: Image.Image = document[0].render(scale=2 / 0.75).to_pil().convert("RGB")
    document.close()
    return fine.resize((2 * width, 2 * height)).reduce(2)


def _region(x: float, y: float, width: int, height: int) -> str:
    return f"{x:.6f},{y:.6f},{width},{height}"
