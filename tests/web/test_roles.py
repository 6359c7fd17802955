"""Who may do what over HTTP, as one table: every operation of the API and every role has its cell."""

from __future__ import annotations

from typing import Any, NamedTuple

import httpx
import pytest

from tests.harness import patient
from tests.harness.patient import Patient
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer

ALL = frozenset(("owner", "editor", "commenter", "viewer"))
WRITERS = frozenset(("owner", "editor"))
OWNERS = frozenset(("owner",))
METHODS = ("get", "put", "patch", "post", "delete")


class Cell(NamedTuple):
    """Who may, and a request that would do it."""

    may: frozenset[str]
    body: Any = None


BOX = {"type": "rectangle", "place": [0, 0, 9, 9]}
TABLE: dict[tuple[str, str], Cell] = {
    ("get", "/api/boards/{board}"): Cell(ALL),
    ("patch", "/api/boards/{board}"): Cell(WRITERS, {"title": "Plan"}),
    ("delete", "/api/boards/{board}"): Cell(OWNERS),
    ("post", "/api/boards/{board}/duplicate"): Cell(ALL),
    ("get", "/api/boards/{board}/people"): Cell(ALL),
    ("get", "/api/boards/{board}/digest"): Cell(ALL),
    ("get", "/api/boards/{board}/activity"): Cell(ALL),
    ("get", "/api/boards/{board}/elements"): Cell(ALL),
    ("get", "/api/boards/{board}/elements/{element}"): Cell(ALL),
    ("put", "/api/boards/{board}/elements/{element}"): Cell(WRITERS, BOX),
    ("patch", "/api/boards/{board}/elements/{element}"): Cell(WRITERS, {"opacity": 0.5}),
    ("delete", "/api/boards/{board}/elements/{element}"): Cell(WRITERS),
    ("post", "/api/boards/{board}/ops"): Cell(WRITERS, [["delete", "nobody"]]),
    ("get", "/api/boards/{board}/links"): Cell(OWNERS),
    ("post", "/api/boards/{board}/links"): Cell(OWNERS, {"role": "viewer"}),
    ("delete", "/api/boards/{board}/links/{link}"): Cell(OWNERS),
    ("get", "/api/boards/{board}/webhooks"): Cell(OWNERS),
    ("post", "/api/boards/{board}/webhooks"): Cell(OWNERS, {"url": "https://hooks.example/x"}),
    ("delete", "/api/boards/{board}/webhooks/{webhook}"): Cell(OWNERS),
    ("post", "/api/boards/{board}/webhooks/{webhook}/test"): Cell(OWNERS),
    ("post", "/api/boards/{board}/import"): Cell(WRITERS, {}),
    ("post", "/api/boards/{board}/convert"): Cell(WRITERS, {}),
    ("post", "/api/boards/{board}/images"): Cell(WRITERS, {}),
    ("get", "/api/boards/{board}/images/{file}"): Cell(ALL),
}
ANYBODY = {("get", "/api/boards"), ("post", "/api/boards")}
"""What is not about one board; `test_own_boards.py` has these."""


def expected(method: str, path: str) -> Cell | None:
    if "/export." in path:
        return Cell(ALL, {"ids": ["a"]} if method == "post" else None)
    return TABLE.get((method, path))


def operations(server: Server) -> list[tuple[str, str]]:
    paths = patient.get(f"{server.base}/openapi.json").json()["paths"]
    return [
        (method, path)
        for path, found in paths.items()
        for method in METHODS
        if method in found and path.startswith("/api/")
    ]


def test_every_operation_has_a_row(server: Server) -> None:
    """A new one without a row here fails."""
    found = operations(server)
    assert [each for each in found if each not in ANYBODY and expected(*each) is None] == []
    assert set(TABLE) <= set(found)


@pytest.mark.parametrize("role", [*sorted(ALL), ""])
def test_the_table_is_as_declared(server: Server, role: str) -> None:
    """What may be done is done or finds nothing; what may not is 403, without a link 401."""
    board = server.create_board()
    owner = bearer(board.links["owner"].token)
    links = f"{server.base}/api/boards/{board.id}/links"
    token = patient.post(links, json={"role": role or "viewer"}, headers=owner).json()["token"]
    with httpx.Client(
        transport=Patient(), base_url=server.base, headers=bearer(token) if role else {}
    ) as client:
        for method, path in operations(server):
            cell = expected(method, path)
            if cell is None or (method, path) == ("delete", "/api/boards/{board}"):
                continue
            if "/export." in path and role not in ("viewer", ""):
                continue  # who may less may read: that says it for all
            status = ask(client, board, method, path, cell.body)
            if role in cell.may:
                assert status not in (401, 403), (method, path)
            else:
                assert status == (403 if role else 401), (method, path)
        status = ask(client, board, "delete", "/api/boards/{board}", None)
        assert status == (204 if role == "owner" else 403 if role else 401)


def ask(client: httpx.Client, board: NewBoard, method: str, path: str, body: Any) -> int:
    if path == "/api/boards/{board}/elements/{element}" and method == "patch":
        owner = bearer(board.links["owner"].token)
        client.put(path.format(board=board.id, element="a"), json=BOX, headers=owner)
    url = path.format(board=board.id, element="a", link="x", file="0" * 64, webhook="x")
    query = {"follow": "false"} if path.endswith("/activity") else {}
    answer = client.request(method, url, json=body, params=query)
    assert answer.status_code < 500, (method, path, answer.text)
    return answer.status_code
