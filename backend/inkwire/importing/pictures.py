"""Pictures inside a file: taken out of their ``data:`` addresses."""

from __future__ import annotations

import base64
import binascii
import re

from inkwire.errors import BadFile
from inkwire.importing.limits import MAX_PICTURE_BYTES

_DATA_URL = re.compile(r"data:(?:[a-z]+/[a-z0-9.+-]+)?(?:;[a-z-]+=[^;,]{1,64})*(;base64)?,", re.I)


def picture_of(data_url: str, where: str) -> bytes:
    """The bytes of a ``data:`` address in base64; raises ``BadFile`` for anything else."""
    found = _DATA_URL.match(data_url)
    if not found or not found.group(1):
        raise BadFile("This is not a picture in base64.", where)
    body = data_url[found.end() :]
    if len(body) > MAX_PICTURE_BYTES * 4 // 3 + 4:
        raise BadFile(f"A picture has more than {MAX_PICTURE_BYTES} bytes.", where)
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise BadFile("The base64 of a picture is damaged.", where) from None
