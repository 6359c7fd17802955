"""What an export may be asked for: [X1] to [X6] of docs/api.md."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from inkwire.client import connect
from inkwire.protocol import elements as kinds
from inkwire.protocol.ops import Put, Retitle
from inkwire.services.export_formats import FORMATS
from inkwire.web.export_request import MOST_CHOSEN
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer

DRAWING: list[Any] = [
    kinds.Rectangle(id="near", z="a1", place=(0.0, 0.0, 100.0, 50.0, 0.0)),
    kinds.TextElement(
        id="label", z="a2", place=(10.0, 10.0, 40.0, 25.0, 0.0), text="near", container="near"
    ),
    kinds.Frame(id="frame", z="a3", place=(500.0, 0.0, 200.0, 100.0, 0.0), name="Area"),
    kinds.TextElement(
        id="inside", z="a4", place=(510.0, 10.0, 40.0, 25.0, 0.0), text="inside", frame="frame"
    ),
    kinds.TextElement(id="over", z="a5", place=(690.0, 10.0, 40.0, 25.0, 0.0), text="over"),
    kinds.TextElement(id="far", z="a6", place=(5000.0, 0.0, 40.0, 25.0, 0.0), text="far"),
]
EVERYTHING = {"near", "label", "frame", "inside", "over", "far"}


@pytest.fixture
async def drawn(server: Server, board: NewBoard) -> NewBoard:
    async with await connect(server.link(board)) as author:
        await author.push([Put(element) for element in DRAWING])
    return board


def get(server: Server, board: NewBoard, kind: str, role: str = "viewer", **query: Any) -> Any:
    headers = bearer(board.links[role].token) if role else {}
    headers |= query.pop("headers", {})
    url = f"{server.base}/api/boards/{board.id}/export.{kind}"
    return patient.get(url, params=query, headers=headers, timeout=60)


def ids_in(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {each["id"] for each in answer.json()["elements"]}


def test_x2_a_part_of_a_board(server: Server, drawn: NewBoard) -> None:
    """[X2] Some elements, the inside of a frame, a box of the board, and what is in all of them."""
    assert ids_in(get(server, drawn, "json")) == EVERYTHING
    assert ids_in(get(server, drawn, "json", ids="near,far,gone")) == {"near", "label", "far"}
    assert ids_in(get(server, drawn, "json", frame="frame")) == {"frame", "inside", "over"}
    assert ids_in(get(server, drawn, "json", region="-5,-5.5,60,60")) == {"near", "label"}
    assert ids_in(get(server, drawn, "json", region="0,0,1000,500", ids="far,over")) == {"over"}
    both = get(server, drawn, "json", region="0,0,10,10", frame="frame")
    assert (both.status_code, both.json()["where"]) == (422, "query.region")


def test_x3_a_picture_looks_as_it_is_asked_to(server: Server, drawn: NewBoard) -> None:
    """[X3] A frame's inside without its outline, exactly its box; padding and scale around it."""

    def root(**query: Any) -> ElementTree.Element:
        answer = get(server, drawn, "svg", **query)
        assert answer.status_code == 200, answer.text
        return ElementTree.fromstring(answer.content)  # noqa: S314  # our own

    framed = root(frame="frame", scale=2)
    assert framed.get("viewBox") == "500 0 200 100"
    assert (framed.get("width"), framed.get("height")) == ("400", "200")
    words = [each.text for each in framed.iter() if each.tag.endswith("text")]
    assert words == ["inside", "over"]
    assert root(region="10,20,30,40", padding=5).get("viewBox") == "5 15 40 50"
    assert b"#121212" in get(server, drawn, "svg", theme="dark").content
    assert b"#121212" not in get(server, drawn, "svg", theme="dark", background=False).content


WRONG = [
    ("scale", "101"),
    ("scale", "nan"),
    ("scale", "inf"),
    ("scale", "0"),
    ("padding", "-1"),
    ("padding", "1001"),
    ("theme", "blue"),
    ("background", "perhaps"),
    ("region", "1,2,3"),
    ("region", "0,0,0,5"),
    ("region", "0,0,9999999999,5"),
    ("region", "0,0,nan,5"),
    ("region", "0,0,1e3,5"),
    ("region", "٣,٣,٣,٣"),
    ("ids", "a,,b"),
    ("ids", "<b>"),
    ("ids", "../x"),
    ("frame", "a b"),
    ("frame", "gone"),
    ("frame", "near"),
    ("colour", "red"),
]


def test_x3_a_wrong_option_is_named(server: Server, drawn: NewBoard) -> None:
    """[X3] 422, and where."""
    asked = [("svg", *wrong) for wrong in WRONG]
    for kind, name, value in [*asked, *((form.extension, *WRONG[0]) for form in FORMATS)]:
        answer = get(server, drawn, kind, **{name: value})
        assert answer.status_code == 422, (kind, name, value)
        body = answer.json()
        assert body["error"]
        assert body["where"] == f"query.{name}", (kind, name, value)
    url = f"{server.base}/api/boards/{drawn.id}/export.svg"
    for ids in ([], ["<b>"], [f"id{n}" for n in range(MOST_CHOSEN + 1)]):
        assert patient.post(url, json={"ids": ids}, headers=bearer(drawn.token)).status_code == 422


async def test_x4_what_has_not_changed_is_not_sent_again(server: Server, drawn: NewBoard) -> None:
    """[X4] 304 until the board or an option is another."""
    tags = {}
    for form in FORMATS:
        first = get(server, drawn, form.extension)
        tags[form.extension] = tag = first.headers["ETag"]
        assert "no-cache" in first.headers["Cache-Control"]
        for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
            again = get(server, drawn, form.extension, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == tag
    assert len(set(tags.values())) == len(FORMATS)
    known = {"If-None-Match": tags["json"]}
    for query in ({"theme": "dark"}, {"ids": "near"}, {"frame": "frame"}, {"scale": 2}):
        assert get(server, drawn, "json", headers=known, **query).status_code == 200, query
    assert get(server, drawn, "json", headers={"If-None-Match": '"x"'}).status_code == 200
    async with await connect(server.link(drawn)) as author:
        await author.push([Retitle("another")])
    for extension in ("json", "png"):
        answer = get(server, drawn, extension, headers={"If-None-Match": tags[extension]})
        assert answer.status_code == 200
        assert answer.headers["ETag"] not in tags.values()


def test_x5_an_address_of_a_picture(server: Server, drawn: NewBoard) -> None:
    """[X5] A viewer's token in the address opens an export for any page; no other role's, nothing else."""
    token = drawn.links["viewer"].token
    for form in FORMATS:
        answer = get(server, drawn, form.extension, "", token=token)
        assert answer.status_code == 200
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Content-Disposition"].startswith("inline; ")
    by_header = get(server, drawn, form.extension)
    assert by_header.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert by_header.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["ETag"] == by_header.headers["ETag"]
    assert get(server, drawn, "svg", "").status_code == 401
    assert get(server, drawn, "svg", "", token="wrong").status_code == 404
    assert get(server, drawn, "svg", "", token=server.create_board().token).status_code == 404
    for role in ("owner", "editor"):
        refused = get(server, drawn, "svg", "", token=drawn.links[role].token)
        assert refused.status_code == 403
        assert "viewer" in refused.json()["error"]
    url = f"{server.base}/api/boards/{drawn.id}"
    assert patient.get(url, params={"token": drawn.links["viewer"].token}).status_code == 401
    assert drawn.links["viewer"].token not in server.log_path.read_text()


def test_x6_ranges_are_not_served(server: Server, drawn: NewBoard) -> None:
    """[X6] However many are asked for, the answer is the whole."""
    ranges = ",".join(f"{n}-{n}" for n in range(5_000))
    for kind in ("json", "svg", "png"):
        answer = get(server, drawn, kind, headers={"Range": f"bytes={ranges[:30_000]}"})
        assert answer.status_code == 200
        assert answer.headers["Accept-Ranges"] == "none"
