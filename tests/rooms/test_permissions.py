"""Who may do what: every kind of op and every role has its cell."""

from __future__ import annotations

from typing import get_args

import pytest

from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Ink, Laser, LiveState
from inkwire.protocol.ops import Delete, Op, Put, Retitle, SetProps
from inkwire.protocol.scalars import Role
from inkwire.rooms.permissions import MAY_PUSH, ROLES, may_push, may_show, may_write

STROKE = Freedraw(id="s", place=(0.0, 0.0, 1.0, 1.0, 0.0), z="a0", points=b"")
EXPECTED: dict[type, set[Role]] = {
    Put: {"owner", "editor"},
    SetProps: {"owner", "editor"},
    Delete: {"owner", "editor"},
    Retitle: {"owner", "editor"},
}


def test_every_kind_of_op_has_a_row() -> None:
    """[C10] A new kind of op without a row here and there fails."""
    assert set(get_args(Op)) == set(MAY_PUSH) == set(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_as_declared(role: Role) -> None:
    """[C10] Who may push, cell by cell."""
    assert may_push(role, [Delete("x"), Retitle("y"), Put(STROKE)]) == (role in EXPECTED[Put])
    assert may_write(role) == (role in EXPECTED[Put])
    for kind, roles in EXPECTED.items():
        assert (role in MAY_PUSH[kind]) == (role in roles)


@pytest.mark.parametrize("role", ROLES)
def test_who_cannot_draw_shows_no_drawing(role: Role) -> None:
    """[L5] A viewer has a cursor and a laser, no ink, drafts or moves, and calls nobody."""
    state = LiveState(
        cursor=(1.0, 2.0),
        selection=("a",),
        viewport=(0.0, 0.0, 1.0, 1.0),
        tool="hand",
        ink=(Ink(id="s", offset=0, data=b"\x00\x04", element=STROKE),),
        ended=("t",),
        drafts=(STROKE,),
        moves=(("a", STROKE.place),),
        laser=Laser(trail=1, points=b"\x02\x03"),
        spotlight=1,
        following="person-b",
        availability="idle",
    )
    shown = may_show(role, state)
    if role in EXPECTED[Put]:
        assert shown == state
    else:
        assert shown == LiveState(
            cursor=(1.0, 2.0),
            selection=("a",),
            viewport=(0.0, 0.0, 1.0, 1.0),
            tool="hand",
            laser=Laser(trail=1, points=b"\x02\x03"),
            following="person-b",
            availability="idle",
        )
