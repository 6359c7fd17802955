"""Pages, their headers, health."""

from __future__ import annotations

import os
import signal

import httpx
import pytest

from inkwire.store.embedded import EmbeddedStore
from inkwire.web.static import STATIC
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server

built = pytest.mark.skipif(
    not (STATIC / "index.html").is_file(), reason="the front end is not built"
)


@built
@pytest.mark.parametrize("path", ["/", "/b/{board}"])
def test_both_addresses_give_the_page(server: Server, board: NewBoard, path: str) -> None:
    answer = patient.get(server.base + path.format(board=board.id))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.text == (STATIC / "index.html").read_text()


@built
def test_hashed_files_are_kept_for_ever(server: Server) -> None:
    script = next((STATIC / "assets").glob("*.js"))
    answer = patient.get(f"{server.base}/assets/{script.name}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "javascript" in answer.headers["Content-Type"]
    icon = patient.get(f"{server.base}/favicon.svg")
    assert icon.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../app.py",
        "/assets/%2e%2e/%2e%2e/app.py",
        "/..%2f..%2fconfig.py",
        "//etc/passwd",
        "/assets/",
        "/nothing.js",
    ],
)
def test_nothing_else_is_served(server: Server, path: str) -> None:
    with httpx.Client(timeout=60) as client:
        request = client.build_request("GET", server.base)
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code == 404


@pytest.mark.parametrize("path", ["/", "/b/x", "/api/boards/x", "/healthz", "/nothing"])
def test_every_answer_tells_browsers_to_allow_little(server: Server, path: str) -> None:
    headers = patient.get(server.base + path).headers
    policy = headers["Content-Security-Policy"]
    script = next((part for part in policy.split("; ") if part.startswith("script-src")), "")
    assert "default-src 'none'" in policy
    assert script in ("", "script-src 'self'")
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" not in headers


def test_other_sites_may_show_the_activity_in_a_frame_and_nothing_else(server: Server) -> None:
    def framed_by(path: str) -> str:
        policy = patient.get(server.base + path).headers["Content-Security-Policy"]
        return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))

    assert framed_by("/b/x/activity") == "frame-ancestors *"
    assert {framed_by(path) for path in ("/", "/b/x", "/b/x/activity/y", "/x/b/y/activity")} == {
        "frame-ancestors 'self'"
    }
    assert framed_by("/api/boards/x/activity") == "frame-ancestors 'none'"


def test_the_socket_s_address_in_the_policy_is_the_one_asked_for(server: Server) -> None:
    policy = patient.get(server.base, headers={"Host": "draw.example.org"}).headers[
        "Content-Security-Policy"
    ]
    assert "connect-src 'self' ws://draw.example.org wss://draw.example.org;" in policy


def test_tls_at_a_trusted_proxy_is_known(server: Server) -> None:
    headers = patient.get(server.base, headers={"X-Forwarded-Proto": "https"}).headers
    assert headers["Strict-Transport-Security"]


def test_health_readiness_and_metrics(server: Server, board: NewBoard) -> None:
    assert patient.get(f"{server.base}/healthz").text == "ok"
    ready = patient.get(f"{server.base}/readyz")
    assert ready.status_code == 200
    assert ready.json()["ready"] is True
    metrics = patient.get(f"{server.base}/metrics").text
    for name in ("inkwire_peers", "inkwire_commits_total", "inkwire_gaps_total"):
        assert name in metrics
    assert board.id not in metrics


def test_a_frozen_store_is_told_by_readiness_alone(
    own_store: EmbeddedStore, own_server: Server
) -> None:
    os.kill(own_store.pid, signal.SIGSTOP)
    try:
        assert patient.get(f"{own_server.base}/healthz", timeout=2).status_code == 200
        ready = patient.get(f"{own_server.base}/readyz", timeout=5)
        assert ready.status_code == 503
        assert ready.json()["store"]["problem"]
        made = patient.post(f"{own_server.base}/api/boards", timeout=5)
        assert made.status_code == 503
        assert int(made.headers["Retry-After"]) >= 1
    finally:
        os.kill(own_store.pid, signal.SIGCONT)


@built
def test_a_wrong_link_leads_a_person_home(server: Server) -> None:
    """A browser gets a page, a program words in JSON."""
    page = patient.get(f"{server.base}/boards/old", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'href="/"' in page.text
    program = patient.get(f"{server.base}/boards/old")
    assert program.status_code == 404
    assert program.json()["error"]


def test_a_wrong_method_is_told_as_one(server: Server) -> None:
    answer = patient.put(f"{server.base}/api/boards")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"
    assert patient.get(f"{server.base}/api/nothing").status_code == 404


@built
def test_scripts_travel_compressed_to_who_understands_it(server: Server) -> None:
    """Without anything in front of the server, too; and are asked for again by what they hold."""
    script = max((STATIC / "assets").glob("*.js"), key=lambda path: path.stat().st_size)
    address = f"{server.base}/assets/{script.name}"
    small = patient.get(address, headers={"Accept-Encoding": "gzip"})
    whole = patient.get(address, headers={"Accept-Encoding": "identity"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in whole.headers
    assert int(small.headers["Content-Length"]) < int(whole.headers["Content-Length"]) / 2
    assert small.content == whole.content == script.read_bytes()
    assert small.headers["Content-Type"] == whole.headers["Content-Type"]
    for answer in (small, whole):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["Cache-Control"]
    assert small.headers["ETag"] != whole.headers["ETag"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    assert patient.get(address, headers=again).status_code == 304
