"""A PDF file as a stream of objects: ISO 32000-1, section 7.5. What is written is not kept."""

from __future__ import annotations

import zlib
from array import array
from typing import Final

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The second line tells programs that the file is not text."""

LEVEL: Final = 3
"""Of compression: a sixth more bytes than with 6 in a third of the time."""
Ref = int
"""The number of an object."""


class PdfFile:
    """Objects in any order; ``taken`` hands out what has been written since the last time."""

    def __init__(self) -> None:
        self._offsets = array("Q")
        self._waiting = bytearray(HEADER)
        self._gone = 0

    @property
    def waiting(self) -> int:
        """Bytes written and not taken."""
        return len(self._waiting)

    def reserve(self) -> Ref:
        """A number for an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def add(self, body: str | bytes, ref: Ref | None = None) -> Ref:
        """Writes an object."""
        ref = self.reserve() if ref is None else ref
        self._offsets[ref - 1] = self._gone + len(self._waiting)
        content = body.encode() if isinstance(body, str) else body
        self._waiting += b"%d 0 obj\n%b\nendobj\n" % (ref, content)
        return ref

    def stream(self, data: bytes, entries: str = "", *, compress: bool = True) -> Ref:
        """Writes a stream; ``entries`` go into its dictionary."""
        if compress:
            data = zlib.compress(data, LEVEL)
            entries += "/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(data)}>>".encode()
        return self.add(b"%b\nstream\n%b\nendstream" % (head, data))

    def finish(self, catalog: Ref, info: Ref) -> None:
        """Writes where everything is: the file's end."""
        start = self._gone + len(self._waiting)
        self._waiting += b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._offsets) + 1)
        for offset in self._offsets:
            self._waiting += b"%010d 00000 n \n" % offset
        self._waiting += (
            f"trailer\n<</Size {len(self._offsets) + 1}/Root {catalog} 0 R/Info {info} 0 R>>\n"
            f"startxref\n{start}\n%%EOF\n"
        ).encode()

    def taken(self) -> bytes:
        data = bytes(self._waiting)
        self._gone += len(data)
        self._waiting.clear()
        return data


def words(text: str) -> str:
    """A text string for people."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def address(uri: str) -> str:
    """A URI as a string of ASCII."""
    quoted = "".join(
        each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode())
        for each in uri
    )
    return f"<{quoted.encode().hex().upper()}>"


def number(value: float) -> str:
    """A number with three decimals at most."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """Numbers with spaces between them."""
    return " ".join(map(number, values))
