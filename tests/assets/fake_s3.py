"""As much of S3 as keeps objects: one bucket in memory, behind a real socket."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class FakeS3(ThreadingHTTPServer):
    """Objects by their path, bucket included. ``broken``: every request fails."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.signed = True
        self.broken = False

    @property
    def url(self) -> str:
        """Its endpoint."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    """A server for as long as it is needed."""
    server = FakeS3()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: FakeS3
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def do_PUT(self) -> None:
        self.server.objects[self._path()] = self._body()
        self._answer(200, headers={"ETag": '"e"'})

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._list(query.get("prefix", [""])[0])
            return
        data = self.server.objects.get(self._path())
        if data is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._answer(
                200, data, {"ETag": '"e"', "Last-Modified": "Fri, 13 Nov 2026 10:00:00 GMT"}
            )

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._path(), None)
        self._answer(204)

    def do_POST(self) -> None:
        """Deletes several at once."""
        names = re.findall(r"<Key>([^<]+)</Key>", self._body().decode())
        for name in names:
            self.server.objects.pop(f"{self._path().rstrip('/')}/{name}", None)
        gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _list(self, prefix: str) -> None:
        bucket = self._path().strip("/")
        found = ""
        for path, data in sorted(self.server.objects.items()):
            key = path.removeprefix(f"/{bucket}/")
            if key.startswith(prefix):
                at = datetime(2026, 11, 13, 10, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                found += (
                    f"<Contents><Key>{key}</Key><LastModified>{at}</LastModified>"
                    f'<ETag>"e"</ETag><Size>{len(data)}</Size></Contents>'
                )
        self._answer(
            200,
            f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode(),
        )

    def _path(self) -> str:
        return unquote(urlsplit(self.path).path)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self.server.signed &= self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256")
        if self.server.broken:
            status, body = 403, b"<Error><Code>AccessDenied</Code></Error>"
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
