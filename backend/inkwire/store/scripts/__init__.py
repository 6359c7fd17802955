"""The Lua scripts that run inside the store, ready to be called by hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from inkwire.protocol.elements import ELEMENT_TYPES
from inkwire.protocol.plain import wire_names


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the hash that the store knows it by."""

    text: str
    sha: str
    writes: bool


def _script(*parts: str, flags: str = "") -> Script:
    """The first line says what it may do: by default it does not run when memory is used up."""
    text = "\n".join((f"#!lua {flags}".rstrip(), *parts))
    return Script(
        text,
        hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
        writes="no-writes" not in flags,
    )


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _properties() -> str:
    rows = (
        f"  [{kind.__struct_config__.tag!r}] = ' {' '.join(sorted(wire_names(kind)))} ',"
        for kind in ELEMENT_TYPES
    )
    return "\n".join(("local HAS = {", *rows, "}"))


_COMMIT: Final = (_properties(), _read("forget.part.lua"), _read("commit.lua"))
COMMIT: Final = _script(*_COMMIT)
COMMIT_DELETES: Final = _script(*_COMMIT, flags="flags=allow-oom")
"""For pushes that only delete: a full store must be able to become less full."""
ARRIVE: Final = _script(_read("forget.part.lua"), _read("arrive.lua"), flags="flags=allow-oom")
"""A full store can be looked at, and who looks is to be told from an older connection."""
PAGE: Final = _script(_read("records.part.lua"), _read("page.lua"), flags="flags=no-writes")
RECORDS: Final = _script(_read("records.part.lua"), _read("records.lua"), flags="flags=no-writes")
TAIL: Final = _script(_read("tail.lua"), flags="flags=no-writes")
ACTIVITY_READ: Final = _script(_read("activity_read.lua"), flags="flags=no-writes")
ACTIVITY_SETTLE: Final = _script(_read("activity_settle.lua"))
BOARD_BEGIN: Final = _script(_read("board_begin.lua"))
HOOK_PROGRESS: Final = _script(_read("hook_progress.lua"))
HOOKS_GONE: Final = _script(_read("hooks_gone.lua"), flags="flags=allow-oom")
