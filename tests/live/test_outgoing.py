"""Posting to an address that somebody gave: X11's tricks reach nobody inside."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from ipaddress import ip_network

import pytest

from inkwire.errors import Refusal
from inkwire.live import outgoing
from inkwire.live.outgoing import NotSent, Outgoing
from tests.harness.receiver import Answer, receiving

INSIDE = """
127.0.0.1 127.1 127.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 0 0.0.0.0 127.127.127.127
127.0.0.1. localhost localhost. LOCALHOST [::1] [::] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]
"""
LOOPBACK = [ip_network("127.0.0.0/8")]


class Names:
    """A name service of the test's own; each name's answers come one after another."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def test_x11_no_trick_reaches_a_server_inside() -> None:
    """The system's own resolver reads these; two servers that must hear nothing."""
    post = Outgoing().post
    cases = 0
    async with AsyncExitStack() as stack:
        canaries = [await stack.enter_async_context(receiving())]
        try:
            canaries.append(await stack.enter_async_context(receiving("::1")))
        except OSError:
            print("no ::1 on this machine: one canary")
        for canary in canaries:
            for host in INSIDE.split():
                cases += 1
                with pytest.raises((NotSent, Refusal)):
                    await post(f"http://{host}:{canary.port}/", b"{}", {})
            for address in ("127.0.0.1", "::1", "169.254.169.254", "10.0.0.1"):
                cases += 1
                names = Names([address])
                with pytest.raises(NotSent, match="not a public"):
                    await Outgoing(resolve=names).post(f"http://a.example:{canary.port}/", b"", {})
        assert cases >= 27
        assert [canary.connections for canary in canaries] == [0] * len(canaries)


async def test_a_name_is_asked_for_once_and_its_answer_is_where_it_goes() -> None:
    """A second answer would lead elsewhere. A name that also points inside is not trusted at all."""
    async with receiving() as receiver:
        names = Names(["127.0.0.1"], ["127.0.0.2"])
        sent = await Outgoing(LOOPBACK, names).post(
            f"http://a.example:{receiver.port}/x?y=1", b"body", {"webhook-id": "1"}
        )
        assert (sent.status, names.asked) == (204, 1)
        (message,) = receiver.messages
        assert (message.path, message.body) == ("/x?y=1", b"body")
        assert message.headers["host"] == f"a.example:{receiver.port}"
        assert message.headers["webhook-id"] == "1"
        assert not {"cookie", "authorization", "referer"} & message.headers.keys()
        mixed = Names(["127.0.0.1", "10.0.0.1"])
        with pytest.raises(NotSent, match="not a public"):
            await Outgoing(LOOPBACK, mixed).post(f"http://a.example:{receiver.port}/", b"", {})
        with pytest.raises(NotSent, match="not a public"):
            await Outgoing(LOOPBACK, Names([])).post("http://a.example/", b"", {})
        assert receiver.connections == 1


@pytest.mark.parametrize(
    ("answer", "words", "status"),
    [
        (500, "500", 500),
        (404, "404", 404),
        (b"HTTP/1.1 302 .\r\nLocation: http://127.0.0.1:CANARY/\r\n\r\n", "not followed", 302),
        (b"HTTP/1.1 307 .\r\nLocation: http://127.0.0.1:CANARY/\r\n\r\n", "not followed", 307),
        (b"HTTP/1.1 429 .\r\nRetry-After: 77\r\n\r\n", "429", 429),
        (b"not http at all\r\n\r\n", "failed", 0),
        (b"HTTP/1.1 200 .\r\nX: " + b"x" * 200_000, "failed", 0),
        ("close", "failed", 0),
    ],
)
async def test_what_does_not_arrive_is_told_in_words(
    answer: Answer, words: str, status: int
) -> None:
    async with receiving() as receiver, receiving() as canary:
        if isinstance(answer, bytes):
            answer = answer.replace(b"CANARY", str(canary.port).encode())
        receiver.answers.append(answer)
        with pytest.raises(NotSent, match=words) as failed:
            await Outgoing(LOOPBACK).post(receiver.url(), b"{}", {})
        assert failed.value.status == status
        assert failed.value.retry_after_s == (77 if status == 429 else 0)
        assert (len(receiver.messages), canary.connections) == (1, 0)


async def test_patience_ends_and_an_endless_answer_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with receiving() as receiver:
        receiver.answers.append(b"HTTP/1.1 200 .\r\nContent-Length: 99999999999\r\n\r\n")
        assert (await Outgoing(LOOPBACK).post(receiver.url(), b"{}", {})).status == 200
        monkeypatch.setattr(outgoing, "POST_SECONDS", 0.2)
        receiver.answers.append("hang")
        with pytest.raises(NotSent, match=r"within 0\.2 s"):
            await Outgoing(LOOPBACK).post(receiver.url(), b"{}", {})

        async def silent(host: str, port: int) -> Sequence[str]:
            await asyncio.Event().wait()
            return []

        with pytest.raises(NotSent, match="within"):
            await Outgoing(LOOPBACK, silent).post(receiver.url(), b"{}", {})


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        await Outgoing(LOOPBACK).post(receiver.url(), b"{}", {})
        assert (proxy.connections, receiver.connections) == (0, 1)
