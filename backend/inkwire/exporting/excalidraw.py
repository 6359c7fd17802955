"""``export.excalidraw``: a board as Excalidraw opens it, streamed; bringing it in again gives the same board."""

from __future__ import annotations

import base64
from typing import Final

import msgspec

from inkwire.assets.picture_header import media_type_of
from inkwire.exporting.excalidraw_elements import records_of
from inkwire.exporting.excalidraw_relations import Relations
from inkwire.protocol.elements import Element, Image

_encode: Final = msgspec.json.Encoder().encode


class ExcalidrawWriter:
    """Writes one file in three parts: elements, then pictures, then the end. Holds only the pictures' names.

    ``relations`` has seen every element before.
    """

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._begun = False
        self.files: dict[str, None] = {}
        """The pictures that elements have named so far, in their order."""

    def head(self) -> bytes:
        """Everything before the first element."""
        return b'{"type":"excalidraw","version":2,"source":"inkwire","elements":['

    def element(self, element: Element) -> bytes:
        """One element, with the comma before it."""
        if isinstance(element, Image) and element.file:
            self.files[element.file] = None
        records = records_of(element, self._relations)
        return b"".join(self._comma() + _encode(record) for record in records)

    def between(self) -> bytes:
        """Everything between the last element and the first picture."""
        self._begun = False
        return b'\n],"appState":{"viewBackgroundColor":"#ffffff","gridModeEnabled":false},"files":{'

    def picture(self, file: str, data: bytes) -> bytes:
        """One picture, with the comma before it."""
        kind = media_type_of(data) or "application/octet-stream"
        url = f"data:{kind};base64,".encode() + base64.b64encode(data)
        start = f'"{file}":{{"id":"{file}","mimeType":"{kind}","created":1,"dataURL":"'
        return self._comma() + start.encode() + url + b'"}'

    def tail(self) -> bytes:
        """Everything after the last picture."""
        return b"\n}}\n"

    def _comma(self) -> bytes:
        comma = b",\n" if self._begun else b"\n"
        self._begun = True
        return comma
