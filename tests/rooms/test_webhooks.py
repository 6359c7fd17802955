"""Signatures, retries, and where messages may go."""

from __future__ import annotations

import base64
import hashlib
import hmac
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import Refusal
from inkwire.rooms.targets import may_reach, target_of
from inkwire.rooms.webhooks import (
    GIVE_UP_MS,
    LONGEST_RETRY_MS,
    Progress,
    after_failure,
    after_success,
    is_secret,
    new_secret,
    retry_in_ms,
    signature,
)


def test_messages_are_signed_as_the_libraries_of_receivers_check_them() -> None:
    """The first is an example that other implementations are tested with."""
    body = b'{"email":"test@example.com","username":"test_user"}'
    signed = signature(
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        1649367553,
        body,
    )
    assert signed == "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
    secret = new_secret(bytes(range(24)))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, b"m.7.{}", hashlib.sha256).digest()
    assert signature(secret, "m", 7, b"{}") == f"v1,{base64.b64encode(expected).decode()}"
    assert is_secret(secret)
    for wrong in ("", "whsec_", "whsec_é", new_secret(b"x" * 23), new_secret(b"x" * 65), "x" * 40):
        assert not is_secret(wrong)


@given(st.integers(1, 10**6), st.floats(0, 1), st.integers(0, 10**9))
def test_retries_come_later_each_time_and_at_least_once_an_hour(
    failures: int, chance: float, asked: int
) -> None:
    wait = retry_in_ms(failures, chance, first_ms=5_000)
    whole = min(LONGEST_RETRY_MS, 5_000 * 2 ** min(failures - 1, 20))
    assert whole / 2 <= wait <= whole
    longer = retry_in_ms(failures, chance, first_ms=5_000, asked_ms=asked)
    assert max(wait, min(asked, LONGEST_RETRY_MS)) == longer


def test_a_receiver_is_given_up_when_it_says_so_or_after_three_days() -> None:
    once = after_failure(Progress(number=7), "no", 1_000, 5_000)
    assert (once.number, once.failures, once.next_at, once.paused) == (7, 1, 6_000, "")
    assert not after_failure(once, "no", 999 + GIVE_UP_MS, 1).paused
    late = after_failure(once, "no", 1_000 + GIVE_UP_MS, 1)
    assert "three days" in late.paused
    assert "410" in after_failure(Progress(number=7), "no", 0, 0, gone=True).paused
    assert after_success(late, 8, 9) == Progress(number=8, delivered_at=9)
    assert after_success(late, 6, 9).number == 7, "it never goes back"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:93.184.215.14", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
        ("2002:a00:1::1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        ("2001:db8::1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_x11_only_public_addresses_are_reached(address: str, public: bool) -> None:
    assert may_reach(address, ()) is public


def test_networks_can_be_allowed() -> None:
    allowed = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
    assert may_reach("10.9.8.7", allowed)
    assert may_reach("::ffff:10.9.8.7", allowed)
    assert may_reach("fd00::7", allowed)
    assert not may_reach("11.0.0.1.", allowed)
    assert not may_reach("192.168.0.1", allowed)
    assert not may_reach("::1", allowed)


def test_what_an_address_points_to() -> None:
    assert target_of("https://Hooks.Example.org/a?b=c#") == (
        "https",
        "hooks.example.org",
        443,
        "/a?b=c",
    )
    assert target_of("http://[2606::1]:8080").authority == "[2606::1]:8080"
    assert target_of("http://a.example").path == "/"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.org",
        "//hooks.example.org/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "redis://127.0.0.1",
        "http:///path",
        "http://",
        "http://user@a.example/",
        "http://a.example:secret@127.0.0.1/",
        "http://a.example@127.0.0.1/",
        "http://a.example#@127.0.0.1/",
        "http://a.example\\@127.0.0.1/",
        "http://a.example/\r\nHost: b",
        "http://a.example/ b",
        "http://a.example:0/",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://%31%32%37.0.0.1/",
        "http://bücher.example/",
        "http://\N{FULLWIDTH DIGIT ONE}27.0.0.1/",
        "http://a.example/" + "x" * 2_000,
    ],
)
def test_x11_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refusal):
        target_of(url)
