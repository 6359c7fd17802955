"""Taking away pictures that no board names any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inkwire.assets.files import KeptFile
from inkwire.store.board_store import BoardStore

GRACE_DAYS: Final = 30
"""Between a picture's being found unused and its being deleted: an undo may still bring it back."""
_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many pictures are left, how many of them wait unused, how many are gone with how many bytes."""

    kept: int
    unused: int
    deleted: int
    bytes: int


async def sweep(store: BoardStore, *, now_ms: int, grace_days: float = GRACE_DAYS) -> Swept:
    """Deletes pictures that have been unused for ``grace_days``.

    A picture is used while an element of any board or a commit in any board's log names it. One that is
    found unused is only remembered; it goes in a later sweep, unless it was brought in again since. May
    run beside servers. An error of the store ends it before anything else is deleted.
    """
    notes = store.board_files
    used: set[str] = set()
    boards = [board.id async for board in store.boards()]
    for board in boards:
        async for names in notes.named_by(board):
            used |= names
    kept = [each async for each in store.files.kept()]
    unused = [each for each in kept if each.id not in used]
    known = await notes.unused_since()
    before = now_ms - round(grace_days * _DAY_MS)
    due = [each for each in unused if _is_due(each, known.get(each.id, now_ms), before)]
    for each in due:
        await store.files.delete(each.id)
    for board in boards:
        await notes.forget(board, [each.id for each in due])
    gone = {each.id for each in due}
    await notes.note_unused(
        {each.id: now_ms for each in unused if each.id not in gone},
        used=gone | {name for name in known if name in used},
    )
    size = sum(each.size for each in due)
    return Swept(len(kept) - len(due), len(unused) - len(due), len(due), size)


def _is_due(file: KeptFile, unused_since_ms: int, before_ms: int) -> bool:
    return unused_since_ms <= before_ms and file.written_ms <= before_ms
