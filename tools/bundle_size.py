"""Weighs the built JavaScript: what the first paint waits for, and all of it, gzipped.

The first paint waits for the entry's script and everything that it imports statically, through
however many chunks (``chunks.json``, Vite's manifest, says who imports whom); dynamic imports come
later.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parents[1] / "backend" / "inkwire" / "web" / "static"
FIRST_PAINT_LIMIT = 60_000
ALL_LIMIT = 180_000


def first_paint(chunks: dict[str, dict[str, Any]]) -> set[str]:
    """The files of the scripts that run before anything is painted."""
    waiting = [name for name, chunk in chunks.items() if chunk.get("isEntry")]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += chunks[name].get("imports", [])
    return {chunks[name]["file"] for name in seen if chunks[name]["file"].endswith(".js")}


def weigh(static: Path) -> dict[str, int]:
    """Every script's size in bytes as a server sends it, gzipped at level 9."""
    return {
        path.relative_to(static).as_posix(): len(gzip.compress(path.read_bytes(), 9, mtime=0))
        for path in sorted(static.rglob("*.js"))
    }


def main() -> int:
    """Prints the table; the exit status is 1 when a limit is passed."""
    manifest = STATIC / "chunks.json"
    if not manifest.exists():
        print("no built front end: `make build` makes it")
        return 1
    first = first_paint(json.loads(manifest.read_text()))
    sizes = weigh(STATIC)
    for name, size in sorted(sizes.items(), key=lambda each: -each[1]):
        print(f"{size / 1000:8.1f} kB  {'first paint' if name in first else 'later      '}  {name}")
    painted, everything = sum(sizes[name] for name in first), sum(sizes.values())
    print(f"{painted / 1000:8.1f} kB  for the first paint (at most {FIRST_PAINT_LIMIT / 1000:.0f})")
    print(f"{everything / 1000:8.1f} kB  all JavaScript (at most {ALL_LIMIT / 1000:.0f})")
    return 1 if painted > FIRST_PAINT_LIMIT or everything > ALL_LIMIT or not first else 0


if __name__ == "__main__":
    sys.exit(main())
