"""Small Excalidraw files to import."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from random import Random
from typing import Any

from inkwire.importing.excalidraw import plan_import
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.protocol.elements import Element

LIBRARIES = sorted(
    (Path(__file__).parents[2] / ".." / "shared" / "data" / "excalidraw-libraries").glob(
        "*.excalidrawlib"
    )
)
"""Real drawings, on machines that have them."""

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAADUlEQVR4nGNgYGBgAAAABQABXvMqOgAAAABJRU5ErkJggg=="
)
"""2 by 3 pixels."""


def record(kind: str, **props: Any) -> dict[str, Any]:
    """An element with what every element of Excalidraw has."""
    base = {"type": kind, "id": f"{kind}-1", "x": 10, "y": 20, "width": 100, "height": 50}
    base |= {"angle": 0, "seed": 7, "groupIds": [], "isDeleted": False}
    return base | props


def scene(*elements: dict[str, Any], **more: Any) -> bytes:
    """The bytes of a ``.excalidraw`` file."""
    file = {"type": "excalidraw", "version": 2, "elements": elements} | more
    return json.dumps(file).encode()


def plan(data: bytes, seed: int = 1, **options: Any) -> ImportPlan:
    """The plan for a file, at the file's own coordinates unless told otherwise."""
    progress = options.pop("progress", None)
    return plan_import(data, Target(**options), random=Random(seed), progress=progress)


def elements_of(data: bytes, seed: int = 1) -> list[Any]:
    """The elements that a file becomes."""
    return list(plan(data, seed).elements)


def imported(*elements: dict[str, Any], **more: Any) -> list[Any]:
    """The elements that a scene of these becomes."""
    return elements_of(scene(*elements, **more))


def one(kind: str, **props: Any) -> Any:
    """The element that one record becomes."""
    (element,) = imported(record(kind, **props))
    return element


def names(elements: list[Element]) -> list[str]:
    """Their types."""
    return [str(element.__struct_config__.tag) for element in elements]
