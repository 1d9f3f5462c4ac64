"""The corpus of what nobody should send: each gets its refusal, as a problem document that repeats nothing of it."""

import gzip
import json
import socket
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from gridsvc.api.body import DEEPEST_NESTING
from gridsvc.api.limits import LARGEST_BODY
from tests.fixtures.clients import ClientOf

MARK = "zq9echo"
INCIDENT = {"channel": "hotline", "category": "exposed_rubbish", "x": 117.38, "y": 32.93, "crs": "EPSG:4326"}


def spoiled(name: str, raw: str) -> bytes:
    """An incident with one field written as it should not be."""
    text = json.dumps(INCIDENT | {name: "@"})
    return text.replace('"@"', raw).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Bad:
    """What is sent, and the status and code it gets."""

    status: int
    code: str
    body: bytes | None = None
    path: str = "/api/v1/incidents"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    role: str = "dispatcher"


def asked(path: str, status: int = 422, code: str = "invalid_input", role: str = "commander") -> Bad:
    return Bad(status, code, None, path, {}, role)


def declared(**headers: str) -> dict[str, str]:
    return {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}


BODIES = {
    "NaN": Bad(400, "malformed", spoiled("x", "NaN")),
    "infinity": Bad(400, "malformed", spoiled("x", "-Infinity")),
    "a number without end": Bad(400, "malformed", spoiled("x", "1e999")),
    "NaN in a body that is wrong anyway": Bad(400, "malformed", b'{"nobody": NaN}'),
    "the largest number there is": Bad(422, "invalid_coordinate", spoiled("x", "1e308")),
    "an integer of 400 digits": Bad(400, "malformed", spoiled("x", "9" * 400)),
    "an integer beyond 64 bits": Bad(400, "malformed", spoiled("x", str(2**63))),
    "NUL in a text": Bad(400, "malformed", spoiled("description", '"a\\u0000b"')),
    "NUL in a key": Bad(400, "malformed", spoiled("description", '1, "a\\u0000": 1')),
    "half a character": Bad(400, "malformed", spoiled("description", '"\\ud800"')),
    "half a character as bytes": Bad(400, "malformed", spoiled("description", '"\ud800"')),
    "bytes that are not UTF-8": Bad(400, "malformed", b'{"channel": "\xff\xfe"}'),
    "UTF-16": Bad(400, "malformed", json.dumps(INCIDENT).encode("utf-16")),
    "a byte order mark": Bad(400, "malformed", b"\xef\xbb\xbf" + json.dumps(INCIDENT).encode()),
    "a key twice": Bad(400, "malformed", spoiled("crs", '"GCJ-02", "x": 118')),
    "nested nine hundred deep": Bad(400, "malformed", spoiled("description", "[" * 900 + "]" * 900)),
    "nested one too deep": Bad(400, "malformed", b"[" * (DEEPEST_NESTING + 1) + b"]" * (DEEPEST_NESTING + 1)),
    "cut off": Bad(400, "malformed", json.dumps(INCIDENT).encode()[:-5]),
    "two bodies": Bad(400, "malformed", json.dumps(INCIDENT).encode() * 2),
    "nothing": Bad(422, "invalid_input", b""),
    "a list": Bad(422, "invalid_input", b"[]"),
    "null": Bad(422, "invalid_input", b"null"),
    "a text for a number": Bad(422, "invalid_input", spoiled("x", '"117.38"')),
    "a truth value for a number": Bad(422, "invalid_input", spoiled("x", "true")),
    "coordinates in a list": Bad(422, "invalid_input", spoiled("x", '["a", "b"]')),
    "null for one coordinate": Bad(422, "invalid_input", spoiled("x", "null")),
    "outside the city's bounds": Bad(422, "invalid_coordinate", spoiled("x", "0.0")),
    "axes the wrong way round": Bad(
        422, "invalid_coordinate", json.dumps(INCIDENT | {"x": INCIDENT["y"], "y": INCIDENT["x"]}).encode()
    ),
    "a datum nobody knows": Bad(422, "unknown_datum", spoiled("crs", f'"{MARK}"')),
    "a datum without conversion": Bad(422, "unknown_datum", spoiled("crs", '"EPSG:2384"')),
    "a field nobody asked for": Bad(422, "invalid_input", spoiled("channel", f'"hotline", "{MARK}": 1')),
    "a field nobody asked for with a long name": Bad(
        422, "invalid_input", spoiled("channel", f'"hotline", "{MARK * 200}": 1')
    ),
    "a channel nobody knows": Bad(422, "invalid_input", spoiled("channel", f'"{MARK}"')),
    "too long a text": Bad(422, "invalid_input", spoiled("description", f'"{MARK * 3000}"')),
    "a time without zone": Bad(422, "invalid_input", spoiled("occurred_at", '"2026-11-20T08:30:00"')),
    "a time that does not exist": Bad(422, "invalid_input", spoiled("occurred_at", '"2026-02-30T00:00:00Z"')),
    "the first time there is": Bad(422, "invalid_input", spoiled("occurred_at", '"0001-01-01T00:00:00+14:00"')),
    "the last time there is": Bad(422, "invalid_input", spoiled("occurred_at", '"9999-12-31T23:59:59-14:00"')),
    "a number for a time beyond all": Bad(422, "invalid_input", spoiled("occurred_at", "1e300")),
    "an identifier that is none": Bad(422, "invalid_input", spoiled("client_id", f'"{MARK}"')),
    "no content type": Bad(415, "unsupported_media_type", json.dumps(INCIDENT).encode(), headers={}),
    "a form": Bad(415, "unsupported_media_type", b"x=1", headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "plain text": Bad(415, "unsupported_media_type", b"{}", headers={"Content-Type": "text/plain"}),
    "a lying charset": Bad(
        415, "unsupported_media_type", b"{}", headers={"Content-Type": "application/json; charset=gbk"}
    ),
    "gzip cut off": Bad(
        415, "unsupported_media_type", gzip.compress(b"{}" * 99)[:20], headers=declared(Content_Encoding="gzip")
    ),
    "deflate": Bad(415, "unsupported_media_type", zlib.compress(b"{}"), headers=declared(Content_Encoding="deflate")),
    "gzip that is not said": Bad(400, "malformed", gzip.compress(b"{}")),
    "a key with a control character": Bad(
        422, "invalid_input", json.dumps(INCIDENT).encode(), headers=declared(Idempotency_Key="a b")
    ),
    "a key of twenty thousand characters": Bad(
        422, "invalid_input", json.dumps(INCIDENT).encode(), headers=declared(Idempotency_Key="k" * 20_000)
    ),
    "more than is read": Bad(413, "too_large", b" " * (LARGEST_BODY + 1)),
}

QUESTIONS = {
    "x is not a number": asked("/api/v1/locate?x=nan&y=32.9&crs=EPSG:4326"),
    "x is endless": asked("/api/v1/locate?x=1e999&y=32.9&crs=EPSG:4326"),
    "x is text": asked(f"/api/v1/locate?x={MARK}&y=32.9&crs=EPSG:4326"),
    "crs is long": asked(f"/api/v1/locate?x=117&y=32.9&crs={MARK * 400}"),
    "crs is a program": asked("/api/v1/locate?x=117&y=32.9&crs=%2Bproj%3Dpipeline", code="unknown_datum"),
    "crs with NUL": asked("/api/v1/locate?x=117&y=32.9&crs=%00", code="unknown_datum"),
    "a moment without zone": asked("/api/v1/status?as_of=2026-11-20T00:00:00"),
    "a moment before everything": asked("/api/v1/status?as_of=0001-01-01T00:00:00%2B14:00"),
    "a moment after everything": asked("/api/v1/status?as_of=9999-12-31T23:59:59-14:00"),
    "a table to after everything": asked(
        "/api/v1/compare/handover.xlsx?since=2026-11-01T00:00:00Z&until=9999-12-31T23:59:59-14:00"
    ),
    "the life of no code": asked(f"/api/v1/grids/{MARK}/life", status=404, code="not_found", role="planner"),
    "a box of NaN": asked("/api/v1/blocks?bbox=nan,nan,nan,nan"),
    "a box inside out": asked("/api/v1/blocks?bbox=118,33,117,32"),
    "a box of three": asked("/api/v1/blocks?bbox=1,2,3"),
    "a limit below zero": asked("/api/v1/incidents?limit=-1"),
    "a limit beyond 32 bits": asked("/api/v1/incidents?limit=2147483648"),
    "a limit beyond 64 bits": asked("/api/v1/incidents?limit=99999999999999999999"),
    "a cursor of ours, spoiled": asked("/api/v1/incidents?cursor=eyJhIjogMX0"),
    "a cursor from before time": asked("/api/v1/incidents?cursor=0001-01-01T00:00:00%2B14:00_x"),
    "a state nobody knows": asked(f"/api/v1/incidents?state={MARK}"),
    "a grid nobody knows": asked(f"/api/v1/grids/{MARK}", 404, "not_found"),
    "a grid with NUL": asked("/api/v1/grids/%00", 422),
    "a grid with half a character": asked("/api/v1/grids/%ED%A0%80", 404, "not_found"),
    "an incident that is no identifier": asked(f"/api/v1/incidents/{MARK}"),
    "a document that climbs out": asked("/api/v1/documents/grids/..%2f..%2fsecret.json", 404, "not_found"),
    "a method that is not there": Bad(405, "method_not_allowed", b"", "/api/v1/status", {}, "commander"),
}


@pytest.mark.parametrize("bad", BODIES.values(), ids=BODIES.keys())
def test_a_hostile_body_gets_its_refusal(client_of: ClientOf, bad: Bad) -> None:
    client = client_of(bad.role)
    answer = client.post(bad.path, content=bad.body, headers=bad.headers)
    check(answer, bad)


@pytest.mark.parametrize("bad", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_hostile_question_gets_its_refusal(client_of: ClientOf, bad: Bad) -> None:
    client = client_of(bad.role)
    check(client.request("PUT" if bad.status == 405 else "GET", bad.path, content=bad.body), bad)


def check(answer: httpx.Response, bad: Bad) -> None:
    assert (answer.status_code, answer.json()["code"]) == (bad.status, bad.code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert MARK not in answer.text


def test_a_body_without_length_is_counted_while_it_comes(live_server: str, client_of: ClientOf) -> None:
    def endless() -> Any:
        for _ in range(LARGEST_BODY // 65_536 + 4):
            yield b" " * 65_536

    answer = client_of("dispatcher").post("/api/v1/incidents", content=endless(), headers=declared())
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /api/v1/status HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: \x01\r\n\r\n",
        b"POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    ],
    ids=["version", "TLS", "negative length", "no chunk", "two lengths", "NUL", "control character", "hung up"],
)
def test_what_is_no_http_harms_nobody(live_server: str, anonymous: httpx.Client, sent: bytes) -> None:
    place = urlsplit(live_server)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        said = connection.recv(1000)
    assert not said.startswith(b"HTTP/1.1 5")
    assert anonymous.get("/health").status_code == 200
