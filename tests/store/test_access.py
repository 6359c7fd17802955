"""Capabilities: unguessable, kept as hashes, compared in constant time."""

from __future__ import annotations

import hmac
import math
from collections import Counter

import msgspec
import pytest
import redis

from inkwire.access import tokens
from inkwire.access.links import board_url
from inkwire.assets.folder import FolderFiles
from inkwire.client.address import Address
from inkwire.protocol.scalars import BoardId, Epoch, Token
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore


async def test_each_link_has_its_role(store: RedisBoardStore) -> None:
    board = await store.create_board("Plans", 7)
    assert set(board.links) == {"owner", "editor", "viewer"}
    for role, token in board.links.items():
        assert await store.role_of(board.id, token) == role
    commenter = await store.add_link(board.id, "commenter")
    assert await store.role_of(board.id, commenter) == "commenter"
    assert await store.role_of(board.id, board.links["owner"]) == "owner"


@pytest.mark.parametrize("token", ["", "x", "\0", "ü" * 500, tokens.hashed("x")])
async def test_no_other_word_opens(store: RedisBoardStore, token: str) -> None:
    """Nor the hash that is stored, nor another board's token, nor anything for no board."""
    board = await store.create_board("", 0)
    other = await store.create_board("", 0)
    assert await store.role_of(board.id, token) is None
    assert await store.role_of(board.id, other.links["owner"]) is None
    assert await store.role_of(board.id, tokens.hashed(board.links["owner"])) is None
    assert await store.role_of("nosuchboard", board.links["owner"]) is None


async def test_no_token_lies_in_the_store(
    store: RedisBoardStore, raw: redis.Redis, server: EmbeddedStore
) -> None:
    board = await store.create_board("", 0)
    token = board.links["owner"].encode()
    written = b"".join(file.read_bytes() for file in server.folder.store.rglob("*.aof"))
    assert board.id.encode() in written
    assert token not in written
    assert raw.exists(token) == 0


async def test_boards_are_listed_oldest_first(store: RedisBoardStore) -> None:
    made = [await store.create_board(f"B{k}", -k) for k in range(300)]
    found = [each async for each in store.boards()]
    ids = [each.id for each in found]
    assert [each.created_ms for each in found] == sorted(each.created_ms for each in found)
    assert len(set(ids)) == len(ids)
    assert {each.id for each in made} <= set(ids)


def test_ids_and_tokens_are_what_the_protocol_allows() -> None:
    for _ in range(200):
        msgspec.convert(tokens.new_id(), BoardId)
        msgspec.convert(tokens.new_epoch(), Epoch)
        msgspec.convert(tokens.new_token(), Token)


def test_ids_cannot_be_guessed() -> None:
    """10,000 ids: all different, long enough for 128 bits, every sign about equally often."""
    ids = [tokens.new_id() for _ in range(10_000)]
    assert len(set(ids)) == len(ids)
    length = len(ids[0])
    assert length * math.log2(62) >= 128
    counts = Counter("".join(ids))
    expected = len(ids) * length / 62
    chi_squared = sum((count - expected) ** 2 / expected for count in counts.values())
    assert len(counts) == 62
    assert chi_squared < 61 + 6 * math.sqrt(2 * 61)  # six standard deviations


def test_every_hash_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many comparisons for a hit, a miss; and one for a board that does not exist."""
    compared: list[str] = []
    real = hmac.compare_digest

    def counting(one: str, two: str) -> bool:
        compared.append(one)
        return real(one, two)

    monkeypatch.setattr(hmac, "compare_digest", counting)
    known = {tokens.hashed(word): word for word in ("a", "b", "c")}
    for given, role, count in (("a", "a", 4), ("c", "c", 4), ("x", None, 4)):
        compared.clear()
        assert tokens.find(known, given) == role
        assert len(compared) == count
    assert tokens.find({}, "x") is None
    assert tokens.find({}, "nobody") is None


def test_a_link_is_what_clients_read() -> None:
    url = board_url("https://draw.example.org/", "board-01", "to.k-e_n")
    assert Address.parse(url) == Address("https://draw.example.org", "board-01", "to.k-e_n")


async def test_pictures_are_kept_once_under_their_hash(store: RedisBoardStore) -> None:
    files = store.files
    assert isinstance(files, FolderFiles)
    one = await files.put(b"picture")
    assert await files.put(b"picture") == one
    assert await files.get(one) == b"picture"
    assert await files.get("0" * 64) is None
    for name in ("", "../../lock", one.upper(), one + "\n", f"{one[:2]}/{one}"):
        assert await files.get(name) is None
