"""Pictures in an S3-compatible bucket: one place for several machines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from obstore import delete_async, get_async, put_async
from obstore import list as list_objects
from obstore.exceptions import BaseError
from obstore.store import S3Store

from inkwire.assets.files import KeptFile, OpenFile, file_id_of, is_file_id
from inkwire.assets.picture_header import HEAD_BYTES
from inkwire.errors import ConfigError, StoreUnavailable

if TYPE_CHECKING:
    from obstore import BytesStream

_SILENT: Final = "The place for pictures does not answer."
_PATIENCE: Final = timedelta(seconds=20)
"""For one request, and for all its retries together."""


class BucketFiles:
    """See ``files.Files``. An object appears whole or not at all; that is what S3 promises."""

    def __init__(self, url: str) -> None:
        """``url`` is ``s3://bucket/prefix``; keys, region and endpoint come from ``AWS_*`` variables.

        Raises ``ConfigError`` for an address that is none.
        """
        try:
            self._store = S3Store.from_url(
                url,
                client_options={"timeout": _PATIENCE, "allow_http": True},
                retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
            )
        except (BaseError, ValueError) as error:
            raise ConfigError(f"INKWIRE_PICTURES: {error}") from None

    async def put(self, data: bytes) -> str:
        """See ``files.Files``."""
        file_id = file_id_of(data)
        try:
            await put_async(self._store, _key(file_id), data)
        except (BaseError, OSError) as error:
            raise StoreUnavailable(_SILENT) from error
        return file_id

    async def get(self, file_id: str) -> bytes | None:
        """See ``files.Files``."""
        if not is_file_id(file_id):
            return None
        try:
            answer = await get_async(self._store, _key(file_id))
            return bytes(await answer.bytes_async())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise StoreUnavailable(_SILENT) from error

    async def open(self, file_id: str) -> OpenFile | None:
        """See ``files.Files``."""
        if not is_file_id(file_id):
            return None
        try:
            answer = await get_async(self._store, _key(file_id))
            stream = answer.stream(min_chunk_size=HEAD_BYTES).__aiter__()
            head = bytes(await anext(stream, b""))
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise StoreUnavailable(_SILENT) from error
        return OpenFile(answer.meta["size"], head, _pieces(head, stream))

    async def delete(self, file_id: str) -> None:
        """See ``files.Files``."""
        if not is_file_id(file_id):
            return
        try:
            await delete_async(self._store, _key(file_id))
        except FileNotFoundError:
            pass
        except (BaseError, OSError) as error:
            raise StoreUnavailable(_SILENT) from error

    async def kept(self) -> AsyncIterator[KeptFile]:
        """See ``files.Files``."""
        try:
            async for page in list_objects(self._store):
                for each in page:
                    name = each["path"].rpartition("/")[2]
                    if is_file_id(name):
                        written = round(each["last_modified"].timestamp() * 1000)
                        yield KeptFile(name, each["size"], written)
        except (BaseError, OSError) as error:
            raise StoreUnavailable(_SILENT) from error

    async def close(self) -> None:
        """See ``files.Files``."""


async def _pieces(head: bytes, stream: BytesStream) -> AsyncIterator[bytes]:
    yield head
    try:
        async for piece in stream:
            yield bytes(piece)
    except (BaseError, OSError) as error:
        raise StoreUnavailable(_SILENT) from error


def _key(file_id: str) -> str:
    return f"{file_id[:2]}/{file_id}"
