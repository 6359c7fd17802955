"""Webhooks over HTTP: the board's owner says who is told what happens."""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from inkwire.access.tokens import new_id
from inkwire.errors import BoardNotFound, Refusal
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.rooms.activity import Kind
from inkwire.rooms.permissions import may_manage
from inkwire.rooms.targets import MAX_URL, target_of
from inkwire.rooms.webhooks import SECRET_BYTES, Webhook, is_secret, new_secret
from inkwire.store.webhook_log import Standing
from inkwire.web.described import errors
from inkwire.web.site import role_in, site_of

_SECRET: Final = re.compile(r"whsec_[A-Za-z0-9+/=]{32,88}")
router = APIRouter(
    prefix="/api/boards/{board}/webhooks", tags=["webhooks"], responses=errors(401, 403, 404, 429)
)


def _sendable(url: str) -> str:
    try:
        target_of(url)
    except Refusal as error:
        raise ValueError(str(error)) from None
    return url


def _secret(text: str) -> str:
    if not (_SECRET.fullmatch(text) and is_secret(text)):
        raise ValueError("a secret is whsec_ and the base64 of 24 to 64 bytes")
    return text


class NewWebhookBody(BaseModel):
    """Who is to be told what. Without ``types`` everything; without ``secret`` one is made."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"url": "https://hooks.example/inkwire", "types": ["drew", "renamed"]}
        },
    )
    url: Annotated[str, Field(max_length=MAX_URL), AfterValidator(_sendable)]
    types: Annotated[list[Kind], Field(max_length=20)] = []
    secret: Annotated[str, AfterValidator(_secret)] | None = None


class WebhookBody(BaseModel):
    """A webhook and how it is doing; times in Unix milliseconds, 0 for never.

    ``failures`` are attempts in a row that failed, ``error`` says why the last one did, ``retry_at`` when the
    next one comes. ``paused`` is empty, or says why nothing is sent any more: a test that arrives ends it.
    """

    id: str
    url: str
    types: list[Kind]
    created: int
    delivered_at: int
    failures: int
    retry_at: int
    error: str
    paused: str


class NewWebhookAnswer(WebhookBody):
    """With the secret that signs its messages, which is shown only this once."""

    secret: str


class TestAnswer(BaseModel):
    """Whether the message arrived; ``status`` is the receiver's, 0 without an answer."""

    arrived: bool
    status: int
    error: str


def _body(standing: Standing) -> WebhookBody:
    webhook, progress = standing
    return WebhookBody(
        id=webhook.id,
        url=webhook.url,
        types=list(webhook.types),
        created=webhook.created,
        delivered_at=progress.delivered_at,
        failures=progress.failures,
        retry_at=progress.next_at,
        error=progress.error,
        paused=progress.paused,
    )


async def _owned(request: Request, board: str) -> None:
    if not may_manage(await role_in(request, board)):
        raise Refusal(RefusalCode.FORBIDDEN, "Only the owner's link may manage webhooks.")


async def _found(request: Request, board: str, webhook: str) -> Standing:
    for standing in await site_of(request).store.webhooks.of(board):
        if standing.webhook.id == webhook:
            return standing
    raise BoardNotFound("The board has no such webhook.")


@router.get("")
async def list_webhooks(request: Request, board: str) -> list[WebhookBody]:
    """The board's webhooks, oldest first."""
    await _owned(request, board)
    return [_body(each) for each in await site_of(request).store.webhooks.of(board)]


@router.post("", status_code=201)
async def create_webhook(request: Request, board: str, body: NewWebhookBody) -> NewWebhookAnswer:
    """Has every event from now on sent to an address; at most 10 for each board."""
    await _owned(request, board)
    site = site_of(request)
    webhook = Webhook(
        id=new_id(),
        url=body.url,
        secret=body.secret or new_secret(secrets.token_bytes(SECRET_BYTES)),
        types=tuple(dict.fromkeys(body.types)),
        created=site.hub.clock.wall_ms(),
    )
    await site.store.webhooks.add(board, webhook)
    site.webhooks.changed(board)
    logs.info("webhook.created", board=board, webhook=webhook.id)
    made = await _found(request, board, webhook.id)
    return NewWebhookAnswer(**_body(made).model_dump(), secret=webhook.secret)


@router.delete("/{webhook}", status_code=204)
async def delete_webhook(
    request: Request, board: str, webhook: Annotated[str, Path(max_length=64)]
) -> None:
    """Nothing more is sent; what is under way may still arrive."""
    await _owned(request, board)
    if not await site_of(request).store.webhooks.remove(board, webhook):
        raise BoardNotFound("The board has no such webhook.")


@router.post("/{webhook}/test")
async def test_webhook(
    request: Request, board: str, webhook: Annotated[str, Path(max_length=64)]
) -> TestAnswer:
    """Sends a message of the type ``ping`` now, and says what became of it."""
    await _owned(request, board)
    standing = await _found(request, board, webhook)
    error, status = await site_of(request).webhooks.test(board, standing.webhook)
    return TestAnswer(arrived=not error, status=status, error=error)
