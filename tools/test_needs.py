"""`make test` before its tests: installs the programs from outside that are missing, and says so.

A browser: Debian's Chromium or one of Playwright's where it is there, else Playwright's own
download, else Debian's package. ``redis-server``, ``caddy`` and ``nginx``: Debian's packages.
Packages are installed only as root on a system with apt-get; where that is not so, the tests that
need the program are skipped and say why, except that there is no browser test without a browser:
then this fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

APT = ["apt-get", "-y", "-qq", "-o", "Dpkg::Use-Pty=0"]


PROGRAMS = {"redis-server": "redis-server", "caddy": "caddy", "nginx": "nginx-light"}
"""What some tests need, by name, with Debian's package that brings it."""


def program(name: str) -> str | None:
    """Where a program is; servers may stand where only root's PATH looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def may_install() -> bool:
    """Whether Debian's packages can be installed from here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def quietly(command: list[str]) -> bool:
    """Runs a command without input; its output is shown only when it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-5:]))
    return done.returncode == 0


def install(*packages: str) -> bool:
    """Installs Debian's packages, with a fresh list of them."""
    print(f"Installing Debian's {' and '.join(packages)} for the tests ...", flush=True)
    # A list that is a little old is no reason to give up: the installation itself will tell.
    quietly([*APT, "update"])
    return quietly([*APT, "install", "--no-install-recommends", *packages])


def playwright_browser() -> Path | None:
    """The Chromium that Playwright has installed for itself, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def browser() -> str | None:
    """Finds or installs a Chromium; gives its path."""
    found = shutil.which("chromium") or playwright_browser()
    if found is not None:
        return str(found)
    print("No browser for the browser tests: asking Playwright to install one ...", flush=True)
    quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    found = playwright_browser()
    if found is None and may_install():
        install("chromium", "fonts-liberation")
        found = shutil.which("chromium")
    return str(found) if found is not None else None


def main() -> int:
    """Installs what is missing; the exit status is 1 when there is no browser to be had."""
    missing = [package for name, package in PROGRAMS.items() if program(name) is None]
    if missing and may_install():
        install(*missing)
    for name in PROGRAMS:
        print(f"{name}: {program(name) or 'none, so its tests are skipped'}")
    path = browser()
    print(f"browser: {path or 'none'}")
    if path is None:
        print("Install Chromium (`playwright install chromium`, or your system's package).")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
