"""A folder and a bucket keep pictures alike: once, whole or not at all, under their hash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inkwire.assets.bucket import BucketFiles
from inkwire.assets.files import Files, file_id_of
from inkwire.assets.folder import FolderFiles
from inkwire.assets.open_files import open_files
from inkwire.config import load_settings
from inkwire.errors import ConfigError, StoreUnavailable
from tests.assets.fake_s3 import FakeS3, fake_s3


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeS3]:
    """An S3 that the environment names."""
    with fake_s3() as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        yield server


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Both kinds, one after the other."""
    if request.param == "folder":
        return FolderFiles(tmp_path)
    request.getfixturevalue("s3")
    return BucketFiles("s3://drawings/inkwire")


async def test_a_picture_is_kept_once_under_its_hash(files: Files) -> None:
    data = os.urandom(700_000)
    one = await files.put(data)
    assert one == file_id_of(data)
    assert await files.put(data) == one
    assert await files.get(one) == data
    found = await files.open(one)
    assert found is not None
    assert found.size == len(data)
    assert found.head == data[: len(found.head)]
    assert b"".join([piece async for piece in found.pieces]) == data
    assert [(each.id, each.size) async for each in files.kept()] == [(one, len(data))]


async def test_what_is_not_there_is_none_and_no_name_reaches_a_path(files: Files) -> None:
    one = await files.put(b"picture")
    for name in ("0" * 64, "", "../../lock", one.upper(), one + "\n", f"{one[:2]}/{one}"):
        assert await files.get(name) is None
        assert await files.open(name) is None
        await files.delete(name)
    assert await files.get(one) == b"picture"


async def test_a_deleted_picture_is_gone(files: Files) -> None:
    one, two = await files.put(b"one"), await files.put(b"two")
    await files.delete(one)
    await files.delete(one)
    assert await files.get(one) is None
    assert await files.open(one) is None
    assert [each.id async for each in files.kept()] == [two]


async def test_a_picture_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails before the bytes are on it leaves no name and no rest."""
    files = FolderFiles(tmp_path)

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(StoreUnavailable):
            await files.put(b"picture")
    assert await files.get(file_id_of(b"picture")) is None
    assert rests(tmp_path) == []


def rests(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_what_a_killed_process_left_is_taken_away_in_time(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    name = await files.put(b"picture")
    for rest, age in (("unfinished-old", 7_200), ("unfinished-new", 0)):
        path = tmp_path / name[:2] / rest
        path.write_bytes(b"half")
        status = path.stat()
        os.utime(path, (status.st_atime, status.st_mtime - age))
    assert [each.id async for each in files.kept()] == [name]
    assert rests(tmp_path) == [name, "unfinished-new"]


async def test_a_bucket_that_says_no_is_unavailable_and_breaks_nothing(s3: FakeS3) -> None:
    files = BucketFiles("s3://drawings/inkwire")
    one = await files.put(b"picture")
    assert s3.signed
    assert list(s3.objects) == [f"/drawings/inkwire/{one[:2]}/{one}"]
    s3.broken = True
    with pytest.raises(StoreUnavailable):
        await files.get(one)
    with pytest.raises(StoreUnavailable):
        await files.open(one)
    with pytest.raises(StoreUnavailable):
        await files.put(b"other")
    with pytest.raises(StoreUnavailable):
        await files.delete(one)
    with pytest.raises(StoreUnavailable):
        assert [each async for each in files.kept()]


def test_settings_name_the_place(tmp_path: Path, s3: FakeS3) -> None:
    folder = open_files(load_settings(data_dir=tmp_path))
    assert isinstance(folder, FolderFiles)
    assert isinstance(open_files(load_settings(pictures=str(tmp_path))), FolderFiles)
    assert isinstance(open_files(load_settings(pictures="s3://drawings")), BucketFiles)
    with pytest.raises(ConfigError, match="s3://bucket"):
        load_settings(pictures="gs://drawings")
