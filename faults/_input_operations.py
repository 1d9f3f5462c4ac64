"""The operations that are tried out, as the service describes them, and those that are left out, each with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

METHODS = ("get", "put", "post", "patch", "delete")

# Left out by name; everything else is tried, what changes data too: the city is made for the trial.
LEFT_OUT: Mapping[str, str] = {
    "DELETE /api/v1/session": "ends the session that the trial itself works with",
    "POST /api/v1/session/password": "a lucky guess would change the password that the trial logs in with",
}
# Answers that never end: the head is read and the connection closed.
ENDLESS = frozenset({"GET /api/v1/live"})
# A check of the whole net, a stream, a password's hash: tried more rarely than the rest.
COSTLY: Mapping[str, float] = {"GET /api/v1/net/check": 0.05, "GET /api/v1/live": 0.2, "POST /api/v1/session": 0.3}


# The trial works with every role but this one, so that it does not take away its own rights.
PINNED: Mapping[str, str] = {"role": "auditor"}


@dataclass(frozen=True)
class Operation:
    """One operation with what the description says to send: values by name of parameter, and a body if it has one.

    `is_open`: whoever asks is the same to it.
    """

    method: str
    path: str
    path_values: Mapping[str, str] = field(default_factory=dict)
    query_values: Mapping[str, str] = field(default_factory=dict)
    header_values: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    body: Any = None
    takes_json: bool = False
    form: Mapping[str, Any] | None = None
    is_open: bool = False

    @property
    def name(self) -> str:
        """As in the description: "GET /api/v1/grids"."""
        return f"{self.method} {self.path}"

    @property
    def collections(self) -> Mapping[str, str]:
        """By path parameter, the address of the list that its value comes from: that of what stands before it."""
        return {name: self.path.partition("/{" + name + "}")[0] for name in self.path_values}

    def target(self, path_values: Mapping[str, bytes], query: bytes) -> bytes:
        """The address with these values in the path instead of the usual ones."""
        made = self.path.encode()
        for name, value in self.path_values.items():
            given = path_values.get(name, quote(value, safe="").encode())
            made = made.replace(b"{" + name.encode() + b"}", given)
        return made + (b"?" + query if query else b"")


def operations(document: Mapping[str, Any]) -> list[Operation]:
    """Every operation of the description that is not left out. Raises LookupError when a left-out one is not there."""
    found = [_operation(method, path, item[method], document) for path, method, item in _all(document)]
    unknown = LEFT_OUT.keys() - {one.name for one in found}
    if unknown:
        raise LookupError(f"left out, but not there: {', '.join(sorted(unknown))}")
    return [one for one in found if one.name not in LEFT_OUT]


def _all(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item


def _operation(method: str, path: str, told: Mapping[str, Any], document: Mapping[str, Any]) -> Operation:
    values: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
    required = set()
    for parameter in told.get("parameters", ()):
        values[parameter["in"]][parameter["name"]] = _example(parameter)
        if parameter.get("required"):
            required.add(parameter["name"])
    content = told.get("requestBody", {}).get("content", {})
    plain = content.get("application/json")
    form = content.get("multipart/form-data")
    return Operation(
        method.upper(),
        path,
        values["path"] | {name: PINNED[name] for name in values["path"] if name in PINNED},
        values["query"],
        values["header"],
        frozenset(required),
        plain.get("example") if plain else None,
        plain is not None,
        _resolved(form["schema"], document).get("properties", {}) if form else None,
        told.get("security") == [],
    )


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    resolved: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return resolved


def _example(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema", {})
    for place in (parameter, schema):
        if place.get("example") is not None:
            return str(place["example"])
        if place.get("examples"):
            examples = place["examples"]
            first = next(iter(examples.values()))["value"] if isinstance(examples, dict) else examples[0]
            return str(first)
    if schema.get("enum"):
        return str(schema["enum"][0])
    return str(schema.get("default", "1"))
