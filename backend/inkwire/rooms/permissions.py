"""Who may do what, as one table. Every kind of op has a row; a test fails for one that has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from msgspec.structs import replace

from inkwire.protocol.frames import LiveState
from inkwire.protocol.ops import Delete, Op, Put, Retitle, SetProps
from inkwire.protocol.scalars import Role

ROLES: Final[tuple[Role, ...]] = get_args(Role)
WRITERS: Final[frozenset[Role]] = frozenset({"owner", "editor"})

MAY_PUSH: Final[dict[type, frozenset[Role]]] = {
    Put: WRITERS,
    SetProps: WRITERS,
    Delete: WRITERS,
    Retitle: WRITERS,
}
"""Which roles may push an op of each kind."""


def may_push(role: Role, ops: Iterable[Op]) -> bool:
    """Whether the role may push all of the ops."""
    return all(role in MAY_PUSH[type(op)] for op in ops)


def may_write(role: Role) -> bool:
    """Whether the role may change the board at all, for example by an import."""
    return role in WRITERS


def may_manage(role: Role) -> bool:
    """Whether the role may decide who gets in, who is told, and whether the board stays."""
    return role == "owner"


def may_show(role: Role, state: LiveState) -> LiveState:
    """What of a live state the role may show.

    Who cannot draw has no ink, drafts or moves, and does not call everybody; a laser leaves nothing.
    """
    if role in WRITERS:
        return state
    return replace(state, ink=(), ended=(), drafts=None, moves=None, spotlight=None)
