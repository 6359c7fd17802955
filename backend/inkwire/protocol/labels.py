"""Titles and names: words that stand on one line, among those of others and in other programs.

A line break, a terminal's escape or a character that turns the reading direction of what follows would change
how the words around them look. The same in ``frontend/src/document/label.ts``; ``tests/vectors/labels.json``
holds the two equal.
"""

from __future__ import annotations

import re
from typing import Final

_GAPS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Controls of C0 and C1, the line and the paragraph separator."""
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9); marks (U+200E) may stay."""
_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair, which UTF-8 cannot carry."""


def as_label(words: str, length: int) -> str:
    """At most so many characters of the words, with nothing in them that a label may not have."""
    whole = _HALVES.sub("\ufffd", _TURNS.sub("", words))
    return _GAPS.sub(" ", whole)[:length]


def is_label(words: str) -> bool:
    """Whether a title or a name may be as it is."""
    return not (_GAPS.search(words) or _TURNS.search(words) or _HALVES.search(words))
