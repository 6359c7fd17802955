"""The checks of `make check` find what they are for, on small texts."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from tools import bundle_size, check_docs, check_locks, check_rules, check_waits, node, run

HASH = "0" * 64


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("import time\ntime.sleep(0.1)\n", [2]),
        ("async def f():\n    await asyncio.sleep(delay)\n", [2]),
        ("page.wait_for_timeout(500)\n", [1]),
        ("sleep(1)\n", [1]),
        ("async def f():\n    await asyncio.sleep(0)\n", []),
        ("event.wait(timeout=5)\n", []),
        ('"""time.sleep(1)"""\n', []),
    ],
)
def test_a_fixed_wait_in_python_is_found(code: str, lines: list[int]) -> None:
    assert list(check_waits.python_waits(code)) == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("await page.waitForTimeout(50);\n", [1]),
        ("\nawait new Promise((r) => setTimeout(r, 50));\n", [2]),
        ("await new Promise<void>((done) => {\n  setTimeout(() => done(), wait);\n});\n", [1]),
        ("await new Promise((r) => setTimeout(r, 0));\n", []),
        ("await new Promise((r) => setTimeout(r));\n", []),
        ("vi.advanceTimersByTime(500);\n", []),
    ],
)
def test_a_fixed_wait_in_typescript_is_found(code: str, lines: list[int]) -> None:
    assert list(check_waits.typescript_waits(code)) == lines


def test_paths_are_told_from_other_words_in_backquotes() -> None:
    text = (
        "`live/room.py`, `exporting/` and `docs/a`\n`/metrics`, `w/2`, `Hello`, `a b.py`, a.py\n"
        "`build/x.json` `frontend/node_modules/` `tests/**/*.py`\n"
    )
    assert list(check_docs.named_paths(text)) == [
        (1, "live/room.py"),
        (1, "exporting/"),
        (1, "docs/a"),
        (3, "tests/**/*.py"),
    ]


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("live/room.py", True),
        ("room.py", True),
        ("live/", True),
        ("backend/**/*.py", True),
        ("live/test_*.py", False),
        ("oom.py", False),
        ("live/rooms.py", False),
        ("rooms/room.py", False),
    ],
)
def test_the_end_of_a_path_names_it(name: str, there: bool) -> None:
    paths = ["backend", "backend/inkwire/live", "backend/inkwire/live/room.py"]
    assert check_docs.is_there(name, paths) is there


def test_rules_are_read_from_the_start_of_lines() -> None:
    text = (
        "**H1** Say hello.\n- **C12** One.\nAs **H1** says.\n| **E2** | a cell |\n**Not** a rule.\n"
    )
    assert check_rules.rules(text) == ["H1", "C12", "E2"]


def test_python_tests_cite_in_docstrings_and_parameters() -> None:
    code = dedent('''
        """[Z9] A module's docstring is no test."""
        @pytest.mark.parametrize("n", [pytest.param(1, id="[H2] too long")])
        def test_a(n):
            """[H1] Says hello."""
            assert "[Z8]"
        class TestIt:
            """[C1] A group."""
        def helper():
            """[Z7] No test."""
    ''')
    assert sorted(check_rules.python_citations(code)) == ["C1", "H1", "H2"]


def test_typescript_tests_cite_in_their_names() -> None:
    code = """
        describe("[H1] hello", () => {
          it('[H2] and "quotes"', () => { expect("[Z9]").toBe(1); });
          test.each([1])("[C3] with %d", () => {});
        });
    """
    assert sorted(check_rules.typescript_citations(code)) == ["C3", "H1", "H2"]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "--find-links /wheels",
        "a @ somewhere",
        "a==1",
        "a>=1",
        f"--hash=sha256:{HASH}",
    ],
)
def test_a_requirements_line_that_is_no_pin_is_found(line: str) -> None:
    assert list(check_locks.requirements("run.txt", f"{line}\n"))


def test_a_pin_needs_a_hash() -> None:
    pin = "a==1 ; sys_platform == 'linux' \\"
    hashed = f"    --hash=sha256:{HASH}"
    assert list(check_locks.requirements("run.txt", f"# why\n{pin}\n{hashed}\n")) == []
    assert list(check_locks.requirements("run.txt", f"{pin}\n{pin}\n{hashed}\n"))
    assert list(check_locks.requirements("run.txt", f"{pin}\n{hashed}\n{pin}\n"))


def test_an_address_in_the_npm_lock_is_found() -> None:
    clean = {"": {"name": "us"}, "node_modules/a": {"integrity": "sha512-x"}}
    assert list(check_locks.package_lock("lock", {"packages": clean})) == []
    told = {"node_modules/a": {"integrity": "sha512-x", "resolved": "somewhere"}}
    assert list(check_locks.package_lock("lock", {"packages": told}))
    assert list(check_locks.package_lock("lock", {"packages": {"node_modules/a": {}}}))


def test_a_binary_of_another_system_that_is_not_locked_is_found() -> None:
    needs: dict[str, Any] = {"": {"name": "us", "dependencies": {"a": "1"}}}
    needs["node_modules/a"] = {"integrity": "x", "optionalDependencies": {"a-darwin": "1"}}
    assert list(check_locks.package_lock("lock", {"packages": needs}))
    needs["node_modules/a-darwin"] = {"integrity": "sha512-y"}
    assert list(check_locks.package_lock("lock", {"packages": needs})) == []


def test_the_first_paint_waits_for_the_page_and_static_imports() -> None:
    chunks: dict[str, dict[str, Any]] = {
        "index.html": {
            "file": "index.js",
            "isEntry": True,
            "imports": ["_a"],
            "dynamicImports": ["board", "landing"],
        },
        "_a": {"file": "a.js", "imports": ["_b"]},
        "_b": {"file": "b.js", "imports": ["_a"]},
        "_c": {"file": "c.js"},
        "board": {"file": "board.js", "imports": ["_c"], "dynamicImports": ["help"]},
        "landing": {"file": "landing.js"},
        "help": {"file": "help.js"},
    }
    assert bundle_size.first_paints(chunks) == {
        "board": {"index.js", "a.js", "b.js", "c.js", "board.js"},
        "landing": {"index.js", "a.js", "b.js", "landing.js"},
    }


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.0", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.9.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.0.0", True),
        ("", False),
    ],
)
def test_which_node_is_new_enough(version: str, enough: bool) -> None:
    assert node.new_enough(version) is enough


def test_make_inside_its_handler_is_told_from_make_at_rest() -> None:
    at_rest = "Name:\tmake\nSigBlk:\t0000000000000000\nSigCgt:\t0000000001814207\n"
    inside = "Name:\tmake\nSigBlk:\t0000000000010002\nSigCgt:\t0000000001814205\n"
    assert not run.interrupted(at_rest)
    assert run.interrupted(inside)
    assert not run.interrupted("")
