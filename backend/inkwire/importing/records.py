"""What an Excalidraw file says, as it says it: every field optional, unknown fields passed over.

Field names and their meaning are those of Excalidraw's file format (docs.excalidraw.com, "JSON
schema", and the defaults of its ``restore``), from the first versions to 0.18.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from inkwire.errors import BadFile

T = TypeVar("T")


class FileRecord(Struct, rename="camel"):
    """The outermost object: a scene (``elements``) or a library of either format."""

    type: str = ""
    elements: list[Raw] | None = None
    library: list[Raw] | None = None
    library_items: list[Raw] | None = None
    files: dict[str, Raw] | None = None


class LibraryItemRecord(Struct):
    """An item of a library of format 2."""

    elements: list[Raw]


class PictureRecord(Struct, rename="camel"):
    """A picture among a scene's ``files``."""

    data_url: str | None = msgspec.field(default=None, name="dataURL")
    mime_type: str | None = None


class RoundnessRecord(Struct):
    """How corners are rounded; that there is one is all that counts."""

    type: float = 0


class BindingRecord(Struct, rename="camel"):
    """An end of an arrow on an element: focus and gap, or (newer) a point of its unit square."""

    element_id: str
    focus: float | None = None
    gap: float | None = None
    fixed_point: tuple[float, float] | None = None


class CropRecord(Struct, rename="camel"):
    """The part of a picture that shows, in pixels of the picture."""

    x: float
    y: float
    width: float
    height: float
    natural_width: float
    natural_height: float


class HeadRecord(Struct, rename="camel"):
    """What is asked of every element before any is converted."""

    type: str
    id: str = ""
    is_deleted: bool | None = None
    container_id: str | None = None
    custom_data: Raw = Raw()


class ElementRecord(Struct, rename="camel"):
    """An element of any type."""

    type: str
    id: str = ""
    is_deleted: bool | None = None
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    angle: float | None = None
    stroke_color: str | None = None
    background_color: str | None = None
    fill_style: str | None = None
    stroke_width: float | None = None
    stroke_style: str | None = None
    roughness: float | None = None
    opacity: float | None = None
    seed: float | None = None
    roundness: RoundnessRecord | None = None
    stroke_sharpness: str | None = None
    group_ids: Annotated[list[str], Meta(max_length=1000)] | None = None
    frame_id: str | None = None
    link: str | None = None
    locked: bool | None = None
    points: list[list[float]] | None = None
    pressures: list[float] | None = None
    simulate_pressure: bool | None = None
    start_binding: BindingRecord | None = None
    end_binding: BindingRecord | None = None
    start_arrowhead: str | msgspec.UnsetType | None = msgspec.UNSET
    end_arrowhead: str | msgspec.UnsetType | None = msgspec.UNSET
    elbowed: bool | None = None
    text: str | None = None
    original_text: str | None = None
    font: str | None = None
    font_size: float | None = None
    font_family: float | None = None
    text_align: str | None = None
    vertical_align: str | None = None
    line_height: float | None = None
    auto_resize: bool | None = None
    container_id: str | None = None
    name: str | None = None
    file_id: str | None = None
    scale: tuple[float, float] | None = None
    crop: CropRecord | None = None


_PLACE = re.compile(r" - at `\$\.?(.*)`$", re.DOTALL)


def decoded(data: bytes | Raw, kind: Any, where: str) -> Any:
    """The JSON as a record of that type; raises ``BadFile`` with the place within the file."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        message = str(error)
        found = _PLACE.search(message)
        place = found.group(1) if found else ""
        raise BadFile(_PLACE.sub("", message), _joined(where, place)) from None
    except msgspec.DecodeError as error:
        raise BadFile(str(error), where) from None
    except UnicodeDecodeError:
        raise BadFile("A text is not valid UTF-8.", where) from None
    except RecursionError:
        raise BadFile("Brackets are nested too deep.", where) from None


def _joined(where: str, place: str) -> str:
    if not where or not place:
        return where or place
    return where + place if place.startswith("[") else f"{where}.{place}"
