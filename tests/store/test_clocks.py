"""What the store's own clock shows must not matter: nothing asks it."""

from __future__ import annotations

import redis

from inkwire.protocol.ops import Delete, Put
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import BOARDS, board_keys
from inkwire.store.redis_store import RedisBoardStore
from tests.store.drawings import rectangle
from tests.store.pushing import Author, log_after, new_author, stored

ASKING = ("time", "expire", "pexpire", "expireat", "pexpireat", "setex", "psetex")


async def test_s14_the_store_s_clock_is_not_asked(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    """No key is forgotten by time, commits are named by their numbers, no command tells or sets a time."""
    maker = await new_author(own_store)
    arrival = await own_store.arrive(maker.board, "page", 0)
    author = Author(own_store, maker.board, arrival=arrival)
    while await author.push(Put(rectangle("a")), Delete("b")) % 256:  # trimmed and swept
        pass
    await own_store.digest(author.board)
    assert len(await log_after(own_store, author.board)) == 256
    assert set(await stored(own_store, author.board)) == {"a"}
    with redis.Redis.from_url(own_server.url) as raw:
        used = {name.removeprefix("cmdstat_") for name in raw.info("commandstats")}
        assert not used & set(ASKING), used
        keys = {key.decode() for key in raw.scan_iter("inkwire:*")}
        assert keys >= {BOARDS, board_keys(author.board).acks, board_keys(author.board).log}
        assert {raw.ttl(key) for key in keys} == {-1}
        assert [entry for entry, _ in raw.xrange(board_keys(author.board).log, count=2)] == [
            b"1-0",
            b"2-0",
        ]
