"""Many exports at once, readers who leave, pictures larger than there can be."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from inkwire.exporting import worker
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.ops import Put
from inkwire.store.embedded import EmbeddedStore
from tests.faults.crowd import passing
from tests.harness.filled import fill, strokes
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import Report, sized

SEED = 20261121
GUARD_SECONDS = 120
DRAWN = ("svg", "pdf", "png")
AT_ONCE = 2
STORE_CONNECTIONS = 10
"""That two workers may open meanwhile, and keep."""


@pytest.fixture(scope="module")
def exporting(
    embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Two workers who draw two exports at once, between them."""
    folder = tmp_path_factory.mktemp("exporting")
    server = Server(folder, embedded.url, workers=2, INKWIRE_DRAWINGS=str(AT_ONCE))
    yield server
    server.stop()
    assert not faults(server.news())


def drawing_processes(server: Server) -> list[int]:
    """The processes that draw for that server now."""
    found = []
    for pid in server.worker_pids():
        with contextlib.suppress(OSError):
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                if worker.__name__.encode() in command:
                    found.append(int(child))
    return found


def slots_held(server: Server) -> int:
    """Files of slots that workers hold open."""
    held = 0
    for pid in server.worker_pids():
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                held += "drawing-" in os.readlink(file)
    return held


def open_files(server: Server) -> int:
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in server.worker_pids())


async def until(condition: Callable[[], bool]) -> None:
    """Waits for that."""
    async with asyncio.timeout(GUARD_SECONDS):
        while not condition():
            await passing(0.02)


def address(server: Server, board: NewBoard, kind: str) -> str:
    return f"{server.base}/api/boards/{board.id}/export.{kind}"


async def test_x12_thirty_at_once_are_two_at_a_time(
    embedded: EmbeddedStore, exporting: Server, report: Report
) -> None:
    """[X7] Each is answered whole or told when to come back; nothing is left behind."""
    board = exporting.create_board()
    await fill(embedded.url, board, list(strokes(sized(400, 20_000), random.Random(SEED))))
    headers = {"Authorization": f"Bearer {board.token}"}
    most, statuses = 0, Counter[int]()
    async with httpx.AsyncClient(headers=headers, timeout=GUARD_SECONDS) as client:
        files = open_files(exporting)

        async def export(number: int) -> None:
            kind = DRAWN[number % len(DRAWN)]
            answer = await client.get(address(exporting, board, kind))
            statuses[answer.status_code] += 1
            if answer.status_code == 200:
                ends = {"svg": b"</svg>\n", "pdf": b"%%EOF\n", "png": b"IEND\xaeB`\x82"}
                assert answer.content.endswith(ends[kind])
            else:
                assert answer.headers["Retry-After"] == "1"
                assert answer.json()["error"]

        running = [asyncio.create_task(export(number)) for number in range(30)]
        async with asyncio.timeout(GUARD_SECONDS):
            while not all(task.done() for task in running):
                most = max(most, len(drawing_processes(exporting)))
                await passing(0.01)
            await asyncio.gather(*running)
        assert set(statuses) <= {200, 429}
        assert statuses[200] >= AT_ONCE
        assert 1 <= most <= AT_ONCE
        await until(lambda: not drawing_processes(exporting))
    await until(lambda: not slots_held(exporting))
    await until(lambda: open_files(exporting) <= files + STORE_CONNECTIONS)
    report("X12", answered=statuses[200], refused=statuses[429], processes=most)


@pytest.mark.parametrize("kind", DRAWN)
async def test_x12_who_leaves_takes_the_work_along(
    embedded: EmbeddedStore, exporting: Server, kind: str
) -> None:
    """[X7] Whether the first bytes have come or not."""
    board = exporting.create_board()
    await fill(embedded.url, board, list(strokes(sized(4_000, 20_000), random.Random(SEED))))
    for _ in range(AT_ONCE + 1):
        reader, writer = await asyncio.open_connection("127.0.0.1", exporting.port)
        writer.write(
            f"GET /api/boards/{board.id}/export.{kind} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {board.token}\r\n\r\n".encode()
        )
        await until(lambda: len(drawing_processes(exporting)) == 1)
        if kind != "png":
            async with asyncio.timeout(GUARD_SECONDS):
                await reader.readexactly(100)
        writer.close()
        await until(lambda: not drawing_processes(exporting))


async def test_x12_a_picture_larger_than_there_can_be(
    embedded: EmbeddedStore, exporting: Server
) -> None:
    """[X3] The answer says which option is too much, and what would do."""
    board = exporting.create_board()
    far = [
        Put(Rectangle(id=f"r{n}", z=f"a{n}1", place=(n * 1e7, n * 1e7, 50.0, 50.0, 0.0)))
        for n in (0, 1)
    ]
    await fill(embedded.url, board, far)
    for query in (
        "scale=100",
        "scale=1",
        "region=-1000000000,-1000000000,1000000000,1000000000&scale=1",
    ):
        answer = await asyncio.to_thread(
            fetch, f"{address(exporting, board, 'png')}?{query}", board
        )
        assert answer[0] == 422
        assert b"query.scale" in answer[1]
        assert b"100,000,000" in answer[1]
    await until(lambda: not drawing_processes(exporting))


async def test_x12_a_drawing_process_that_dies_breaks_the_answer_off(
    embedded: EmbeddedStore, exporting: Server
) -> None:
    """[X1] Nobody takes a part for the whole; the next one is drawn."""
    board = exporting.create_board()
    await fill(embedded.url, board, list(strokes(4_000, random.Random(SEED))))
    reader, writer = await asyncio.open_connection("127.0.0.1", exporting.port)
    writer.write(
        f"GET /api/boards/{board.id}/export.svg HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {board.token}\r\n\r\n".encode()
    )
    async with asyncio.timeout(GUARD_SECONDS):
        await reader.readexactly(100)
        await until(lambda: len(drawing_processes(exporting)) == 1)
        os.kill(drawing_processes(exporting)[0], signal.SIGKILL)
        data = b""
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(65536):
                data += piece
    writer.close()
    assert not data.endswith(b"0\r\n\r\n"), "the answer says that it is whole"
    lines: list[dict[str, object]] = []

    def told() -> bool:
        lines.extend(exporting.news())
        return any(line.get("event") == "export.broken" for line in lines)

    await until(told)
    assert not faults(lines)
    status, _ = await asyncio.to_thread(fetch, f"{address(exporting, board, 'svg')}?ids=s0", board)
    assert status == 200


def fetch(url: str, board: NewBoard) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {board.token}"})
    try:
        with urllib.request.urlopen(request, timeout=GUARD_SECONDS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
