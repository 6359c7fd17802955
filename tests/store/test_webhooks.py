"""Which boards have webhooks, as workers find them that look while one is made."""

from __future__ import annotations

from inkwire.rooms.webhooks import Webhook
from inkwire.store.redis_store import RedisBoardStore

HOOK = Webhook(id="hook", url="https://hooks.example/", secret="whsec_" + "a" * 32, created=1)


async def test_who_looked_too_early_does_not_make_a_webhook_forgotten(
    store: RedisBoardStore,
) -> None:
    """It found none, then one was made, then it took the board from the list."""
    board = (await store.create_board("", 0)).id
    assert await store.webhooks.of(board) == []
    await store.webhooks.add(board, HOOK)
    await store.webhooks.forget(board)
    assert board in await store.webhooks.boards()


async def test_a_board_without_webhooks_is_taken_from_the_list(store: RedisBoardStore) -> None:
    board = (await store.create_board("", 0)).id
    await store.webhooks.add(board, HOOK)
    assert await store.webhooks.remove(board, HOOK.id)
    await store.webhooks.forget(board)
    assert board not in await store.webhooks.boards()
