"""The owner of a store, who makes a backup of its folder and puts it back."""

from __future__ import annotations

import shutil
from pathlib import Path

from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore


class Keeper:
    """A store that has been started; workers find it at ``store.url`` again after every rest."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "store"
        self._backup = folder / "backup"
        self.store = EmbeddedStore(DataFolder(self._data))
        self.store.start()

    def back_up(self) -> None:
        """Copies the append-only file and all else while the store rests."""
        self.store.stop()
        shutil.rmtree(self._backup, ignore_errors=True)
        shutil.copytree(self._data, self._backup, symlinks=True)
        self.store.start()

    def put_back(self) -> None:
        """What came after the backup is gone."""
        self.store.stop()
        shutil.rmtree(self._data)
        shutil.copytree(self._backup, self._data, symlinks=True)
        self.store.start()
