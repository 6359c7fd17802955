"""Who draws which format. A drawer's libraries are loaded only where it draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final, cast

from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.look import Look
from inkwire.exporting.source import Source

Drawer = Callable[[BoardInfo, Source, Look], Iterator[bytes]]
"""The whole file in pieces. Raises ``BadFile`` before the first for what cannot be drawn so."""

_DRAWERS: Final = {
    "pdf": ("inkwire.exporting.pdf", "draw_pdf"),
    "png": ("inkwire.exporting.png", "draw_png"),
    "svg": ("inkwire.exporting.svg", "draw_svg"),
    "ndjson": ("inkwire.exporting.ndjson_export", "draw_ndjson"),
    "excalidraw": ("inkwire.exporting.excalidraw", "draw_excalidraw"),
    "inkwire": ("inkwire.exporting.backup", "draw_backup"),
}
DRAWN: Final = frozenset(_DRAWERS)
"""The formats that are drawn."""


def drawer_of(extension: str) -> Drawer:
    """The drawer of a format."""
    module, name = _DRAWERS[extension]
    return cast(Drawer, getattr(import_module(module), name))
