"""A bad line between phones and service: answers get lost, requests arrive twice, and the order is not kept."""

import contextlib
import http.client
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

PASSED_ON = ("content-type", "cookie", "x-gridsvc", "idempotency-key")
PATIENCE_S = 30


class Line:
    """How bad the line is, and what it did."""

    def __init__(self, seed: int, *, drops: float = 0.12, doubles: float = 0.10, delays: float = 0.2) -> None:
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._drops, self._doubles, self._delays = drops, doubles, delays
        self.dropped = self.doubled = 0

    def fate(self) -> tuple[bool, bool, float]:
        """Of the next request: is its answer lost, is it sent twice, how long does it wait (seconds)."""
        with self._lock:
            drop, double = self._chance.random() < self._drops, self._chance.random() < self._doubles
            wait = self._chance.uniform(0.01, 0.3) if self._chance.random() < self._delays else 0.0
            self.dropped += drop
            self.doubled += double
        return drop, double, wait


class Proxy:
    """The line as a server of its own."""

    def __init__(self, target: int, line: Line) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(target, line))
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(target: int, line: Line) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
            drop, double, wait = line.fate()
            time.sleep(wait)
            if double:
                twin = threading.Thread(target=_send, args=(target, self.path, body, headers), daemon=True)
                twin.start()
            answer = _send(target, self.path, body, headers)
            if double:
                twin.join(PATIENCE_S)
            if answer is None or drop:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.close()
                return
            status, content = answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    return Handler


def _send(target: int, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes] | None:
    """The answer of the service, None when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", target, timeout=PATIENCE_S)
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
