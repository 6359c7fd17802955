"""Names of files in answers."""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import quote

_PLAIN: Final = re.compile(r"[^A-Za-z0-9 ._-]+")
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def disposition(
    title: str, extension: str, kind: Literal["attachment", "inline"] = "attachment"
) -> str:
    """A Content-Disposition for a title from outside (RFC 6266): no quotes, paths or line ends."""
    clean = _UNSAFE.sub(" ", title).strip(" .")[:80] or "board"
    plain = _PLAIN.sub("_", clean)
    name = quote(f"{clean}.{extension}", safe="")
    return f"{kind}; filename=\"{plain}.{extension}\"; filename*=UTF-8''{name}"
