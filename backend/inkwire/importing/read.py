"""Which reader a file is for: its first bytes decide, not its name."""

from __future__ import annotations

from random import Random
from typing import BinaryIO, Final

from inkwire.assets.picture_header import media_type_of
from inkwire.errors import TooLarge
from inkwire.importing.backup import plan_backup
from inkwire.importing.exact import Progress
from inkwire.importing.excalidraw import plan_import
from inkwire.importing.limits import MAX_FILE_BYTES
from inkwire.importing.ndjson import is_head, plan_ndjson
from inkwire.importing.picture_file import plan_picture
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.importing.tldraw import KEY, plan_tldraw
from inkwire.protocol.backup import MAGIC, MAGIC_AT

_MAX_HEAD_LINE: Final = 64 * 1024


def plan_file(
    file: BinaryIO,
    target: Target,
    *,
    random: Random,
    progress: Progress | None = None,
) -> ImportPlan:
    """What a file, open at its beginning, would put on a board; changes nothing.

    Raises ``BadFile`` with the place in the file. Lines and backups are read piece by piece; of others at most
    ``MAX_FILE_BYTES`` are read. The file stays in use until the plan has been carried out. Run it in a thread.
    """
    head = file.read(_MAX_HEAD_LINE)
    file.seek(0)
    if head.startswith(MAGIC, MAGIC_AT):
        return plan_backup(file, target, random=random, progress=progress)
    if is_head(head.partition(b"\n")[0]):
        return plan_ndjson(file, target, random=random, progress=progress)
    data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(f"Of such a file at most {MAX_FILE_BYTES // 2**20} MiB are read.")
    if media_type_of(head) is not None:
        return plan_picture(data, target, random=random)
    if KEY in data[:1024]:
        return plan_tldraw(data, target, random=random, progress=progress)
    return plan_import(data, target, random=random, progress=progress)
