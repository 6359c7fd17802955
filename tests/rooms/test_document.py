"""The document's rules, one by one. The store's script and the browser are held equal elsewhere."""

from __future__ import annotations

from inkwire.protocol.elements import Ellipse, Freedraw, Rectangle
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.rooms.document import Document

PLACE = (0.0, 0.0, 10.0, 10.0, 0.0)
BOX = Rectangle(id="a", place=PLACE, z="a0")


def props(**values: object) -> Props:  # type: ignore[valid-type]  # made by defstruct
    return Props(**values)


def test_the_same_commits_make_the_same_document() -> None:
    """[D1] Order matters, and only order."""
    ops: list[Op] = [
        Put(BOX),
        SetProps("a", props(color="#ff0000")),
        SetProps("a", props(color="#00ff00")),
    ]
    one, other = Document(), Document()
    one.apply(ops)
    for op in ops:
        other.apply([op])
    assert one.digest() == other.digest()
    swapped = Document()
    swapped.apply([ops[0], ops[2], ops[1]])
    assert swapped.digest() != one.digest()


def test_a_default_is_the_same_as_nothing() -> None:
    """[D2] Setting a property back to its default leaves no trace in the digest."""
    plain, back = Document([BOX]), Document([BOX])
    back.apply([SetProps("a", props(opacity=0.5)), SetProps("a", props(opacity=1.0))])
    assert back.digest() == plain.digest()


def test_put_of_an_id_that_exists_changes_nothing() -> None:
    """[D3] The first one stays."""
    document = Document([BOX])
    document.apply([Put(Ellipse(id="a", place=PLACE, z="b0"))])
    assert document.get("a") == BOX


def test_set_changes_what_it_names_and_the_later_wins() -> None:
    """[D4] Property by property; nothing appears out of a set."""
    document = Document([BOX])
    document.apply(
        [
            SetProps("a", props(color="#ff0000", opacity=0.5)),
            SetProps("a", props(color="#00ff00")),
            SetProps("missing", props(color="#00ff00")),
        ]
    )
    assert document.get("a") == Rectangle(id="a", place=PLACE, z="a0", color="#00ff00", opacity=0.5)
    assert len(document) == 1


def test_set_passes_over_what_the_type_lacks() -> None:
    """[D5] A rectangle has no text."""
    document = Document([BOX])
    document.apply([SetProps("a", props(text="hello", opacity=0.5))])
    assert document.get("a") == Rectangle(id="a", place=PLACE, z="a0", opacity=0.5)


def test_place_is_won_as_a_whole() -> None:
    """[D6] Moving and turning never mix: the later place is what somebody saw."""
    document = Document([BOX])
    moved, turned = (50.0, 0.0, 10.0, 10.0, 0.0), (3.0, 4.0, 10.0, 10.0, 1.5)
    document.apply([SetProps("a", props(place=moved)), SetProps("a", props(place=turned))])
    element = document.get("a")
    assert element is not None
    assert element.place == turned


def test_delete_wins_over_edits_until_a_new_put() -> None:
    """[D7] A set that comes late does not bring an element back."""
    document = Document([BOX])
    document.apply([Delete("a"), SetProps("a", props(color="#ff0000")), Delete("a")])
    assert document.get("a") is None
    document.apply([Put(BOX)])
    assert document.get("a") == BOX


def test_paint_order_is_by_key_and_then_by_id() -> None:
    """[D8] Code units: capitals come before small letters."""
    elements = [
        Freedraw(id=id_, place=PLACE, z=z, points=b"")
        for id_, z in (("b", "a0"), ("B", "a0"), ("c", "Zz"), ("a", "a1"), ("a1", "a0"))
    ]
    order = [element.id for element in Document(elements).in_paint_order()]
    assert order == ["c", "B", "a1", "b", "a"]


def test_the_last_title_wins() -> None:
    """[D9] The title is the board's, not an element's."""
    document = Document()
    document.apply([Retitle("one"), Retitle("two")])
    assert document.title == "two"
