"""`inkwire draw`, `watch` and `export`, by a board's link, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness.server import NewBoard, Server
from tests.launcher.conftest import RunHere


@pytest.fixture
def run(
    run_here: RunHere, server: Server, board: NewBoard, monkeypatch: pytest.MonkeyPatch
) -> RunHere:
    """With the board's link where commands look for it."""
    monkeypatch.setenv("INKWIRE_LINK", server.link(board))
    return run_here


def test_drawn_by_command_exported_and_told(
    run: RunHere, server: Server, board: NewBoard, tmp_path: Path
) -> None:
    """Shapes as options, elements and ops as lines; then the file, and what the feed made of it."""
    shapes = ["--rectangle", "0,0,160,80,Start, here", "--arrow", "160,40,260,40"]
    shapes += ["--text", "0,120,Two\\nlines", "--note", "300,0,90,90,Think"]
    drawn = run("draw", *shapes, "--fill", "#ffc9c9", "--name", "Ana", "--json")
    assert json.loads(drawn.out) == {"steps": 1, "seq": 1}, drawn.err
    lines = [
        {"type": "ellipse", "id": "e1", "place": [0, 200, 80, 80, 0]},
        [
            {"type": "line", "place": [0, 0, 1, 1, 0], "points": [[0, 0], [50, -40]]},
            ["title", "Plan"],
        ],
        ["set", "e1", {"color": "#e03131"}],
    ]
    drawn = run("draw", given="\n".join(map(json.dumps, lines)))
    assert drawn.out == "3 steps drawn\n", drawn.err

    file = tmp_path / "plan.json"
    assert run("export", str(file)).code == 0
    elements = json.loads(file.read_text())["elements"]
    types = ["rectangle", "text", "note", "arrow", "text", "ellipse", "line"]
    assert sorted(each["type"] for each in elements) == sorted(types)
    assert [each["type"] for each in elements][-2:] == ["ellipse", "line"], (
        "what came last is on top"
    )
    assert {"Start, here", "Two\nlines", "Think"} == {
        each["text"] for each in elements if "text" in each
    }
    assert next(each["color"] for each in elements if each["id"] == "e1") == "#e03131"
    assert list(tmp_path.iterdir()) == [file], "nothing beside it"
    to_stdout = run("export", "-", "-f", "svg", "--theme", "dark")
    assert "<svg" in to_stdout.out, to_stdout.err

    told: list[dict[str, Any]] = []
    while sum(event.get("count", 0) for event in told if event["type"] == "drew") < 7:
        seen = run("watch", "--since", "all", "--no-follow", "--json")
        told = [json.loads(line) for line in seen.out.splitlines()]
    drew = next(event for event in told if event["type"] == "drew")
    assert drew["name"] == "Ana", "though she was gone at once"
    words = run("watch", "--since", "all", "--no-follow", "--types", "drew,renamed").out
    assert "Ana drew 1 rectangle, 2 texts, 1 note, 1 arrow" in words
    assert "renamed the board “Plan”" in words


@pytest.mark.parametrize(
    ("arguments", "given", "code", "words"),
    [
        (["draw", "--line", "1,2"], "", 2, "x1,y1,x2,y2"),
        (["draw", "--rectangle", "0,0,nan,1"], "", 2, "x,y,width,height"),
        (["draw", "--text", "0,0"], "", 2, "x,y,words"),
        (["draw", "--rectangle", "0,0,1,1", "--color", "red"], "", 2, "--rectangle 0,0,1,1"),
        (["draw"], '\n{"type": "sphere"}', 1, "step 1: "),
        (["draw"], '["title", "x"]\n{', 1, "line 2: "),
        (["export", "plan.tga", "LINK"], "", 1, "'tga'"),
        (["export", "plan"], "", 2, "--format"),
        (["export", "/nowhere/plan.svg"], "", 1, "No such file"),
        (["export", "x.svg", "--frame", "nosuchframe"], "", 1, "query.frame"),
        (["export", "x.svg", "http://127.0.0.1:1/b/someboard#k=x"], "", 3, "does not answer"),
        (["watch", "--no-follow", "http://127.0.0.1:1/b/someboard#k=x"], "", 3, "does not answer"),
        (["watch", "http://127.0.0.1/b/someboard"], "", 2, "no link"),
        (["watch", "LINKx"], "", 1, "No such board"),
        (["watch", "--types", "slept"], "", 1, "slept"),
    ],
)
def test_what_goes_wrong_is_told_by_words_and_exit_code(
    run: RunHere,
    server: Server,
    board: NewBoard,
    arguments: list[str],
    given: str,
    code: int,
    words: str,
) -> None:
    arguments = [each.replace("LINK", server.link(board)) for each in arguments]
    ran = run(*arguments, given=given)
    assert ran.code == code, ran.err
    assert words in ran.err
