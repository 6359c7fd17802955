"""What a file may hold before anything of it is believed."""

from __future__ import annotations

from typing import Final

from inkwire.errors import BadFile

MAX_FILE_BYTES: Final = 64 * 1024 * 1024
"""Bytes of a file."""
MAX_VALUES: Final = 6_000_000
"""Commas in a file: bounds the memory that its parsed form may take."""
MAX_ITEMS: Final = 20_000
"""Items of one library."""
MAX_PICTURE_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one decoded picture."""
MAX_ELEMENT_BYTES: Final = 4 * 1024 * 1024
"""Encoded bytes of one element."""

_MAGIC_NAMES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"<", "an SVG or XML file"),
)


def checked(data: bytes) -> bytes:
    """The file without its byte order mark; raises ``BadFile`` for what cannot be a JSON object."""
    if len(data) > MAX_FILE_BYTES:
        raise BadFile(f"The file has {len(data)} bytes, at most {MAX_FILE_BYTES} are read.")
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        for magic, name in _MAGIC_NAMES:
            if start.startswith(magic):
                raise BadFile(f"This is {name}, not an Excalidraw file.")
        raise BadFile("This is not an Excalidraw file: it does not begin with {.")
    if data.count(b",") > MAX_VALUES:
        raise BadFile(f"The file holds more than {MAX_VALUES} values.")
    return data.removeprefix(b"\xef\xbb\xbf")
