"""frontend/biome.json refuses what leaves its floor, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"

pytestmark = pytest.mark.skipif(
    not (FRONTEND / "node_modules").exists(), reason="the front end's packages are not installed"
)


UPWARDS = [
    ("src/geometry/box.ts", "../elements/text"),
    ("src/elements/arrow/arrow.ts", "../../document/document"),
    ("src/document/document.ts", "../sync/replica"),
    ("src/sync/replica.ts", "../elements/registry"),
    ("src/wire/socket.ts", "../document/document"),
    ("src/render/tiles.ts", "../editor/editor"),
    ("src/history/history.ts", "../spatial/tree"),
    ("src/editor/editor.ts", "../tools/pen"),
    ("src/tools/pen.ts", "../commands/undo"),
    ("src/commands/undo.ts", "../ui/toolbar"),
    ("src/ui/board/toolbar.tsx", "../../sync/replica"),
    ("src/ui/toolbar.tsx", "../session"),
    ("src/session/board.ts", "../main"),
    ("src/editor/state.ts", "preact"),
    ("src/session/page.ts", "preact/hooks"),
    ("src/tools/eraser.ts", "@preact/signals"),
]
DOWNWARDS = [
    ("src/elements/line/line.ts", "../../geometry/box"),
    ("src/elements/note/note.ts", "../text/text"),
    ("src/sync/journal.ts", "../document/document"),
    ("src/editor/camera.ts", "@preact/signals-core"),
    ("src/ui/people.tsx", "../tools/pen"),
    ("src/ui/dialog.tsx", "preact/hooks"),
    ("src/session/start.ts", "../sync/replica"),
    ("src/main.ts", "./session/board"),
    ("src/geometry/path.ts", "../generated/protocol"),
]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a front end made of these imports alone that Biome refuses."""
    folder = tmp_path_factory.mktemp("frontend")
    shutil.copy(FRONTEND / "biome.json", folder)
    for file, module in UPWARDS + DOWNWARDS:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f'import {{ x }} from "{module}";\n\nx();\n')
    biome = FRONTEND / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
    said = subprocess.run(
        [
            *(sys.executable, str(ROOT / "tools" / "node.py"), "node", str(biome), "lint"),
            *("--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none"),
            "src",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1, said.stderr
    return {each["location"]["path"] for each in json.loads(said.stdout)["diagnostics"]}


@pytest.mark.parametrize(("file", "module"), UPWARDS)
def test_an_import_upwards_is_refused(refused: set[str], file: str, module: str) -> None:
    assert file in refused, module


@pytest.mark.parametrize(("file", "module"), DOWNWARDS)
def test_an_import_downwards_is_welcome(refused: set[str], file: str, module: str) -> None:
    assert file not in refused, module


def test_every_folder_has_its_floor() -> None:
    """A new folder must be given its place in biome.json; generated types may go anywhere."""
    config = json.loads((FRONTEND / "biome.json").read_text())
    placed = {include for override in config["overrides"] for include in override["includes"]}
    folders = {path.name for path in (FRONTEND / "src").iterdir() if path.is_dir()}
    assert {name for name in folders - {"generated"} if f"src/{name}/**" not in placed} == set()
