"""SVG as a picture: its size, and a no to everything in it that could act.

Browsers run nothing of an SVG that an ``<img>`` shows, and it is served so that nothing runs when its
address is opened. That it holds no script either is the second lock: files are copied to other places.
"""

from __future__ import annotations

import re
from typing import Any, Final
from xml.parsers import expat

from inkwire.errors import BadFile

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_START: Final = re.compile(rb"\s*(<\?xml|<!--|<!DOCTYPE svg|<svg[\s>])", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"\s*(\d{0,9}\.?\d{1,9}(?:e\+?\d{1,2})?)\s*(px|pt|pc|mm|cm|in)?\s*\Z", re.I
)
_PIXELS: Final = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_UNSIZED: Final = (300.0, 150.0)
"""What browsers take where an SVG says nothing."""
_LARGEST: Final = 16_384.0
_ACTIVE: Final = frozenset({"script", "handler", "listener", "iframe", "embed", "object"})
_RUNS: Final = re.compile(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE)


def looks_like_svg(data: bytes) -> bool:
    """Whether it may be an SVG; only ``svg_size`` knows."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf")
    return _START.match(start) is not None and b"<svg" in data[: 64 * 1024]


def svg_size(data: bytes) -> tuple[float, float]:
    """Width and height in CSS pixels.

    Raises ``BadFile`` for what is not well-formed, has another root, declares entities, or holds a
    script, an event handler or an address that runs.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    root: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not root:
            if (space, local) != (_NAMESPACE, "svg"):
                raise BadFile("This is XML, but no SVG picture.")
            root.append(attributes)
        if local.lower() in _ACTIVE:
            raise BadFile(f"The SVG holds a <{local}>; save it without scripts.")
        for key, value in attributes.items():
            plain = key.rpartition(" ")[2].lower()
            if plain.startswith("on") or (plain in _ADDRESSES and _RUNS.match(value)):
                raise BadFile(f"The SVG holds a script in {plain}; save it without scripts.")

    def refuse(*_: Any) -> int:
        raise BadFile("The SVG declares entities; save it as plain SVG.")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadFile(f"The SVG is damaged in line {error.lineno}.") from None
    return _size(root[0])


_ADDRESSES: Final = frozenset({"href", "src", "from", "to", "values", "action", "formaction"})


def _size(root: dict[str, str]) -> tuple[float, float]:
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = [float(each) for each in re.findall(r"-?\d{0,9}\.?\d{1,9}", root.get("viewBox", ""))[2:4]]
    ratio = box[0] / box[1] if len(box) == 2 and box[0] > 0 and box[1] > 0 else None
    if width and height:
        found = width, height
    elif ratio is None:
        found = width or _UNSIZED[0], height or _UNSIZED[1]
    elif width:
        found = width, width / ratio
    elif height:
        found = height * ratio, height
    else:
        found = box[0], box[1]
    share = min(1.0, _LARGEST / max(found))
    return max(found[0] * share, 1.0), max(found[1] * share, 1.0)


def _pixels(length: str) -> float:
    """A length in CSS pixels; 0 for a percentage, which says nothing by itself."""
    match = _LENGTH.match(length)
    if match is None:
        return 0.0
    return float(match.group(1)) * _PIXELS[(match.group(2) or "px").lower()]
