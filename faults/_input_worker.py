"""One sender of cases, in a process of its own: it makes some, sends them, and goes on until it has sent its share.

Reads a JSON object (port, cookies by role, description, cases, uploads, seed) and writes one: the `Outcome`.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from faults import _input_cases as making
from faults._input_operations import COSTLY, ENDLESS, PINNED, Operation, operations
from faults._input_values import MARK
from faults._input_wire import Case, Reply, Wire

CONNECTIONS = 6
SLOW_MS = 2000.0
SAMPLES = 25
LONGEST_SAMPLE = 400
# Cases of one kind for one operation before the next: setting up a generator costs as much as twenty cases.
AT_ONCE = 40
UPLOADS_AT_ONCE = 6
UNKNOWN = 401
REFUSED = (UNKNOWN, 403)
OWN_ACCOUNTS = frozenset({"admin", "planner", "approver", "dispatcher", "commander", "worker"})
# How the items of a list are named in a path, the first that they have.
NAMING = ("id", "code", "key", "number", "name")
MOST_THINGS = 200
Things = dict[str, list[str]]


@dataclass
class Outcome:
    """What came of the cases: how many by status and kind, and samples of what may not be."""

    cases: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    answers_5xx: int = 0
    unanswered: int = 0
    over_2_s: int = 0
    echoes: int = 0
    no_problem: int = 0
    worst_ms: float = 0.0
    seconds: float = 0.0
    samples: dict[str, str] = field(default_factory=dict)

    def note(self, reply: Reply) -> None:
        """Counts an answer."""
        case = reply.case
        self.cases += 1
        self.statuses[str(reply.status)] += 1
        self.kinds[case.kind] += 1
        self.operations[case.operation] += 1
        self.worst_ms = max(self.worst_ms, reply.ms)
        if reply.status == UNKNOWN and reply.case.role is not None and reply.case.shows_session:
            self.turned_away[reply.case.role] += 1
        if reply.status >= 500:
            self.answers_5xx += 1
            self._keep("5xx", reply)
        if reply.status == 0:
            self.unanswered += 1
            self._keep("unanswered", reply)
        if reply.ms > SLOW_MS:
            self.over_2_s += 1
            self._keep("slow", reply)
        if 400 <= reply.status < 500:
            self._check_refusal(reply)

    def _check_refusal(self, reply: Reply) -> None:
        if MARK.encode() in reply.body:
            self.echoes += 1
            self._keep("echo", reply)
        # What is not HTTP never reaches the application: its server refuses it in a line of text.
        if not reply.is_problem and b"Invalid HTTP request" not in reply.body and reply.body:
            self.no_problem += 1
            self._keep("no problem document", reply)

    def _keep(self, why: str, reply: Reply) -> None:
        key = f"{why} {reply.status}: {reply.case.operation} ({reply.case.kind})"
        if key not in self.samples and len(self.samples) < SAMPLES:
            case = reply.case
            sent = b"\n".join([case.line[:LONGEST_SAMPLE], *case.headers])[: LONGEST_SAMPLE * 2]
            content = (case.body or b"")[:LONGEST_SAMPLE]
            self.samples[key] = f"{case.role} {reply.ms:.0f} ms {sent!r} {content!r} -> {reply.body[:200]!r}"

    def follow(self, later: "Outcome") -> None:
        """Adds what was found after this."""
        seconds = self.seconds + later.seconds
        self.add(vars(later))
        self.seconds = seconds

    def add(self, other: Mapping[str, Any]) -> None:
        """Adds what another sender found at the same time."""
        for name in ("statuses", "kinds", "operations", "turned_away"):
            getattr(self, name).update(other[name])
        for name in ("cases", "answers_5xx", "unanswered", "over_2_s", "echoes", "no_problem"):
            setattr(self, name, getattr(self, name) + other[name])
        self.worst_ms = max(self.worst_ms, other["worst_ms"])
        self.seconds = max(self.seconds, other["seconds"])
        self.samples = other["samples"] | self.samples


@dataclass(frozen=True)
class Order:
    """What one sender is to do."""

    port: int
    cookies: dict[str, str]
    document: dict[str, Any]
    cases: int
    uploads: int
    seed: int


def start(order: Order) -> "subprocess.Popen[str]":
    """A sender in a process of its own; `Outcome.add` takes what it writes in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "faults._input_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    json.dump(asdict(order), process.stdin)
    process.stdin.close()
    return process


def work(order: Order) -> Outcome:
    """Sends the cases of an order and counts what comes back."""
    import schemathesis

    found = operations(order.document)
    schema: Any = schemathesis.openapi.from_dict(order.document)
    described = {one.ok().label: making.Described(one.ok()) for one in schema.get_all_operations()}
    wire, outcome = Wire(order.port, order.cookies), Outcome()
    chance, began = random.Random(order.seed), time.perf_counter()
    roles = asyncio.run(_who_may(wire, found, outcome))
    things = asyncio.run(_things(wire, found, outcome))
    forms = [one for one in found if one.form is not None]
    share = -(-order.uploads // max(1, len(forms) * -(-order.cases // (AT_ONCE * 60))))
    while outcome.cases < order.cases:
        batch: list[Case] = []
        for operation in chance.choices(found, [_weight(one) for one in found], k=20):
            role = (
                chance.choice(roles[operation.name]) if chance.random() < 0.93 else chance.choice([None, *wire.cookies])
            )
            number = chance.getrandbits(48)
            operation = _of_things(operation, things, chance) if chance.random() < 0.8 else operation
            batch += list(_some(operation, described.get(operation.name), role, number, chance))
        chance.shuffle(batch)
        files: list[Case] = []
        for operation in forms if outcome.kinds["upload"] < order.uploads else []:
            files += making.uploads(operation, chance.choice(roles[operation.name]), share, chance.getrandbits(48))
        asyncio.run(_send(wire, batch, files, outcome))
    outcome.seconds = time.perf_counter() - began
    return outcome


async def _send(wire: Wire, batch: list[Case], files: list[Case], outcome: Outcome) -> None:
    """Files one after the other beside the rest: each is decoded by a process of its own, which takes a while."""
    await asyncio.gather(
        wire.send_all(batch, CONNECTIONS, outcome.note),
        wire.send_all(files, 1, outcome.note),
    )


def _weight(operation: Operation) -> float:
    return COSTLY.get(operation.name, 2.0 if operation.takes_json else 1.0)


def _some(
    operation: Operation, described: making.Described | None, role: str | None, number: int, chance: random.Random
) -> Iterator[Case]:
    way = chance.random()
    if way < 0.25 and described is not None and operation.form is None:
        yield from making.by_description(described, operation, role, AT_ONCE, number)
    elif way < 0.65 and operation.takes_json:
        yield from making.spoiled_bodies(operation, role, AT_ONCE * 2, number)
    else:
        yield from making.junk(operation, role, AT_ONCE, number)


async def _who_may(wire: Wire, found: list[Operation], outcome: Outcome) -> dict[str, list[str]]:
    """By operation, the roles that are let through to it: junk sent by the others is refused at the door."""
    may: dict[str, list[str]] = {one.name: [] for one in found}

    def note(reply: Reply) -> None:
        outcome.note(reply)
        if reply.status not in REFUSED and reply.case.role is not None:
            may[reply.case.operation].append(reply.case.role)

    asking = list(wire.cookies)
    cases = [_plain(one, role) for one in found for role in (asking[:1] if one.is_open else asking)]
    await wire.send_all(cases, CONNECTIONS, note)
    return {name: roles or list(wire.cookies) for name, roles in may.items()}


async def _things(wire: Wire, found: list[Operation], outcome: Outcome) -> Things:
    """What there is to be named in a path: by the address of each list, what its items are called."""
    things: Things = {}
    listing = {one.path: one for one in found if one.method == "GET"}
    wanted = {list_path for one in found for list_path in one.collections.values()}
    for path in sorted(wanted & listing.keys(), key=len):

        def note(reply: Reply, path: str = path) -> None:
            outcome.note(reply)
            if reply.status == 200 and b"\r\ncontent-type: application/json" in reply.head.lower():
                things.setdefault(path, []).extend(_named_in(reply.body))

        operation = _of_things(listing[path], things, random.Random(0))
        await wire.send_all([_plain(operation, role) for role in wire.cookies], 1, note)
    return {path: sorted(set(names))[:MOST_THINGS] for path, names in things.items()}


def _named_in(body: bytes) -> Iterator[str]:
    """Names of the items of a list, but for those that the trial itself works with."""
    told = json.loads(body)
    items = told.get("items", ()) if isinstance(told, dict) else told
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and item.get("username") not in OWN_ACCOUNTS and not item.get("is_current"):
            name = next((item[key] for key in NAMING if key in item), None)
            if isinstance(name, str | int):
                yield str(name)


def _of_things(operation: Operation, things: Things, chance: random.Random) -> Operation:
    """The operation on things that are there, where any are known."""
    values = dict(operation.path_values)
    for name, path in operation.collections.items():
        if things.get(path) and name not in PINNED:
            values[name] = chance.choice(things[path])
    return replace(operation, path_values=values)


def _plain(operation: Operation, role: str) -> Case:
    """A request with nothing wrong in it."""
    query = urlencode({name: value for name, value in operation.query_values.items() if name in operation.required})
    body = json.dumps(operation.body).encode() if operation.takes_json else None
    headers = (making.JSON_TYPE,) if body is not None else ()
    return Case(
        operation.name,
        "as described",
        role,
        operation.method.encode() + b" " + operation.target({}, query.encode()),
        (*headers, *making.needed_headers(operation)),
        body,
        endless=operation.name in ENDLESS,
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump(vars(work(Order(**json.load(sys.stdin)))), sys.stdout)
