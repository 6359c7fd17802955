"""Drawing with the client, and the programs of docs/client.md as they stand there."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import sys
from pathlib import Path

import pytest

from inkwire.client import BoardNotFound, Invalid, Refusal, connect, create_board
from inkwire.protocol.elements import Arrow, Frame, Freedraw, Line, Note, Rectangle, TextElement
from inkwire.protocol.points import decode_points
from tests.harness.server import ROOT, NewBoard, Server

PATIENCE_SECONDS = 120
PROGRAMS = re.findall(
    r"^```python\n(.*?)^```$",
    (ROOT / "docs" / "client.md").read_text(),
    re.MULTILINE | re.DOTALL,
)


async def test_what_is_drawn_is_one_step_that_others_have(server: Server, board: NewBoard) -> None:
    link = server.link(board)
    async with await connect(link) as ana, await connect(link) as ben:
        async with ana.drawing() as drawing:
            frame = drawing.frame(0, 0, 900, 600, "Plan")
            here = drawing.rectangle(10, 10, 100, 60, label="Here", rounded=True, frame=frame)
            there = drawing.ellipse(310, 10, 100, 60)
            drawing.diamond(10, 200, 100, 60)
            drawing.triangle(310, 200, 100, 60)
            arrow = drawing.arrow(here, there, label="then", stroke_width=4)
            line = drawing.line([(0, 0), (5.5, 5)], curve="round", end_head="dot")
            ink = drawing.ink([(0, 0, 0.2), (5, 5, 0.8)], color="#e03131")
            drawing.text(0, 300, "words", font_size=40)
            note = drawing.note(0, 400, "more", height=80)
            drawing.set(note, fill="#b2f2bb")
            drawing.rename("Plan")
        assert drawing.seq == 1
        await ben.reached(1)
        document = ben.document
        assert document is not None
        assert document.title == "Plan"
        assert sorted(drawing.ids) == sorted(each.id for each in document.in_paint_order())
        assert isinstance(document.get(frame), Frame)
        box, label = document.get(here), document.get(f"{here}-label")
        assert isinstance(box, Rectangle)
        assert box.rounded
        assert box.frame == frame
        assert isinstance(label, TextElement)
        assert (label.text, label.container, label.frame) == ("Here", here, frame)
        found = document.get(arrow)
        assert isinstance(found, Arrow)
        assert found.start is not None
        assert (found.start.to, found.end_head, found.stroke_width) == (here, "arrow", 4)
        assert list(found.place[:2]) == [114, 40]
        bent = document.get(line)
        assert isinstance(bent, Line)
        assert (bent.curve, bent.end_head) == ("round", "dot")
        stroke = document.get(ink)
        assert isinstance(stroke, Freedraw)
        assert [round(each.pressure, 1) for each in decode_points(stroke.points)] == [0.2, 0.8]
        paper = document.get(note)
        assert isinstance(paper, Note)
        assert (paper.fill, paper.place[3]) == ("#b2f2bb", 80)


async def test_what_follows_knows_what_is_there(server: Server, board: NewBoard) -> None:
    """An arrow to something of another drawing; what is put later lies above."""
    async with await connect(server.link(board)) as ana:
        async with ana.drawing() as drawing:
            here, there = (drawing.rectangle(x, 0, 90, 60) for x in (0, 300))
        await ana.reached(drawing.seq)
        async with ana.drawing() as drawing:
            arrow = drawing.arrow(here, there)
            drawing.delete("nobody")
        await ana.reached(drawing.seq)
        assert ana.document is not None
        assert [each.id for each in ana.document.in_paint_order()] == [here, there, arrow]


async def test_a_drawing_that_fails_leaves_the_board_as_it_was(
    server: Server, board: NewBoard
) -> None:
    async with await connect(server.link(board)) as ana:
        drawing = ana.drawing()

        async def draw() -> None:
            async with drawing:
                drawing.note(0, 0)
                drawing.ellipse(0, 0, 9, 9, fill="red")

        with pytest.raises(Invalid) as caught:
            await draw()
        assert caught.value.where == ".fill"
        with pytest.raises(Invalid):
            drawing.arrow("nobody", "nowhere")
        assert (await ana.server_digest())["seq"] == 0


async def test_more_than_fits_in_one_commit_is_one_gesture(server: Server, board: NewBoard) -> None:
    async with await connect(server.link(board)) as ana:
        async with ana.drawing(gesture="many") as drawing:
            for k in range(1_100):
                drawing.rectangle(k, 0, 5, 5)
        assert drawing.seq == 3
        await ana.reached(3)
        assert ana.document is not None
        assert len(ana.document) == 1_100


async def test_files_the_feed_and_errors(server: Server, board: NewBoard) -> None:
    async with await connect(server.link(board)) as ana:
        async with ana.drawing() as drawing:
            drawing.text(0, 0, "words")
        svg = await ana.export("svg", background=False)
        assert svg.lstrip().startswith(b"<")
        events = [event async for event in ana.activity(since=0, follow=False)]
        assert events[-1]["type"] == "present"
        with pytest.raises(Refusal, match=r"scale"):
            await ana.export("svg", scale=0)
        with pytest.raises(BoardNotFound):
            await ana.export("nothing")


async def test_a_board_is_made_once_for_a_request(server: Server) -> None:
    key = f"ik_{secrets.token_hex(20)}"
    made = [await create_board(server.base, "Plan", key=key, request="one") for _ in range(2)]
    assert made[0] == made[1]
    assert set(made[0].links) == {"owner", "editor", "viewer"}
    with pytest.raises(Refusal):
        await create_board(server.base, "two\nlines")


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
async def test_the_programs_of_the_page_run(server: Server, tmp_path: Path, number: int) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        "-c",
        PROGRAMS[number],
        cwd=tmp_path,
        env={**os.environ, "SERVER": server.base, "PYTHONPATH": str(ROOT / "backend")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        said, wrong = await program.communicate()
    assert program.returncode == 0, wrong.decode()
    assert wrong == b""
    if number == 1:
        assert said.decode().splitlines()[-1] == "True"
    if number == 2:
        assert (tmp_path / "poster.svg").read_bytes().lstrip().startswith(b"<")
