"""Refuses lock files that say where packages come from, or that pin one without a hash.

Where packages come from is the reader's own setting: a company's mirror, a cache, a folder. A lock
file that names a host would go around it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


def requirements(name: str, text: str) -> Iterator[str]:
    """What is wrong with a requirements file: anything but pins, their hashes and comments."""
    previous = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not (PIN.fullmatch(line) or HASH.fullmatch(line) or line.lstrip().startswith("#")):
            yield f"{name}:{number}: neither a pin with hashes nor a hash: {line.strip()}"
        if PIN.fullmatch(previous) and not HASH.fullmatch(line):
            yield f"{name}:{number - 1}: no hash: {previous.strip()}"
        previous = line
    if PIN.fullmatch(previous):
        yield f"{name}: no hash: {previous.strip()}"


def package_lock(name: str, lock: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an npm lock file: an address, or a package without its checksum."""
    packages = lock.get("packages", {})
    for path, package in packages.items():
        for needed in {
            **package.get("dependencies", {}),
            **package.get("optionalDependencies", {}),
        }:
            # Binaries of other systems are optional, and npm forgets them when it locks beside node_modules.
            if not any(each.endswith(f"node_modules/{needed}") for each in packages):
                yield f"{name}: {path or 'package.json'} needs {needed}, which is not locked"
        if "resolved" in package:
            yield f"{name}: {path} says where it was resolved"
        if path and not package.get("link") and "integrity" not in package:
            yield f"{name}: {path} has no integrity"


def main() -> int:
    """Reads every lock file of the project; the exit status is 1 when one is not clean."""
    wrong: list[str] = []
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    if not locks:
        wrong.append("requirements/ holds no lock file")
    for path in locks:
        wrong += requirements(f"requirements/{path.name}", path.read_text())
    for name in (
        "frontend/package-lock.json",
        "bench/peers/package-lock.json",
        "bench/canvas/peer/package-lock.json",
    ):
        wrong += package_lock(name, json.loads((ROOT / name).read_text()))
    for line in wrong:
        print(line)
    if wrong:
        print("`make lock` writes them as they should be.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
