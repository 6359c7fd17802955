"""A file that is there when it is whole, or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from inkwire.errors import InkwireError

STDOUT: Final = Path("-")


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Standard output for ``-``; else a file beside the one that is meant, which takes its place at the end.

    Raises ``InkwireError`` where it cannot be written.
    """
    try:
        if file == STDOUT:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with tempfile.NamedTemporaryFile(dir=file.absolute().parent, prefix=".inkwire-") as target:
            yield cast(BinaryIO, target)
            target.flush()
            os.fsync(target.fileno())
            umask = os.umask(0)
            os.umask(umask)
            os.fchmod(target.fileno(), 0o666 & ~umask)
            os.replace(target.name, file)
            Path(target.name).touch()  # for the end of the block to take away
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InkwireError(f"{file}: {error.strerror}") from None
