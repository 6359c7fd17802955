"""Every error of the application as a problem (``web.problems``) and the status that says what to do."""

from __future__ import annotations

import math
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match

from inkwire.errors import (
    BadFile,
    BoardNotFound,
    Conflict,
    InkwireError,
    KeyReused,
    Outdated,
    Refusal,
    TooLarge,
    WrongType,
)
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.web.problems import TITLES, ProblemResponse, problem
from inkwire.web.site import NoToken

_STATUS_OF_REFUSAL = {
    RefusalCode.FORBIDDEN: 403,
    RefusalCode.INVALID: 422,
    RefusalCode.RATE: 429,
    RefusalCode.BOARD_FULL: 409,
    RefusalCode.STORE_FULL: 507,
}
_NAME_OF_STATUS: Final = {404: "not-found", 413: "too-large", 422: "invalid"}
_PLACES: Final = ("where", "line", "path")
"""What an error may know of the place that it means; each is told under its own name."""


def status_of(error: InkwireError) -> int:
    """The HTTP status that answers an error."""
    match error:
        case NoToken():
            return 401
        case BoardNotFound():
            return 404
        case TooLarge():
            return 413
        case WrongType():
            return 415
        case BadFile() | KeyReused():
            return 422
        case Outdated():
            return 412
        case Conflict():
            return 409
        case Refusal():
            return _STATUS_OF_REFUSAL.get(RefusalCode(error.code), 503)
        case _:
            return 400


def name_of(error: InkwireError) -> str:
    """The problem's name, one of ``problems.TITLES``; empty where the status has to do."""
    match error:
        case NoToken():
            return "no-token"
        case BoardNotFound():
            return "not-found"
        case TooLarge():
            return "too-large"
        case WrongType():
            return "wrong-type"
        case BadFile():
            return "bad-file"
        case Outdated():
            return "changed"
        case Conflict():
            return error.name
        case KeyReused():
            return "key-reused"
        case Refusal() if error.code in TITLES:
            return str(error.code)
        case _:
            return ""


def words_of(error: InkwireError) -> str:
    """What is wrong, without the place, which is told apart."""
    where = error.where if isinstance(error, BadFile) else ""
    return str(error).removeprefix(f"{where}: ") if where else str(error)


def members_of(error: InkwireError) -> dict[str, Any]:
    """Where the mistake is, as far as the error knows it."""
    return {place: getattr(error, place, None) for place in _PLACES}


def problem_of(error: InkwireError) -> dict[str, Any]:
    """The body that answers an error, for who tells it in the middle of a stream."""
    return problem(status_of(error), name_of(error), words_of(error), **members_of(error))


def answer_failures(app: FastAPI) -> None:
    """Makes every error of the application an answer in problem details."""
    app.add_exception_handler(InkwireError, _inkwire_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _fault)


async def _inkwire_error(_request: Request, error: Exception) -> ProblemResponse:
    if not isinstance(error, InkwireError):
        raise error
    return answer_of(error)


def answer_of(error: InkwireError) -> ProblemResponse:
    """The answer to who caused it, or met it."""
    status = status_of(error)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Refusal) and error.retryable:
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    return ProblemResponse(status, name_of(error), words_of(error), headers, **members_of(error))


async def _invalid_request(_request: Request, error: Exception) -> ProblemResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return ProblemResponse(422, "invalid", str(first["msg"]), where=where)


async def _http_error(request: Request, error: Exception) -> ProblemResponse:
    if not isinstance(error, HTTPException):
        raise error
    name = _NAME_OF_STATUS.get(error.status_code, "")
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods_at(request))
    return ProblemResponse(error.status_code, name, str(error.detail), headers)


def _methods_at(request: Request) -> list[str]:
    """What may be done at the address: an error of the router names only the methods of its first route."""
    methods: set[str] = set()
    for part in request.app.routes:
        router = getattr(
            part, "original_router", None
        )  # FastAPI keeps those that it includes as they are
        for route in (part,) if router is None else router.routes:
            match, _ = route.matches(request.scope)
            if match is not Match.NONE:
                methods.update(getattr(route, "methods", None) or ())
    return sorted(methods)


async def _fault(request: Request, error: Exception) -> ProblemResponse:
    logs.error("request.fault", method=request.method, kind=type(error).__name__)
    return ProblemResponse(500, "fault", "A fault of the server; its log says more.")
