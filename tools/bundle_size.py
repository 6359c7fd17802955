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


def closure(chunks: dict[str, dict[str, Any]], names: list[str]) -> set[str]:
    """The chunks that these need before they run: themselves and their static imports."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += chunks[name].get("imports", [])
    return seen


def first_paints(chunks: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """The scripts that run before anything is painted, for each page.

    The entry chooses the page and fetches it by a dynamic import, so each chunk that the entry's
    closure imports dynamically counts as a page, with all that it needs.
    """
    entry = closure(chunks, [name for name, chunk in chunks.items() if chunk.get("isEntry")])
    pages = sorted({page for name in entry for page in chunks[name].get("dynamicImports", [])})
    needed = {page: entry | closure(chunks, [page]) for page in pages} or {"": entry}
    return {
        page: {chunks[name]["file"] for name in names if chunks[name]["file"].endswith(".js")}
        for page, names in needed.items()
    }


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
    pages = first_paints(json.loads(manifest.read_text()))
    sizes = weigh(STATIC)
    weights = {page: sum(sizes[name] for name in names) for page, names in pages.items()}
    page = max(weights, key=lambda each: weights[each])
    first = pages[page]
    for name, size in sorted(sizes.items(), key=lambda each: -each[1]):
        print(f"{size / 1000:8.1f} kB  {'first paint' if name in first else 'later      '}  {name}")
    limit = FIRST_PAINT_LIMIT / 1000
    print(f"{weights[page] / 1000:8.1f} kB  for a first paint with {page} (at most {limit:.0f})")
    everything = sum(sizes.values())
    print(f"{everything / 1000:8.1f} kB  all JavaScript (at most {ALL_LIMIT / 1000:.0f})")
    too_much = weights[page] > FIRST_PAINT_LIMIT or everything > ALL_LIMIT
    return 1 if too_much or not sizes else 0


if __name__ == "__main__":
    sys.exit(main())
