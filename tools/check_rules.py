"""Compares the numbered rules of docs/protocol.md and docs/api.md with the tests that cite them.

A rule starts a line of the document with its id in bold (``**H1** ...``); a test cites it in
brackets (``[H1]``) in its name, its docstring or an id of its parameters. A rule without a test
fails, and so does a test of a rule that is not there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "docs" / "protocol.md", ROOT / "docs" / "api.md")
RULE = re.compile(r"^(?:[-*] |\| )?\*\*([A-Z]{1,2}\d+)\*\*", re.MULTILINE)
CITED = re.compile(r"\[([A-Z]{1,2}\d+)\]")
TYPESCRIPT_NAME = re.compile(
    r"\b(?:test|it|describe)(?:\.\w+)*(?:\([^)\n]*\))?\(\s*([\"'`])(.*?)(?<!\\)\1", re.DOTALL
)


def rules(text: str) -> list[str]:
    """The ids of a document's rules, in its order."""
    return RULE.findall(text)


def python_citations(text: str) -> Iterator[str]:
    """The ids that a Python file's tests cite, in docstrings and in decorators' strings."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.lower().startswith("test"):
            continue
        said = [ast.get_docstring(node) or ""]
        for decorator in node.decorator_list:
            said += [
                each.value
                for each in ast.walk(decorator)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
        yield from CITED.findall("\n".join(said))


def typescript_citations(text: str) -> Iterator[str]:
    """The ids that a TypeScript file's tests cite: names of tests and groups."""
    for found in TYPESCRIPT_NAME.finditer(text):
        yield from CITED.findall(found[2])


def main() -> int:
    """Reads the document and every test; the exit status is 1 when they do not fit together."""
    documents = [path for path in DOCUMENTS if path.exists()]
    known = [rule for path in documents for rule in rules(path.read_text())]
    cited: dict[str, Path] = {}
    for folder in ("tests", "e2e"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            cited.update(dict.fromkeys(python_citations(path.read_text()), path))
    for path in sorted((ROOT / "frontend" / "src").rglob("*.test.ts*")):
        cited.update(dict.fromkeys(typescript_citations(path.read_text()), path))

    wrong = [f"{each}: no test cites this rule" for each in known if each not in cited]
    wrong += [
        f"{each}: cited by {path.relative_to(ROOT)}, but no document has such a rule"
        for each, path in sorted(cited.items())
        if each not in known
    ]
    wrong += [f"{each}: stands twice" for each in sorted({e for e in known if known.count(e) > 1})]
    if not known:
        wrong.append("docs/protocol.md and docs/api.md have no numbered rule")
    print("\n".join(wrong) or f"{len(known)} rules, each cited by a test")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
