"""Looks whether every file and folder that the documents name is there.

A path is what stands in backquotes and looks like one: it ends as a folder or a source file does,
or begins with a folder of the project's root. The documents leave out the folders in front
(``live/room.py``), so the end of a path is enough; what is made by a command (``build/``), fetched
(``node_modules``) or a URL's path (``/metrics``) is left alone.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("docs/**/*.md", "README.md", "CONTRIBUTING.md", "bench/**/*.md")
SOURCES = ("backend", "bench", "docs", "e2e", "frontend", "tests", "tools", ".github")
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(
    r"(?:[\w.*-]+/)*[\w.*-]+(?:/|\.(?:css|json|lua|md|mjs|py|sh|toml|tsx?|ya?ml))"
    rf"|(?:{'|'.join(map(re.escape, SOURCES))})(?:/[\w.*-]+)+"
)
MADE = frozenset({".venv", "build", "dist", "node_modules", "static", "__pycache__"})


def named_paths(text: str) -> Iterator[tuple[int, str]]:
    """The paths that a document names, each with the number of its line."""
    for number, line in enumerate(text.splitlines(), 1):
        for quoted in QUOTED.findall(line):
            if PATH.fullmatch(quoted) and not MADE.intersection(PurePosixPath(quoted).parts):
                yield number, quoted


def is_there(name: str, paths: Iterable[str]) -> bool:
    """Whether a path, or what ends one, has this name; ``*`` stands for anything."""
    pattern = name.rstrip("/").replace("**/", "*")
    return any(fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for path in paths)


def paths_of(root: Path) -> list[str]:
    """Every file and folder of the project itself, relative to its root."""
    found = [each.name for each in root.iterdir()]
    for source in SOURCES:
        for folder, folders, files in os.walk(root / source):
            folders[:] = [each for each in folders if each not in MADE]
            found += [
                (Path(folder) / each).relative_to(root).as_posix() for each in folders + files
            ]
    return found


def main() -> int:
    """Reads the documents; the exit status is 1 when one names what is not there."""
    paths = paths_of(ROOT)
    named: list[tuple[Path, int, str]] = []
    for pattern in DOCUMENTS:
        for document in sorted(ROOT.glob(pattern)):
            if not MADE.intersection(document.relative_to(ROOT).parts):
                named += [(document, *each) for each in named_paths(document.read_text())]
    there = {name: is_there(name, paths) for name in {name for *_, name in named}}
    wrong = [
        f"{document.relative_to(ROOT)}:{line}: {name} is not there"
        for document, line, name in named
        if not there[name]
    ]
    print("\n".join(wrong) or f"{len(there)} paths, each is there")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
