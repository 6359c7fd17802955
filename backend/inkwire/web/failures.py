"""Every error as JSON: ``{"error": words, "where"?: place}`` and the status that says what to do."""

from __future__ import annotations

import math

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from inkwire.errors import (
    BadFile,
    BoardNotFound,
    InkwireError,
    Refusal,
    TooLarge,
    WrongType,
)
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.web.site import NoToken

_STATUS_OF_REFUSAL = {
    RefusalCode.FORBIDDEN: 403,
    RefusalCode.INVALID: 422,
    RefusalCode.RATE: 429,
    RefusalCode.BOARD_FULL: 409,
    RefusalCode.STORE_FULL: 507,
}


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
        case BadFile():
            return 422
        case Refusal():
            return _STATUS_OF_REFUSAL.get(RefusalCode(error.code), 503)
        case _:
            return 400


def answer_failures(app: FastAPI) -> None:
    """Makes every error of the application an answer in JSON."""
    app.add_exception_handler(InkwireError, _inkwire_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _fault)


async def _inkwire_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, InkwireError):
        raise error
    status = status_of(error)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Refusal) and error.retryable:
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    body = {"error": str(error)}
    if isinstance(error, BadFile) and error.where:
        body = {"error": str(error).removeprefix(f"{error.where}: "), "where": error.where}
    return JSONResponse(body, status, headers)


async def _invalid_request(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return JSONResponse({"error": str(first["msg"]), "where": where}, 422)


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


async def _fault(request: Request, error: Exception) -> JSONResponse:
    logs.error("request.fault", method=request.method, kind=type(error).__name__)
    return JSONResponse({"error": "A fault of the server; its log says more."}, 500)
