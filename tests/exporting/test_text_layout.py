"""Where lines of text break and stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from inkwire.exporting.text_layout import broken, lines_of, width_of
from inkwire.protocol.elements import Note
from tests.exporting.boards import drawn


def test_widths_are_those_of_the_fonts() -> None:
    # Thousandths of an em, from the fonts' own tables.
    assert width_of("mmm", "mono", 1000) == width_of("iii", "mono", 1000) == 3 * 586
    assert width_of("a", "sans", 1000) == 556
    assert width_of("漢", "sans", 20) == 20
    assert width_of("", "hand", 20) == 0


def test_lines_break_at_every_kind_of_line_end() -> None:
    assert broken("a\r\nb\rc\n\nd", "sans", 20, None) == ["a", "b", "c", "", "d"]


def test_words_move_to_the_next_line_and_spaces_hang() -> None:
    width = width_of("one two", "mono", 10)
    assert broken("one two  three", "mono", 10, width) == ["one two  ", "three"]
    assert broken("one two", "mono", 10, width) == ["one two"]
    assert broken("one two", "mono", 10, width - 0.02) == ["one ", "two"]


def test_a_word_too_wide_breaks_between_letters() -> None:
    assert broken("abcdefg hi", "mono", 10, width_of("abc", "mono", 10)) == [
        "abc",
        "def",
        "g ",
        "hi",
    ]
    assert broken("ab", "mono", 10, 0) == ["a", "b"]


@given(st.text(st.sampled_from("abW il\n"), max_size=60), st.floats(0, 200))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, wrap: float) -> None:
    lines = broken(text, "hand", 16, wrap)
    assert "".join(lines) == text.replace("\n", "")
    for line in lines:
        assert len(line.strip()) <= 1 or width_of(line.rstrip(), "hand", 16) <= wrap + 0.0101


@pytest.mark.parametrize(
    ("align", "vertical", "x", "first"),
    [("left", "top", 0, 0), ("center", "middle", 50, 5), ("right", "bottom", 100, 10)],
)
def test_alignment_within_the_box(align: str, vertical: str, x: float, first: float) -> None:
    text = drawn(
        "text", text="a\nb", font_size=16.0, font="sans", align=align, vertical_align=vertical
    )
    _, (a, b) = lines_of(text)
    assert (a.x, b.x) == (x, x)
    assert a.y == pytest.approx(first + 10 + 0.27 * 16)
    assert b.y - a.y == 20


def test_a_text_wraps_only_in_a_box_of_its_own_width() -> None:
    words = "many words that do not fit into a hundred units"
    assert len(lines_of(drawn("text", text=words))[1]) == 1
    assert len(lines_of(drawn("text", text=words, auto_size=False))[1]) > 3


def test_a_note_wraps_inside_its_padding() -> None:
    small = drawn("note", text="words on paper", font_size=16.0, align="right")
    size, lines = lines_of(small)
    assert {line.x for line in lines} == {84}
    assert lines[0].y > 16
    assert all(width_of(line.text, "hand", size) <= 68.01 for line in lines)


def note(text: str, height: float) -> Note:
    """200 wide inside of its padding, in mono 20 high 25."""
    made: Note = drawn("note", text=text, font="mono", font_size=20.0, line_height=1.25)
    return replace(made, place=(0.0, 0.0, 232.0, height + 32.0, 0.0))


def test_a_note_that_has_room_keeps_its_size() -> None:
    size, lines = lines_of(note("a\nb\nc\nd", 100))
    assert (size, [line.text for line in lines]) == (20, list("abcd"))


def test_a_note_shrinks_its_text_until_it_fits() -> None:
    size, lines = lines_of(note("a\nb\nc\nd\ne", 100))
    assert size == pytest.approx(20 * 0.9**3)  # five lines at 0.9² are 101.25 high
    assert len(lines) == 5


@given(st.text(st.sampled_from("abW il\n"), max_size=300), st.floats(1, 300))
def test_a_note_spills_over_its_paper_only_at_its_smallest(text: str, height: float) -> None:
    """No word is left out."""
    size, lines = lines_of(note(text, height))
    assert "".join(line.text for line in lines) == text.replace("\n", "")
    fits = len(lines) * size * 1.25 <= height + 0.011
    assert fits or size == pytest.approx(20 * 0.9**12)
