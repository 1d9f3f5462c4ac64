"""Cases by the thousand: from the description (schemathesis), and by spoiling what would be right (hypothesis)."""

import gzip
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from faults import _input_values as values
from faults._input_operations import ENDLESS, Operation
from faults._input_wire import Case

JSON_TYPE = b"Content-Type: application/json"
PLACE = "@@hostile@@"
WAYS = 5
ENOUGH_DESCRIBED = 100
GEOMETRIC = ("geometry", "line", "polygon", "boundary", "shape", "coordinates")

_LEAVES = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=30)
    | st.just(values.MARK)
    | st.datetimes().map(str)
    | st.uuids().map(str)
)
ANY_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """Up to `count` examples of a strategy, the same for the same number."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    try:
        draw()
    except Unsatisfiable:
        return found
    return found[:count]


class Described:
    """What schemathesis makes of an operation's schemas, as they allow and as they forbid.

    Making one takes longer than the service needs to answer it. So from a hundred of each kind on, the parts of two are
    put together: the path of this one, the query of both, the body of that one.
    """

    def __init__(self, told: Any) -> None:
        self._told = told
        self._made: dict[str, list[dict[str, Any]]] = {"positive": [], "negative": []}

    def requests(self, kind: str, count: int, number: int) -> list[dict[str, Any]]:
        """So many requests of one kind, as schemathesis would hand them to a client."""
        from schemathesis import GenerationMode

        made = self._made[kind]
        if len(made) < ENOUGH_DESCRIBED:
            strategy = self._told.as_strategy(generation_mode=GenerationMode[kind.upper()])
            fresh = [case.as_transport_kwargs(base_url="http://service") for case in drawn(strategy, count, number)]
            made += fresh
            return fresh
        chance = random.Random(number)
        return [_put_together(chance.choice(made), chance.choice(made), chance) for _ in range(count)]


def _put_together(one: dict[str, Any], other: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    both = dict(one)
    for part in ("url", "headers"):
        both[part] = chance.choice((one, other))[part]
    query = {**dict(one.get("params") or {}), **dict(other.get("params") or {})}
    both["params"] = {name: value for name, value in query.items() if chance.random() < 0.7}
    if chance.random() < 0.5:
        both = {name: value for name, value in both.items() if name not in ("json", "data")}
        both |= {name: other[name] for name in ("json", "data") if name in other}
    return both


def by_description(described: Described, operation: Operation, role: str | None, count: int, number: int) -> list[Case]:
    """Requests of the description; each body that it allows comes again, spoiled in several ways."""
    made = []
    for kind in ("positive", "negative"):
        for place, sent in enumerate(described.requests(kind, count // 2, number)):
            made.append(_of_description(operation, role, sent, kind))
            if kind == "positive" and isinstance(sent.get("json"), dict):
                like_it = replace(operation, body=sent["json"])
                made += [_spoiled(like_it, role, chance, None) for chance in _chances(number + place)]
    return made


def _chances(number: int) -> Iterator[random.Random]:
    """Some dice, always the same for the same number: what hypothesis draws is spoiled in more than one way."""
    return (random.Random(number * WAYS + way) for way in range(WAYS))


def _of_description(operation: Operation, role: str | None, sent: Mapping[str, Any], kind: str) -> Case:
    path = str(sent["url"]).removeprefix("http://service")
    query = urlencode(dict(sent.get("params", {})), doseq=True, errors="replace")
    target = quote(path, safe="/%:@!$&'()*+,;=~", errors="replace").encode() + (b"?" + query.encode() if query else b"")
    kept = {
        name: value
        for name, value in sent.get("headers", {}).items()
        if name.lower() not in ("user-agent", "connection", "x-schemathesis-testcaseid", "accept-encoding", "host")
        and not (name.lower() == "authorization" and role is not None)
    }
    headers = tuple(_header(str(name).encode(), str(value).encode("utf-8", "replace")) for name, value in kept.items())
    body = None
    if "json" in sent:
        body = json.dumps(sent["json"], allow_nan=True).encode()
        headers += () if any(header.lower().startswith(b"content-type") for header in headers) else (JSON_TYPE,)
    elif sent.get("data") is not None:
        data = sent["data"]
        body = data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")
    line = operation.method.encode() + b" " + target
    return Case(operation.name, f"described {kind}", role, line, headers, body, endless=operation.name in ENDLESS)


def _header(name: bytes, value: bytes) -> bytes:
    """One line: a line break in it would make another request of what follows."""
    return name + b": " + value.replace(b"\r", b" ").replace(b"\n", b" ")


def needed_headers(operation: Operation) -> tuple[bytes, ...]:
    """What must be sent beside the body, and the tag of what is edited, wherever one may be given."""
    return tuple(
        _header(name.encode(), value.encode())
        for name, value in operation.header_values.items()
        if name in operation.required or name.lower() == "if-match"
    )


def spoiled_bodies(operation: Operation, role: str | None, count: int, number: int) -> list[Case]:
    """Bodies that would be right but for one or two places, or for the way they are written and sent."""
    pairs = drawn(st.tuples(st.integers(0, 2**62), ANY_JSON), -(-count // WAYS), number)
    return [_spoiled(operation, role, chance, value) for one, value in pairs for chance in _chances(one)][:count]


def _spoiled(operation: Operation, role: str | None, chance: random.Random, value: Any) -> Case:
    raw = _raw_value(chance, value)
    body = _with_hostile_place(operation.body, chance, raw)
    headers: tuple[bytes, ...] = (JSON_TYPE,)
    deed = chance.randrange(14)
    if deed == 0:
        body = values.damaged(chance, body)
    elif deed == 1:
        body = raw
    elif deed == 2:
        headers = (_header(b"Content-Type", chance.choice(values.CONTENT_TYPES)),)
    elif deed == 3:
        body = gzip.compress(body, mtime=0)[: chance.choice((5, 20, 10_000))]
        headers += (b"Content-Encoding: gzip",)
    elif deed == 4:
        body = body[:-1] + b', "' + values.MARK.encode() + b'": 1}' if body.endswith(b"}") else body
    elif deed == 5:
        body = body[:-1] + b"," + body[1:] if body.startswith(b"{") and len(body) > 2 else body
    elif deed == 6:
        headers += (_header(b"Idempotency-Key", str(chance.randrange(30)).encode()),)
    line = operation.method.encode() + b" " + operation.target({}, b"")
    headers += needed_headers(operation)
    return Case(operation.name, "spoiled body", role, line, headers, body, chunked=chance.random() < 0.2)


def _raw_value(chance: random.Random, value: Any) -> bytes:
    if value is not None and chance.random() < 0.4:
        return json.dumps(value).encode()
    return chance.choice(values.RAW_JSON)


def _with_hostile_place(example: Any, chance: random.Random, raw: bytes) -> bytes:
    """The example with one place taken by what was given; a geometry is spoiled as a geometry."""
    copy = json.loads(json.dumps(example if example is not None else {}))
    places = list(_places(copy))
    if not places:
        return raw
    holder, key = chance.choice(places)
    if key in GEOMETRIC and chance.random() < 0.8:
        raw = values.geometry(chance).encode()
    if chance.random() < 0.1:
        del holder[key]
    else:
        holder[key] = PLACE
    return json.dumps(copy, ensure_ascii=chance.random() < 0.5).encode().replace(f'"{PLACE}"'.encode(), raw, 1)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def junk(operation: Operation, role: str | None, count: int, number: int) -> list[Case]:
    """Junk in the query, the path, the headers and the cookies of a request that is otherwise right."""
    pairs = drawn(st.tuples(st.integers(0, 2**62), st.text(max_size=12)), -(-count // WAYS), number)
    return [_junk(operation, role, chance, text) for one, text in pairs for chance in _chances(one)][:count]


def _junk(operation: Operation, role: str | None, chance: random.Random, text: str) -> Case:
    def hostile() -> bytes:
        if chance.random() < 0.2:
            return quote(text.encode("utf-8", "replace")).encode()
        return chance.choice(values.TEXTS)

    pairs = [(name, quote(value, safe="").encode()) for name, value in operation.query_values.items()]
    query = [pair for pair in pairs if pair[0] in operation.required or chance.random() < 0.4]
    path_values: dict[str, bytes] = {}
    headers: list[bytes] = []
    kind = chance.choice(("query", "query", "query", "path", "header", "header", "method"))
    if kind == "query":
        names = [*operation.query_values, *operation.query_values, values.MARK, "", "limit", "%00"]
        query += [(chance.choice(names), hostile()) for _ in range(chance.choice((1, 1, 2, 30)))]
        if chance.random() < 0.5:
            query = list(dict(reversed(query)).items())
    elif kind == "path":
        path_values = {name: hostile() for name in operation.path_values}
    elif kind == "header":
        for name, choices in chance.sample(values.HEADERS, chance.choice((1, 1, 3))):
            headers.append(_header(name, chance.choice(choices)))
    method = chance.choice((b"PUT", b"OPTIONS", b"TRACE", b"HEAD", b"BREW")) if kind == "method" else None
    chance.shuffle(query)
    target = operation.target(path_values, b"&".join(name.encode() + b"=" + value for name, value in query))
    body = json.dumps(operation.body).encode() if operation.takes_json else None
    line = (method or operation.method.encode()) + b" " + (target or b"/")
    own = {header.split(b":", 1)[0].lower() for header in headers}
    headers += [header for header in needed_headers(operation) if header.split(b":", 1)[0].lower() not in own]
    sent = (*headers, JSON_TYPE) if body is not None else tuple(headers)
    endless = operation.name in ENDLESS and method is None
    return Case(operation.name, f"junk {kind}", role, line, sent, body, endless=endless)


def uploads(operation: Operation, role: str | None, count: int, number: int) -> list[Case]:
    """Forms with a hostile file, or with hostile fields around it, or that are no forms."""
    return [_upload(operation, role, random.Random(one)) for one in drawn(st.integers(0, 2**62), count, number)]


FIELD_VALUES: Mapping[str, tuple[bytes, ...]] = {
    "crs": (b"EPSG:4490", b"EPSG:4490", b"GCJ-02"),
    "fields": (b'{"code": "CODE", "name": "NAME"}', b"{", b'{"code": "\\u0000"}', b'{"counts": {"a": 1}}'),
    "dry_run": (b"true", b"true", b"maybe"),
}


def _upload(operation: Operation, role: str | None, chance: random.Random) -> Case:
    boundary = b"b%d" % chance.randrange(10**9)
    parts = []
    for name, schema in (operation.form or {}).items():
        if schema.get("format") == "binary" or schema.get("contentMediaType"):
            named = chance.choice((b"a.geojson", b"../../a.vrt", b"a\x00.zip", b"\xff\xfe.gpkg", b"a.xlsx", b""))
            head = b'form-data; name="%s"; filename="%s"' % (name.encode(), named)
            parts.append((head, values.file_content(chance)))
        elif chance.random() < 0.7:
            right = FIELD_VALUES.get(name, (b"1",))
            value = chance.choice(right) if chance.random() < 0.8 else chance.choice(values.RAW_JSON)
            parts.append((b'form-data; name="%s"' % name.encode(), value))
    if chance.random() < 0.1:
        parts *= chance.choice((0, 2, 20))
    lines = [b"--%s\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (boundary, head, value) for head, value in parts]
    body = b"".join(lines) + b"--%s--\r\n" % boundary
    if chance.random() < 0.1:
        body = values.damaged(chance, body)
    kind = (
        chance.choice(values.CONTENT_TYPES) if chance.random() < 0.1 else b"multipart/form-data; boundary=" + boundary
    )
    path_values = {name: chance.choice(LAYERS) for name in operation.path_values if name == "layer"}
    line = operation.method.encode() + b" " + operation.target(path_values, b"")
    return Case(operation.name, "upload", role, line, (_header(b"Content-Type", kind),), body, chance.random() < 0.2)


LAYERS = (b"areas", b"blocks", b"doors", b"grids", b"rivers")
Maker = Callable[[Operation, str | None, int, int], list[Case]]
