"""`scripts/faults input`: what nobody should send, by the ten thousand, to a real service on a city made for it.

cases             requests sent, to every operation but those left out by name (see `_input_operations`)
answers_5xx       answers that blame the service: 0
unanswered        connections closed without an answer, or none within 30 s: 0
over_2_s          answers that took longer: 0; worst_ms is the longest
echoes            refusals that repeat what was sent: 0
no_problem        refusals of the application that are no problem documents: 0
turned_away_pct   requests with a session that were answered as a stranger's: a trial with many of them tries nothing
memory_part_…_mb  of the API process at rest, after each part of the cases; what it alone has written, no files
memory_growth_pct the most that it took after a later part above what it took after the first

Two senders make them with schemathesis, from the service's own description, and with hypothesis, from what it gives as
right, and send them under every role. What changes data is sent too. The same seeds give the same cases.
"""

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.memory import footprints
from benchmarks.service import Service, demo_city
from faults._input_worker import Order, Outcome, start
from faults.frame import Options, Verdict, fresh_home, say
from gridsvc.infra.processes import API

ROLES = ("admin", "planner", "approver", "dispatcher", "commander", "worker")
SENDERS = 2
# After the first part everything that is loaded when first needed has been loaded, and caches have been filled.
PARTS = {"quick": 2, "full": 5}
REST_S = 40.0
MOST_GROWTH_PCT = {"quick": 10.0, "full": 5.0}
MOST_TURNED_AWAY_PCT = 1.0


def try_out(options: Options) -> Verdict:
    """Sends the cases and says which promises held."""
    with fresh_home() as home, demo_city(options_small(), home, log=home.parent / "service.log") as service:
        cookies = {role: service.log_in(role) for role in ROLES}
        document = json.loads(service.ask("GET", "/openapi.json", cookie=cookies["admin"]).content)
        form = "quick" if options.quick else "full"
        draw_something(service, cookies["planner"])
        found, memory, parts = Outcome(), [], PARTS[form]
        count, files = options.times(500_000, 20_000) // parts, options.times(1_500, 180) // parts
        for number in range(parts):
            found.follow(send(service.port, cookies, document, cases=count, uploads=files, seed=number + 1))
            memory.append(api_memory_mb(service))
            say(f"  {found.cases:,} cases, {memory[-1]:.0f} MB")
        tell(found)
        tell_log(home.parent / "service.log")
        return verdict(found, memory, most_growth_pct=MOST_GROWTH_PCT[form])


def options_small() -> Options:
    """The small city: what is wrong with input is wrong in every size."""
    return Options(quick=True)


def draw_something(service: Service, cookie: str) -> None:
    """What planners use is loaded by the first of them and takes as much memory as all the rest."""
    grids = service.ask("GET", "/api/v1/grids", cookie=cookie).json["features"]
    community = grids[0]["properties"]["community_code"]
    wanted = {"title": "warming up", "reason": "before bad input is sent", "communities": [community]}
    plan = service.ask("POST", "/api/v1/plans", cookie=cookie, body=wanted).json
    drawn = service.ask("GET", f"/api/v1/plans/{plan['id']}/communities/{community}", cookie=cookie)
    if drawn.status != http.client.OK:
        raise RuntimeError(f"a drawing was refused: {drawn.status} {drawn.content[:200]!r}")


def send(
    port: int, cookies: Mapping[str, str], document: Mapping[str, Any], *, cases: int, uploads: int, seed: int
) -> Outcome:
    """Lets some senders send together so many cases, with the sessions of every role."""
    each, files = -(-cases // SENDERS), -(-uploads // SENDERS)
    orders = [
        Order(port, dict(cookies), dict(document), each, files, seed * 1000 + number) for number in range(SENDERS)
    ]
    senders = [start(order) for order in orders]
    outcome = Outcome()
    for sender in senders:
        assert sender.stdout is not None
        outcome.add(json.loads(sender.stdout.read()))
        sender.wait()
    return outcome


def api_memory_mb(service: Service) -> float:
    """What the API process has for itself at rest: every half a minute it gives back what it freed."""
    time.sleep(REST_S)
    [own] = [part.own_mb for part in footprints(service.pid, service.home) if API.arguments[-1] in part.label]
    return own


def verdict(found: Outcome, memory_mb: Sequence[float], *, most_growth_pct: float) -> Verdict:
    """The figures and the promises."""
    made = Verdict()
    made.note("cases", found.cases)
    made.note("operations", len(found.operations))
    for kind, count in sorted(found.kinds.items()):
        made.note(f"cases_{kind.replace(' ', '_')}", count)
    made.note("cases_per_s", round(found.cases / max(found.seconds, 0.001), 1))
    for name in ("answers_5xx", "unanswered", "over_2_s", "echoes", "no_problem"):
        made.must_be(name, getattr(found, name), 0)
    made.note("worst_ms", round(found.worst_ms))
    turned_away = 100 * found.turned_away.total() / found.cases
    made.must_not_exceed("turned_away_pct", round(turned_away, 2), MOST_TURNED_AWAY_PCT)
    for number, size in enumerate(memory_mb, start=1):
        made.note(f"memory_part_{number}_mb", round(size, 1))
    growth = max(memory_mb[1:]) / memory_mb[0] - 1
    made.must_not_exceed("memory_growth_pct", round(100 * growth, 1), most_growth_pct)
    return made


def tell(found: Outcome) -> None:
    """Answers by status, and a sample of each thing that may not be."""
    say(f"  answers: {dict(found.statuses.most_common())}")
    for key, sample in sorted(found.samples.items()):
        say(f"  {key}\n      {sample}")


def tell_log(path: Path) -> None:
    """What the service said of its own mistakes, the last of it."""
    lines = path.read_text(errors="replace").splitlines() if path.is_file() else []
    for line in [line for line in lines if " INFO " not in line and "Invalid HTTP request" not in line][-60:]:
        say(f"  | {line}")
