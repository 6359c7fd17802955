"""The API keeps to its own description: requests made out of it, right and wrong ones, get described answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from inkwire.app import create_app
from tests.harness.server import NewBoard, Server

SOAK: Final = "INKWIRE_SOAK" in os.environ
EXAMPLES: Final = int(os.environ.get("INKWIRE_EXAMPLES", 600 if SOAK else 5))
SEED: Final = int(os.environ.get("INKWIRE_SEED", "20261121"))
CHECKS: Final[list[CheckFunction]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ELSEWHERE: Final = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/boards/{board}/webhooks/{webhook}/test",
}
"""Not of boards, or a request of ours to somebody else."""
KEY: Final = "ik_" + "0aZ" * 9


@schemathesis.serializer("application/x-ndjson", "application/octet-stream")
def as_it_is(_context: Any, value: Any) -> bytes:
    """A stream's lines, and files: bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(create_app().openapi())
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        if operation.path not in ELSEWHERE:
            yield pytest.param(operation, id=f"{operation.method} {operation.path}")


@pytest.mark.parametrize("operation", list(operations()))
def test_what_is_answered_is_described(
    server: Server, operation: APIOperation[Any, Any, Any, Any]
) -> None:
    """No fault, no answer that the description does not know. ``INKWIRE_SEED`` repeats a run."""
    print(f"INKWIRE_SEED={SEED}")
    board = server.create_board()
    strategy = operation.as_strategy(
        generation_mode=GenerationMode.POSITIVE
    ) | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.explicit, Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def answers(case: Case[Any]) -> None:
        aim(case, board if operation.method != "delete" else server.create_board())
        response = case.call(base_url=server.base, headers=dict(case.headers))
        # A busy machine's store may be away for a moment: a described answer, and no fault.
        away = response.status_code == 503
        case.validate_response(response, checks=CHECKS[1:] if away else CHECKS)

    answers()


def aim(case: Case[Any], board: NewBoard) -> None:
    """At a board that there is, as its owner; at an element that may be there."""
    if "board" in case.path_parameters:
        case.path_parameters["board"] = board.id
        if "element" in case.path_parameters:
            case.path_parameters["element"] = "a"
        token = board.links["owner"].token
    else:
        token = KEY
    case.headers["Authorization"] = f"Bearer {token}"
    if "follow" in (case.query or {}) or case.path.endswith("/activity"):
        case.query["follow"] = "false"
