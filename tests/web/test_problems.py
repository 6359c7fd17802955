"""Errors as problem details (RFC 9457), whatever part of the server says no."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from inkwire.errors import BadFile, InkwireError, Refusal, StoreUnavailable
from inkwire.protocol.codes import RefusalCode
from inkwire.web.failures import answer_failures, name_of
from inkwire.web.problems import TITLES, TYPE
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server

WRONG = {
    "no token": ("GET", "/api/boards/{id}", {}, None, 401, "no-token"),
    "a wrong token": ("GET", "/api/boards/{id}", {"Authorization": "Bearer x"}, None, 404, "not-found"),
    "no such address": ("GET", "/api/nothing", {}, None, 404, "not-found"),
    "no such page": ("GET", "/nothing.js", {}, None, 404, "not-found"),
    "a wrong method": ("PUT", "/api/boards", {}, None, 405, ""),
    "too large a body": ("POST", "/api/boards", {}, b" " * 70_000, 413, "too-large"),
    "a wrong body": ("POST", "/api/boards", {}, b'{"title": 5}', 422, "invalid"),
    "no JSON": ("POST", "/api/boards", {}, b"{", 422, "invalid"),
    "too large a head": ("GET", "/", {"X-Long": "x" * 40_000}, None, 431, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_every_no_is_a_problem(server: Server, board: NewBoard, name: str) -> None:
    method, path, headers, body, status, kind = WRONG[name]
    answer = patient.request(
        method,
        server.base + path.format(id=board.id),
        headers={"Content-Type": "application/json", **headers},
        content=body,
    )
    assert answer.status_code == status
    assert_is_problem(answer, kind)


REFUSALS: dict[str, tuple[InkwireError, int]] = {
    "rate": (Refusal(RefusalCode.RATE, "Too much.", retryable=True, retry_after=2.5), 429),
    "forbidden": (Refusal(RefusalCode.FORBIDDEN, "No."), 403),
    "board-full": (Refusal(RefusalCode.BOARD_FULL, "Full."), 409),
    "store-full": (Refusal(RefusalCode.STORE_FULL, "Full.", retryable=True), 507),
    "unavailable": (StoreUnavailable("Away.", retry_after=1.0), 503),
    "bad-file": (BadFile("no number", "elements[3].x"), 422),
    "fault": (InkwireError("?"), 500),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_says_its_name_and_when_to_come_again(name: str) -> None:
    error, status = REFUSALS[name]
    app = FastAPI()
    answer_failures(app)

    @app.get("/")
    async def refused() -> None:
        raise error if name != "fault" else RuntimeError("broken")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.get("/")
    assert answer.status_code == status
    told = assert_is_problem(answer, name)
    if isinstance(error, Refusal) and error.retryable:
        assert int(answer.headers["Retry-After"]) >= max(1, error.retry_after)
    if isinstance(error, BadFile):
        assert (told["detail"], told["where"]) == ("no number", "elements[3].x")


def test_every_code_of_a_refusal_has_a_title() -> None:
    for code in RefusalCode:
        assert name_of(Refusal(code, "")) == code
        assert TITLES[code]


def assert_is_problem(answer: httpx.Response, kind: str) -> dict[str, object]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, object] = answer.json()
    assert told["type"] == (f"{TYPE}{kind}" if kind else "about:blank")
    assert told["status"] == answer.status_code
    assert isinstance(told["title"], str)
    assert told["title"]
    assert told["detail"] == told["error"]
    assert told["detail"]
    return told
