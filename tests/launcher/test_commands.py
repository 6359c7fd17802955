"""`inkwire boards` and `inkwire import`, with a server running and without."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.launcher.conftest import RunHere, Start, asked, environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCENE = {
    "type": "excalidraw",
    "version": 2,
    "elements": [
        {"type": "rectangle", "id": "a", "x": 10, "y": 20, "width": 30, "height": 40, "seed": 3},
        {"type": "ellipse", "id": "b", "x": 60, "y": 20, "width": 30, "height": 40, "seed": 3},
        {"type": "hologram", "id": "c", "x": 0, "y": 0, "width": 1, "height": 1},
    ],
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "inkwire", *arguments],
            capture_output=True,
            text=True,
            env=environment() | {"INKWIRE_DATA_DIR": str(tmp_path), "COLUMNS": "200"},
            timeout=60,
            check=False,
        )

    return command


@pytest.fixture
def scene(tmp_path: Path) -> str:
    path = tmp_path / "scene.excalidraw"
    path.write_text(json.dumps(SCENE))
    return str(path)


def created(run: Run, title: str = "") -> str:
    match = re.search(r"^board +(\S+)$", run("boards", "create", title).stdout, re.MULTILINE)
    assert match
    return match[1]


def test_boards_without_a_server(run: Run) -> None:
    """[D10] Made, listed and linked; what a title holds reaches the terminal harmless, or is refused."""
    assert "one line" in run("boards", "create", "Plan\x1b[2J").stderr
    made = run("boards", "create", "Plan [red]")
    assert made.returncode == 0
    links = re.findall(r"^(owner|editor|viewer) +(http://\S+/b/\S+#k=\S+)$", made.stdout, re.M)
    assert [role for role, _ in links] == ["owner", "editor", "viewer"]
    board = created(run, "Second")
    listed = run("boards", "list").stdout
    assert "Plan [red]" in listed
    assert listed.index("Plan") < listed.index(board)
    link = run("boards", "link", board, "--role", "viewer").stdout
    assert re.match(rf"viewer http://127.0.0.1:8000/b/{board}#k=\w+\n", link)
    assert run("boards", "renew").stdout == "2 boards begin a new epoch\n"


def test_links_and_boards_are_taken_away(run_here: RunHere, start: Start) -> None:
    """Beside a server, which then opens nothing by them."""
    address = start().serving()
    made = json.loads(run_here("boards", "create", "Plan", "--json").out)
    board, token = made["board"], made["links"]["viewer"].partition("#k=")[2]
    url = f"{address}/api/boards/{board}"
    assert asked(url, token=token)["title"] == "Plan"
    links = [
        json.loads(line)
        for line in run_here("boards", "links", board, "--json").out.split("\n")[:-1]
    ]
    assert sorted(each["role"] for each in links) == ["editor", "owner", "viewer"]
    (viewer,) = (each["id"] for each in links if each["role"] == "viewer")
    assert run_here("boards", "withdraw", board, viewer).code == 0
    assert "no link of that id" in run_here("boards", "withdraw", board, viewer).err
    with pytest.raises(urllib.error.HTTPError, match="404"):
        asked(url, token=token)
    assert run_here("boards", "delete", board).code == 1, "nobody said yes"
    assert json.loads(run_here("boards", "list", "--json").out)["id"] == board
    assert run_here("boards", "delete", board, "--yes").code == 0
    assert run_here("boards", "list", "--json").out == ""
    assert "no such board" in run_here("boards", "delete", board, "--yes").err


def test_import_beside_a_running_server(run: Run, start: Start, scene: str) -> None:
    """It joins the server's store; the numbers are those of the file."""
    address = start().serving()
    made = asked(f"{address}/api/boards", {"title": "Drawn"})
    ran = run("import", scene, scene, "--board", made["id"], "--at", "-5,1e3")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[:3] == ["2 ellipse", "2 rectangle", "4 elements imported"]
    assert "hologram" in ran.stdout
    assert re.search(rf"{made['id']} +Drawn +4 +2 ", run("boards", "list").stdout)


def test_one_bad_file_and_nothing_happens(run: Run, scene: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.excalidraw"
    bad.write_text('{"elements": [{"type": "rectangle", "x": "left"}]}')
    board = created(run)
    ran = run("import", scene, str(bad), "--board", board)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert str(bad) in ran.stderr
    assert "elements[0]" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert re.search(rf"{board} +0 +0 ", run("boards", "list").stdout)


def test_backup_and_restore(run_here: RunHere, scene: str, tmp_path: Path) -> None:
    """Through a pipe, into another folder; a file that is cut off brings back nothing."""
    board = json.loads(run_here("boards", "create", "Plan", "--json").out)["board"]
    brought = json.loads(run_here("import", scene, "--board", board, "--json").out)
    assert (brought["elements"], brought["types"]) == (2, {"rectangle": 1, "ellipse": 1})
    assert json.loads(run_here("boards", "sweep", "--json").out)["deleted"] == 0
    file, folder = tmp_path / "all.backup", str(tmp_path / "other")
    saved = run_here("backup", str(file), "--json")
    assert json.loads(saved.out)["boards"] == 1, saved.err
    assert "1 board, 2 elements, 0 pictures" in run_here("restore", str(file), "--check").out
    again = run_here("restore", str(file))
    assert (again.code, again.out) == (1, "")
    assert "--force" in again.err
    part = tmp_path / "part.backup"
    part.write_bytes(file.read_bytes()[:-1])
    cut = run_here("restore", str(part), "--data-dir", folder)
    assert cut.code == 1
    assert "cut off" in cut.err
    assert run_here("restore", str(file), "--data-dir", folder).code == 0
    assert re.search(rf"{board} +Plan +2 ", run_here("boards", "list", "--data-dir", folder).out)


def test_doctor_says_what_to_do(run_here: RunHere) -> None:
    """All is well without a server; a store that does not answer is a problem, and has a way out."""
    well = run_here("doctor", "--json")
    found = json.loads(well.out)
    assert any(each["words"].startswith("Valkey") for each in found)
    assert ("ok", "pages") in {(each["state"], each["about"]) for each in found}
    ill = run_here("doctor", "--redis-url", "redis://:secret@127.0.0.1:1")
    assert ill.code == 1
    assert re.search(r"^problem +store +The store at redis://127.0.0.1:1 does not", ill.out, re.M)
    assert "→ Nothing works without it" in ill.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["import", "SCENE", "--board", "nosuchboard"], 1, "no such board"),
        (["import", "/nowhere.excalidraw", "--board", "b"], 2, "No such file"),
        (["import", "SCENE", "--board", "b", "--at", "here"], 2, "not x,y"),
        (["import", "SCENE", "--board", "b", "--at", "nan,0"], 2, "between"),
        (["import", "SCENE"], 2, "--board"),
        (["boards", "link", "nosuchboard"], 1, "no such board"),
        (["boards", "create", "x" * 201], 2, "at most 200"),
    ],
)
def test_what_is_refused(run: Run, scene: str, arguments: list[str], code: int, words: str) -> None:
    ran = run(*(scene if each == "SCENE" else each for each in arguments))
    assert ran.returncode == code
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
