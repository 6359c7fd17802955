"""Writes docs/cli.md out of the commands themselves. With ``--check`` it only looks whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import typer
from typer.cli import get_docs_for_click

from inkwire.cli import app

PAGE: Final = Path(__file__).parents[1] / "docs" / "cli.md"
INTRODUCTION: Final = """\
# The command line

Made by `tools/cli_docs.py` from the commands; `inkwire COMMAND --help` says the same.

There are two kinds of commands. `serve`, `boards`, `import`, `backup`, `restore` and `doctor` work on the store,
beside a running server or without one; they need no link. `export`, `draw` and `watch` ask a running server, by a
board's link, from anywhere. The link may stand in the variable `INKWIRE_LINK`, where other users of the machine do
not see it.

```sh
inkwire boards create "Plan"                                   # prints the board's links, once
export INKWIRE_LINK='https://boards.example.org/b/ID#k=TOKEN'
inkwire draw --rectangle '0,0,160,80,Start' --arrow 160,40,260,40
inkwire watch --since all                                      # who came, drew, left, until Ctrl-C
inkwire export plan.svg

inkwire doctor                                                 # is all well, and what to do if not
inkwire backup boards.backup && inkwire restore --check boards.backup
```

Words go to people, `--json` makes one JSON object a line of them. Bars are shown only on a terminal, on standard
error. Names and titles are printed without anything that could move the cursor.

| exit code | |
|---|---|
| 0 | done |
| 1 | refused or failed; standard error says why |
| 2 | used wrongly |
| 3 | the server or the store does not answer: try again |
| 130 | ended by Ctrl-C |

`inkwire --install-completion` has the shell (bash, zsh, fish, PowerShell) complete commands and options with Tab.
"""


def page() -> str:
    """The whole page."""
    command = typer.main.get_command(app)
    told = get_docs_for_click(obj=command, ctx=typer.Context(command), name="inkwire")
    _, _, commands = told.partition("\n## ")
    return f"{INTRODUCTION}\n## {commands.strip()}\n"


def main(arguments: list[str]) -> int:
    """The exit code: 1 if the page is not what it should be."""
    if "--check" not in arguments:
        PAGE.write_text(page())
        return 0
    if PAGE.exists() and PAGE.read_text() == page():
        return 0
    print("docs/cli.md is not what the commands say; run: python tools/cli_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
