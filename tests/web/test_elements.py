"""Elements over HTTP, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from inkwire.exporting.json_export import record_of
from inkwire.protocol.elements import Arrow, Binding, Element
from inkwire.protocol.ops import SetProps
from inkwire.rooms.document import Document
from inkwire.web.elements import patched
from tests.harness.patient import Patient
from tests.harness.server import NewBoard, Server
from tests.protocol.strategies import elements
from tests.web.test_boards import bearer

BOX: dict[str, Any] = {"type": "rectangle", "place": [0, 0, 100, 60]}


class Client(httpx.Client):
    """Requests for elements of one board."""

    def __init__(self, server: Server, board: NewBoard) -> None:
        super().__init__(
            transport=Patient(),
            base_url=f"{server.base}/api/boards/{board.id}/elements/",
            headers=bearer(board.token),
            timeout=60,
        )


@pytest.fixture
def client(server: Server, board: NewBoard) -> Iterator[Client]:
    with Client(server, board) as opened:
        yield opened


def test_an_element_is_put_read_changed_and_deleted(client: Client) -> None:
    assert client.get("a").status_code == 404
    new = client.put("a", json=BOX)
    assert new.status_code == 201
    assert new.json()["place"] == [0, 0, 100, 60, 0]
    read = client.get("a")
    assert read.json() == new.json()
    assert read.headers["ETag"] == new.headers["ETag"]
    assert client.get("a", headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    changed = client.patch("a", json={"fill": "#ffec99", "opacity": 0.5})
    assert changed.json() == {**read.json(), "fill": "#ffec99", "opacity": 0.5}
    assert client.get("a").headers["ETag"] == changed.headers["ETag"] != read.headers["ETag"]
    assert client.patch("a", json={"opacity": None}).json()["opacity"] == 1
    put = client.put("a", json=BOX)
    assert put.status_code == 200
    assert put.json() == read.json()  # with the same place in the order
    other = client.put("a", json={"type": "note", "place": [0, 0]})
    assert (other.status_code, other.json()["type"]) == (200, "note")
    assert client.get("a").json() == other.json()
    assert client.delete("a").status_code == 204
    assert client.delete("a").status_code == client.patch("a", json={}).status_code == 404


def test_who_looked_at_something_else_changes_nothing(client: Client) -> None:
    """[P3] If-Match and If-None-Match, decided where the change is made."""
    old = client.put("a", json=BOX).headers["ETag"]
    assert client.put("a", json=BOX, headers={"If-None-Match": "*"}).status_code == 412
    new = client.patch("a", json={"opacity": 0.5}, headers={"If-Match": old}).headers["ETag"]
    for method, body in (("PUT", BOX), ("PATCH", {"opacity": 0.1}), ("DELETE", None)):
        answer = client.request(method, "a", json=body, headers={"If-Match": f'"x-1", {old}'})
        assert answer.status_code == 412
        assert answer.json()["type"].endswith(":changed")
    assert client.put("b", json=BOX, headers={"If-Match": "*"}).status_code == 412
    assert client.get("a").json()["opacity"] == 0.5
    assert client.delete("a", headers={"If-Match": new}).status_code == 204
    assert client.put("a", json=BOX, headers={"If-None-Match": "*"}).status_code == 201


def test_elements_are_listed_in_paint_order(client: Client) -> None:
    for id_ in ("c", "a", "b"):
        client.put(id_, json=BOX)
    found, after = [], ""
    while True:
        page = client.get(str(client.base_url)[:-1], params={"limit": 2, "after": after}).json()
        found += [each["id"] for each in page["elements"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert found == ["c", "a", "b"]
    wrong = client.get(str(client.base_url)[:-1], params={"after": "no-place"})
    assert (wrong.status_code, wrong.json()["where"]) == (422, "query.after")


@pytest.mark.parametrize(
    ("method", "body", "where"),
    [
        ("PUT", {**BOX, "id": "b"}, "body.id"),
        ("PUT", {**BOX, "label": "no"}, "body.label"),
        ("PUT", {"type": "rectangle"}, "body"),
        ("PUT", [BOX], "body"),
        ("PATCH", {"type": "ellipse"}, "body.type"),
        ("PATCH", {"id": "b"}, "body.id"),
        ("PATCH", {"place": None}, "body"),
        ("PATCH", {"colour": "red"}, "body"),
        ("PATCH", {"opacity": 2}, "body.opacity"),
    ],
)
def test_what_is_wrong_is_named(client: Client, method: str, body: Any, where: str) -> None:
    before = client.put("a", json=BOX).json()
    answer = client.request(method, "a", json=body)
    assert (answer.status_code, answer.json().get("where")) == (422, where)
    assert client.get("a").json() == before


def test_one_end_of_an_arrow_is_patched_in_parts(client: Client) -> None:
    line = {"type": "arrow", "points": [[0, 0], [9, 9]], "start": {"to": "x", "gap": 2}}
    client.put("a", json=line)
    changed = client.patch("a", json={"start": {"gap": None, "focus": 0.5}}).json()
    assert changed["start"] == {"to": "x", "at": None, "focus": 0.5, "gap": 0}
    assert changed["points"] == [[0, 0], [9, 9]]
    assert client.patch("a", json={"start": None}).json()["start"] is None


DEFAULTS = {"opacity": 1, "locked": False, "groups": (), "link": "", "frame": ""}
VALUES = {
    "opacity": st.none() | st.floats(0, 1),
    "locked": st.none() | st.booleans(),
    "groups": st.none() | st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
    "link": st.none() | st.just("https://example.org"),
    "frame": st.none() | st.just("f"),
}


@given(elements(), st.fixed_dictionaries({}, optional=VALUES))
def test_a_patch_does_what_the_rfc_says_and_no_more(
    element: Element, patch: dict[str, Any]
) -> None:
    """The element read afterwards is the one read before, merged; what is taken away has its default."""
    before = record_of(element)
    new, props = patched(element, patch)
    assert {name: value for name, value in record_of(new).items() if name not in patch} == {
        name: value for name, value in before.items() if name not in patch
    }
    for name, value in patch.items():
        assert record_of(new)[name] == (DEFAULTS[name] if value is None else value)
    document = Document([element])
    document.apply([SetProps(element.id, props)])
    assert document.get(element.id) == new
    assert {name for name in props.__struct_fields__ if getattr(props, name) is not UNSET} == set(
        patch
    )


def test_a_binding_is_merged() -> None:
    arrow = Arrow(id="a", place=(0, 0, 1, 1, 0), z="a0", points=b"", start=Binding(to="x", gap=4.0))
    new, _ = patched(arrow, {"start": {"focus": 1}})
    assert isinstance(new, Arrow)
    assert new.start == Binding(to="x", gap=4.0, focus=1.0)


def test_hostile_names_are_names_or_nothing(client: Client) -> None:
    """No property of JavaScript's, no path, no other board's keys."""
    for id_ in ("__proto__", "..%2f..%2fx", "a%00b", "x" * 33, "é", "{x}"):
        assert client.put(id_, json=BOX).status_code in (404, 405, 422), id_
    assert client.put("constructor", json=BOX).status_code == 201
    assert client.get("constructor").json()["id"] == "constructor"
