"""Telling the receivers of webhooks what a board's feed tells, in order, by whichever worker comes first.

Nothing is queued: what a receiver has not been told stands in the feed, and the store knows how far it is. A
worker claims a receiver for a while, tells it, and notes each message that arrived; when the worker dies the claim
ends, and another goes on from there. A message that arrived but could not be noted comes twice, with the same id.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from inkwire.errors import InkwireError, Refusal
from inkwire.live.clock import Clock
from inkwire.live.outgoing import NotSent, Outgoing, Sent
from inkwire.observe import logs, metrics
from inkwire.rooms.activity import Event, event_id
from inkwire.rooms.webhooks import (
    Progress,
    Webhook,
    after_failure,
    after_success,
    message,
    retry_in_ms,
    signature,
)
from inkwire.store.board_store import BoardStore
from inkwire.store.webhook_log import Standing

SWEEP_SECONDS: Final = 5.0
"""How often a worker looks for what is due, for what others left, and for new webhooks."""
FIRST_RETRY_SECONDS: Final = 5.0
CLAIM_SECONDS: Final = 30.0
"""How long a claim holds without a sign; longer than one message may take."""
WAKE_TRIES: Final = 50
"""How often a test that arrived asks for the claim, to note that the receiver is there again."""
WAKE_STEP_SECONDS: Final = 0.1
CLOSE_SECONDS: Final = 5.0
"""How long a worker that stops waits for what is under way."""
AT_ONCE: Final = 16
"""Receivers that one worker tells at a time."""
PAGE: Final = 100
"""Events read at once: far less than 1 MiB."""
MISSED: Final = "missed"
"""The type of a message that says how many events the feed forgot before their turn came."""
_event: Final = msgspec.json.Decoder(Event)
_json: Final = msgspec.json.Encoder().encode


class _Message(NamedTuple):
    number: int
    id: str
    kind: str
    at_ms: int
    data: msgspec.Raw


class Webhooks:
    """One worker's part. ``home`` is its name among the others."""

    def __init__(self, store: BoardStore, clock: Clock, home: str, outgoing: Outgoing) -> None:
        self._store = store
        self._log = store.webhooks
        self._clock = clock
        self._home = home
        self._outgoing = outgoing
        self._hooked: frozenset[str] = frozenset()
        self._marked: set[str] = set()
        self._woken = asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._telling: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to look."""
        self._task = asyncio.create_task(self._run(), name="webhooks")

    async def close(self) -> None:
        """Lets what is under way arrive, for a few seconds."""
        self._closing = True
        if self._task is not None:
            self._task.cancel()
        if self._telling:
            await asyncio.wait(self._telling.values(), timeout=CLOSE_SECONDS)
        for task in list(self._telling.values()):
            task.cancel()

    def note(self, board: str) -> None:
        """The board's feed has something new."""
        if board in self._hooked:
            self._mark(board)

    def changed(self, board: str) -> None:
        """The board got a webhook; the other workers find out by themselves."""
        self._hooked |= {board}

    async def test(self, board: str, webhook: Webhook) -> tuple[str, int]:
        """Sends a message of the type ``ping`` now; gives what went wrong, in words, and the status.

        A receiver that was given up is told again from here on.
        """
        now = self._clock.wall_ms()
        data = msgspec.Raw(_json({"board": board}))
        ping = _Message(0, f"{webhook.id}-{now}", "ping", now, data)
        try:
            sent = await self._post(webhook, ping)
        except (NotSent, Refusal) as error:
            return str(error), getattr(error, "status", 0)
        standing = await self._claimed_soon(board, webhook.id)
        if standing is not None:
            progress = after_success(standing.progress, standing.progress.number, now)
            await self._log.note(board, webhook.id, self._home, progress)
            self._mark(board)
        return "", sent.status

    # --- finding what is due --------------------------------------------------------------------

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        sweep_at = loop.time() + random.uniform(0, SWEEP_SECONDS)  # noqa: S311
        while True:
            try:
                async with asyncio.timeout_at(sweep_at):
                    await self._woken.wait()
            except TimeoutError:
                sweep_at = loop.time() + SWEEP_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311
                self._marked |= await self._all()
            self._woken.clear()
            boards, self._marked = self._marked, set()
            for board in boards:
                try:
                    await self._look(board)
                except InkwireError as error:  # the next sweep comes
                    logs.warning("webhooks.not-looked", board=board, reason=str(error))
                    break

    async def _all(self) -> frozenset[str]:
        try:
            self._hooked = frozenset(await self._log.boards())
        except InkwireError as error:
            logs.warning("webhooks.not-looked", reason=str(error))
        return self._hooked

    async def _look(self, board: str) -> None:
        last, standing = await asyncio.gather(self._log.last_event(board), self._log.of(board))
        if last is None or not standing:
            await self._log.forget(board)
            self._hooked -= {board}
            return
        now = self._clock.wall_ms()
        for each in standing:
            key = board, each.webhook.id
            if _due(each.progress, last, now) and key not in self._telling and not self._closing:
                self._telling[key] = asyncio.create_task(
                    self._tell(board, each.webhook), name="webhook"
                )

    # --- telling --------------------------------------------------------------------------------

    async def _tell(self, board: str, webhook: Webhook) -> None:
        """Tells one receiver everything that it has not been told, until a message fails."""
        at_it = False
        try:
            async with self._slots:
                standing = await self._claimed(board, webhook.id)
                if standing is None:
                    return
                at_it = True
                progress = standing.progress
                if _due(progress, -1, self._clock.wall_ms()):
                    progress = await self._tell_on(board, webhook, progress)
                await self._log.note(board, webhook.id, self._home, progress)
        except InkwireError as error:
            logs.warning("webhooks.not-told", board=board, reason=str(error))
        except Exception:
            logs.error("webhooks.fault", board=board)
        finally:
            self._telling.pop((board, webhook.id), None)
            if at_it:  # what came at the end of it found somebody still at work
                self._mark(board)

    def _mark(self, board: str) -> None:
        self._marked.add(board)
        self._woken.set()

    async def _claimed(self, board: str, id_: str) -> Standing | None:
        """How far the receiver is, once nobody else is at it; None: somebody is, or it is gone."""
        if not await self._log.claim(board, id_, self._home, round(CLAIM_SECONDS * 1000)):
            return None
        return next((each for each in await self._log.of(board) if each.webhook.id == id_), None)

    async def _claimed_soon(self, board: str, id_: str) -> Standing | None:
        """The same, once a worker that only looks is through; None: one is telling, or it is gone."""
        for _ in range(WAKE_TRIES):
            if (found := await self._claimed(board, id_)) is not None:
                return found
            await asyncio.sleep(WAKE_STEP_SECONDS)
        return None

    async def _tell_on(self, board: str, webhook: Webhook, progress: Progress) -> Progress:
        """Where the receiver stands when there is nothing more, or a message failed."""
        epoch, last = await asyncio.gather(self._log.epoch(board), self._log.last_event(board))
        if progress.number > (last or 0):  # a backup was put back
            progress = replace(progress, number=last or 0)
        keep = round(CLAIM_SECONDS * 1000)
        while page := await self._store.activity.after(board, progress.number, PAGE):
            for each in _messages(board, epoch, progress.number, page, self._clock.wall_ms()):
                if webhook.types and each.kind not in (*webhook.types, MISSED):
                    progress = replace(progress, number=each.number)
                    continue
                try:
                    await self._post(webhook, each)
                except (NotSent, Refusal) as error:
                    return self._failed(progress, error)
                progress = after_success(progress, each.number, self._clock.wall_ms())
                noted = await self._log.note(board, webhook.id, self._home, progress, keep)
                if not noted or self._closing:
                    return progress
        return progress

    def _failed(self, progress: Progress, error: InkwireError) -> Progress:
        status = getattr(error, "status", 0)
        wait = retry_in_ms(
            progress.failures + 1,
            random.random(),  # noqa: S311
            first_ms=round(FIRST_RETRY_SECONDS * 1000),
            asked_ms=round(getattr(error, "retry_after_s", 0.0) * 1000),
        )
        now = self._clock.wall_ms()
        return after_failure(progress, str(error), now, wait, gone=status == 410)

    async def _post(self, webhook: Webhook, told: _Message) -> Sent:
        at = datetime.fromtimestamp(told.at_ms / 1000, UTC).isoformat(timespec="milliseconds")
        body = message(told.kind, at.replace("+00:00", "Z"), told.data)
        timestamp = self._clock.wall_ms() // 1000
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Inkwire-Webhooks",
            "webhook-id": told.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(webhook.secret, told.id, timestamp, body),
        }
        try:
            sent = await self._outgoing.post(webhook.url, body, headers)
        except (NotSent, Refusal):
            metrics.WEBHOOKS.labels("failed").inc()
            raise
        metrics.WEBHOOKS.labels("arrived").inc()
        return sent


def _messages(
    board: str, epoch: str, after: int, page: Sequence[tuple[int, bytes]], now_ms: int
) -> Iterator[_Message]:
    """The events as messages; before them one that says how many are forgotten, if some are."""
    first = page[0][0]
    if first > after + 1:
        data = msgspec.Raw(_json({"board": board, "count": first - after - 1}))
        yield _Message(first - 1, f"{event_id(epoch, first - 1)}-{MISSED}", MISSED, now_ms, data)
    for number, raw in page:
        event, id_ = _event.decode(raw), event_id(epoch, number)
        whole = {"id": id_, "board": board, **msgspec.to_builtins(event)}
        yield _Message(number, id_, event.type, event.at, msgspec.Raw(_json(whole)))


def _due(progress: Progress, last: int, now_ms: int) -> bool:
    return not progress.paused and progress.number != last and progress.next_at <= now_ms
