"""The Valkey of our own: one for each folder, gone with its parent, back with everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from inkwire.config import load_settings
from inkwire.errors import ConfigError
from inkwire.store import binary
from inkwire.store.connect import check_server
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore, renew_epochs, start_watchdog
from inkwire.store.keys import BOARDS, board_keys

CHILD = """
import sys
from pathlib import Path
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
store = EmbeddedStore(DataFolder(Path(sys.argv[1])))
store.start()
print(store.pid, flush=True)
sys.stdin.read()
"""


@contextmanager
def running(path: Path, **options: object) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(DataFolder(path), **options)  # type: ignore[arg-type]  # as given
    store.start()
    try:
        yield store
    finally:
        store.stop()


def client_of(store: EmbeddedStore) -> redis.Redis:
    return redis.Redis.from_url(store.url)


def ended(pid: int) -> bool:
    """Waits up to ten seconds for a process that is not our child."""
    handle = os.pidfd_open(pid)
    try:
        import select

        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process with a store on `tmp_path`, and that store's process id."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process, int(process.stdout.readline())
    process.kill()
    process.communicate()


def test_what_was_written_is_there_after_a_stop_and_after_a_kill(tmp_path: Path) -> None:
    with running(tmp_path) as store:
        with client_of(store) as client:
            client.set("one", "1")
        store.stop()
        store.start()
        with client_of(store) as client:
            client.set("two", "2")
            os.kill(store.pid, signal.SIGKILL)
        store.spawn()
        store.stop()
        store.start()
        with client_of(store) as client:
            assert client.mget("one", "two") == [b"1", b"2"]


def test_it_is_set_up_to_keep_things(tmp_path: Path) -> None:
    """No port, only the user's own socket, append-only file, no eviction; the check finds it fit."""
    with running(tmp_path, fsync="always") as store, client_of(store) as client:
        wanted = {"port": "0", "appendonly": "yes", "appendfsync": "always", "save": ""}
        wanted |= {"maxmemory-policy": "noeviction", "unixsocketperm": "700"}
        assert {name: client.config_get(name)[name] for name in wanted} == wanted
        assert store.folder.socket.stat().st_mode & 0o777 == 0o700
        assert check_server(load_settings(data_dir=tmp_path)).worries == ()


def test_a_second_one_on_the_same_folder(
    tmp_path: Path, launcher: tuple[subprocess.Popen[str], int]
) -> None:
    """Clear words, and the first goes on."""
    process, pid = launcher
    with pytest.raises(ConfigError, match=f"process {process.pid}.*--data-dir"):
        EmbeddedStore(DataFolder(tmp_path)).start()
    os.kill(pid, 0)
    assert DataFolder(tmp_path).is_taken()


def test_it_ends_with_its_parent_and_leaves_the_folder_free(
    tmp_path: Path, launcher: tuple[subprocess.Popen[str], int]
) -> None:
    """kill -9 of the parent; whoever comes next waits until the old store has ended."""
    process, pid = launcher
    process.kill()
    with running(tmp_path) as store, client_of(store) as client:
        assert client.ping()
        assert store.pid != pid
    assert ended(pid) if _exists(pid) else True


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_watchdog_ends_what_it_watches() -> None:
    """The way for systems without PR_SET_PDEATHSIG: end of input ends it, a word calls it off."""
    for word, survives in ((b"", False), (b"ended", True)):
        sleeper = subprocess.Popen(["sleep", "60"])
        watchdog = start_watchdog(sleeper.pid)
        watchdog.communicate(word)
        assert watchdog.returncode == 0
        if survives:
            assert sleeper.poll() is None
            sleeper.terminate()
        assert sleeper.wait(10) == -signal.SIGTERM


def test_a_folder_with_a_very_long_name(tmp_path: Path) -> None:
    """A socket's address holds about 100 bytes: a longer one lies elsewhere, one for each folder."""
    one, two = tmp_path / ("x" * 120), tmp_path / ("y" * 120)
    with running(one) as store, client_of(store) as client:
        assert client.ping()
        assert len(os.fsencode(store.folder.socket)) <= 100
    assert DataFolder(one).socket != DataFolder(two).socket
    assert DataFolder(tmp_path).socket == tmp_path / "store" / "socket"


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be used"):
        EmbeddedStore(DataFolder(tmp_path / "file" / "folder")).start()


def test_a_server_that_does_not_start(tmp_path: Path) -> None:
    """Its last words are told, and the folder is free again."""
    with pytest.raises(ConfigError, match=r"does not start: .*no-such-setting"):
        EmbeddedStore(DataFolder(tmp_path), settings={"no-such-setting": "1"}).start()
    assert not DataFolder(tmp_path).is_taken()


def test_no_server_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binary, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ConfigError, match="INKWIRE_REDIS_URL"):
        binary.find_binary()


@pytest.mark.parametrize(
    ("fsync", "clean", "renewed"),
    [("everysec", False, True), ("everysec", True, False), ("always", False, False)],
)
def test_a_new_epoch_when_something_may_be_lost(
    tmp_path: Path, fsync: str, clean: bool, renewed: bool
) -> None:
    """Positions of before may then name commits that are not there any more."""
    meta = board_keys("board-01").meta
    with running(tmp_path, fsync=fsync) as store:
        with client_of(store) as client:
            client.zadd(BOARDS, {"board-01": 1})
            client.hset(meta, "epoch", "before")
        if not clean:
            os.kill(store.pid, signal.SIGKILL)
    with running(tmp_path, fsync=fsync) as store, client_of(store) as client:
        assert (client.hget(meta, "epoch") != b"before") is renewed
        assert renew_epochs(store.url) == 1


@pytest.mark.parametrize("fsync", ["everysec", "always"])
def test_a_new_epoch_after_a_kill_under_a_running_launcher(tmp_path: Path, fsync: str) -> None:
    """The launcher mends once the store answers again; what was synced needs no mending."""
    meta = board_keys("board-01").meta
    with running(tmp_path, fsync=fsync) as store:
        with client_of(store) as client:
            client.zadd(BOARDS, {"board-01": 1})
            client.hset(meta, "epoch", "before")
            client.bgrewriteaof()  # on the disk, whatever is lost
            while client.info("persistence")["aof_rewrite_in_progress"]:
                pass
        os.kill(store.pid, signal.SIGKILL)
        store.spawn()
        while not _answers(store):
            store.mend()
        store.mend()
        with client_of(store) as client:
            assert (client.hget(meta, "epoch") != b"before") is (fsync == "everysec")


def _answers(store: EmbeddedStore) -> bool:
    try:
        with redis.Redis.from_url(store.url, retry=None) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def test_a_server_that_forgets_is_refused(tmp_path: Path) -> None:
    """No append-only file, or eviction: refused, unless it is asked for."""
    forgetful = {"appendonly": "no", "maxmemory": "100mb", "maxmemory-policy": "allkeys-lru"}
    with running(tmp_path, settings=forgetful) as store:
        with pytest.raises(ConfigError, match="append-only") as refusal:
            check_server(load_settings(redis_url=store.url))
        assert "allkeys-lru" in str(refusal.value)
        allowed = load_settings(redis_url=store.url, allow_volatile_store=True)
        assert len(check_server(allowed).worries) == 2


def test_no_server_at_the_address(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not answer") as refusal:
        check_server(load_settings(redis_url=f"unix://:secret@{tmp_path}/nothing"))
    assert "secret" not in str(refusal.value)
