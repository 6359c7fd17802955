"""``export.excalidraw``: a board as Excalidraw opens it, streamed; bringing it in again gives the same board."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final

import msgspec

from inkwire.assets.picture_header import media_type_of
from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.excalidraw_elements import records_of
from inkwire.exporting.excalidraw_relations import Relations
from inkwire.exporting.look import Look
from inkwire.exporting.source import Source
from inkwire.protocol.elements import Image

_encode: Final = msgspec.json.Encoder().encode


PREFACE: Final = b'{"type":"excalidraw","version":2,"source":"inkwire","elements":['
"""How every such file begins."""


def draw_excalidraw(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """Everything after ``PREFACE``: elements, then the pictures that they show.

    The board is read twice, for each end of an arrow knows the other.
    """
    relations = Relations()
    for elements in source.elements():
        for element in elements:
            relations.add(element)
    files: dict[str, None] = {}
    comma = b"\n"
    for elements in source.elements():
        for element in elements:
            if isinstance(element, Image) and element.file:
                files[element.file] = None
            for record in records_of(element, relations):
                yield comma + _encode(record)
                comma = b",\n"
    yield b'\n],"appState":{"viewBackgroundColor":"#ffffff"},"files":{'
    comma = b"\n"
    for file in files:
        data = source.file(file)
        if data is not None:
            yield comma + _picture(file, data)
            comma = b",\n"
    yield b"\n}}\n"


def _picture(file: str, data: bytes) -> bytes:
    kind = media_type_of(data) or "application/octet-stream"
    start = f'"{file}":{{"id":"{file}","mimeType":"{kind}","created":1,'
    url = f'"dataURL":"data:{kind};base64,'
    return (start + url).encode() + base64.b64encode(data) + b'"}'
