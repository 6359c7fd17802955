"""Whose boards there are, their links, and changes that are made only if nothing changed."""

from __future__ import annotations

import pytest

from inkwire.errors import BoardNotFound, Refusal
from inkwire.protocol.ops import Delete, Put
from inkwire.store.board_register import Owned
from inkwire.store.board_store import Applied, Changed, Duplicate
from inkwire.store.once import Earlier
from inkwire.store.redis_store import RedisBoardStore
from tests.harness.wire import rectangle
from tests.store.pushing import Author, new_author

KEY = "ik_" + "Aa0" * 9


async def test_an_owner_s_boards_are_listed_page_by_page(store: RedisBoardStore) -> None:
    """Also those of one moment; none twice, none left out."""
    owner = KEY + "list"
    made = [(await store.create_board("", at, owner=owner)).id for at in (5, 7, 7, 7, 9)]
    found: list[Owned] = []
    while page := await store.register.owned(owner, found[-1] if found else None, 2):
        found += page
    assert sorted(each.board for each in found) == sorted(made)
    assert [each.made_ms for each in found] == [5, 7, 7, 7, 9]
    assert await store.role_of(made[0], owner) == "owner"
    assert await store.register.owned(KEY + "nobody", None, 9) == []


async def test_the_same_request_makes_one_board(store: RedisBoardStore) -> None:
    first = await store.create_board("Plan", 5, owner=KEY, request="one")
    again = await store.create_board("Plan", 6, owner=KEY, request="one")
    other = await store.create_board("Plan", 6, owner=KEY, request="two")
    assert (again.id, again.links) == (first.id, first.links)
    assert other.id != first.id
    assert not set(other.links.values()) & set(first.links.values())
    meta = await store.board(first.id)
    assert meta is not None
    assert (meta.epoch, meta.created_ms) == (first.epoch, 5)


async def test_links_come_and_go(store: RedisBoardStore) -> None:
    board = (await store.create_board("", 0)).id
    made = await store.register.add_link(board, "commenter", "a-token")
    assert await store.role_of(board, "a-token") == "commenter"
    assert made in await store.register.links(board)
    assert len(await store.register.hashes(board)) == 4
    assert await store.register.withdraw_link(board, made.id)
    assert not await store.register.withdraw_link(board, made.id)
    assert await store.role_of(board, "a-token") is None
    with pytest.raises(BoardNotFound):
        await store.register.links("doesNotExist1234")


async def test_a_deleted_board_leaves_nothing(store: RedisBoardStore) -> None:
    author = await new_author(store)
    await author.push(Put(rectangle("a")))
    await store.board_files.add(author.board, "0" * 64, 5)
    await store.register.delete(author.board)
    assert await store.board(author.board) is None
    with pytest.raises(BoardNotFound):
        await author.push(Put(rectangle("b")))
    keys = await store._reads.call("KEYS", f"*{author.board}*")
    assert keys == []
    with pytest.raises(BoardNotFound):
        await store.register.delete(author.board)


async def test_an_archived_board_takes_nothing_and_says_so(store: RedisBoardStore) -> None:
    author = await new_author(store)
    await author.push(Put(rectangle("a")))
    await store.register.archive(author.board, archived=True)
    meta = await store.board(author.board)
    assert meta is not None
    assert meta.archived
    with pytest.raises(Refusal) as refused:
        await author.push(Delete("a"))
    assert refused.value.code == "forbidden"
    assert isinstance(await author.send(1, [Put(rectangle("a"))]), Duplicate)
    await store.register.archive(author.board, archived=False)
    assert await author.push(Delete("a")) == 2


async def test_a_change_is_made_only_if_nothing_has_changed(store: RedisBoardStore) -> None:
    """All or nothing, also of what is guarded with it."""
    author = await new_author(store)
    await author.push(Put(rectangle("a")), Put(rectangle("b")))

    async def attempt(must_be: dict[str, int | None]) -> object:
        result = await store.commit(
            author.board,
            cid=author.cid,
            n=author.n + 1,
            gesture="",
            person="person-01",
            at_ms=0,
            ops=[Delete("a"), Put(rectangle("c"))],
            must_be=must_be,
        )
        return type(result)

    for wrong in ({"a": 2}, {"a": None}, {"c": 1}, {"a": 1, "b": 9}, {"nobody": 1}):
        assert await attempt(dict(wrong)) is Changed
    assert set(await store.elements.find(author.board, "a", "b", "c")) == {"a", "b"}
    assert await attempt({"a": 1, "b": 1, "c": None}) is Applied
    found = await store.elements.find(author.board, "a", "b", "c")
    assert {id_: each.seq for id_, each in found.items()} == {"b": 1, "c": 2}


async def test_pages_of_elements_go_by_paint_order(store: RedisBoardStore) -> None:
    author: Author = await new_author(store)
    ids = [f"e{k}" for k in range(25)]
    await author.push(*(Put(rectangle(id_)) for id_ in reversed(ids)))
    found: list[str] = []
    after = None
    while True:
        page = await store.elements.page(author.board, after, 10)
        found += [each.element.id for each in page.elements]
        after = page.last
        if after is None:
            break
    assert found == sorted(ids)
    with pytest.raises(BoardNotFound):
        await store.elements.page("doesNotExist1234", None, 10)


async def test_a_request_is_known_when_it_comes_again(store: RedisBoardStore) -> None:
    scope = (await store.create_board("", 0)).id
    assert await store.once.begin(scope, "r1", b"asked") is None
    assert await store.once.begin(scope, "r1", b"asked") == Earlier(same=True, answer=None)
    await store.once.answered(scope, "r1", b"asked", b"told")
    assert await store.once.begin(scope, "r1", b"asked") == Earlier(same=True, answer=b"told")
    assert await store.once.begin(scope, "r1", b"else") == Earlier(same=False, answer=b"told")
    await store.once.forget(scope, "r1")
    assert await store.once.begin(scope, "r1", b"else") is None
