"""A picture as a file of its own: one image; a simple SVG as what it draws."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Final

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import read_header
from inkwire.errors import TooLarge
from inkwire.importing.assembly import Found, assembled
from inkwire.importing.convert import UNPLACED
from inkwire.importing.exact import new_id
from inkwire.importing.limits import MAX_PICTURE_BYTES
from inkwire.importing.plan import ImportPlan
from inkwire.importing.svg import elements_of_svg
from inkwire.importing.target import Target
from inkwire.protocol.elements import Image

LARGEST: Final = 1_000.0
"""World units: a picture that is larger is shown smaller."""


def plan_picture(data: bytes, target: Target, *, random: Random) -> ImportPlan:
    """The plan for a picture; errors as of ``read_header``."""
    if len(data) > MAX_PICTURE_BYTES:
        raise TooLarge(f"The picture has more than {MAX_PICTURE_BYTES // 2**20} MiB.")
    header = read_header(data)
    files: dict[str, bytes] = {}
    found = None
    if header.media_type == "image/svg+xml":
        found = elements_of_svg(data, random)
    if found is None:
        file_id = file_id_of(data)
        files[file_id] = data
        share = min(1.0, LARGEST / max(header.width, header.height))
        size = (header.width, header.height)
        place = (0.0, 0.0, size[0] * share, size[1] * share, 0.0)
        image = Image(id=new_id(random), z=UNPLACED, place=place, file=file_id, natural=size)
        found = [Found(image, "")]
    return assembled(
        [found], target, random=random, files=files, skipped=Counter(), notes=Counter()
    )
