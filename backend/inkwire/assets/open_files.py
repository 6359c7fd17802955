"""From settings to the place where pictures are kept."""

from __future__ import annotations

from pathlib import Path

from inkwire.assets.files import Files
from inkwire.assets.folder import FolderFiles
from inkwire.config import Settings
from inkwire.errors import ConfigError


def open_files(settings: Settings) -> Files:
    """The folder or bucket that the settings name. Connects with the first file.

    Raises ``ConfigError``: a bucket is named, and what speaks to it is not installed.
    """
    place = settings.pictures
    if not place.startswith("s3://"):
        return FolderFiles(Path(place).expanduser() if place else settings.data_dir / "files")
    try:
        from inkwire.assets.bucket import BucketFiles  # an extra, which most do without
    except ImportError:
        raise ConfigError(
            "INKWIRE_PICTURES names a bucket; that needs `pip install 'inkwire[s3]'`."
        ) from None
    return BucketFiles(place)
