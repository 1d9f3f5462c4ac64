"""A table of workers: new ones are added, known ones changed, and what each does is set; all of them at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.people import enlisting
from gridsvc.people.enlisting import Duty, WorkerRow
from gridsvc.people.files.reading import Row
from gridsvc.people.files.taking import Circumstances, Done, Taken, each_row
from gridsvc.people.queries import workers
from gridsvc.people.staffing import WorkerDraft, register_workers

Functions = tuple[Duty, tuple[Duty, ...]]


@dataclass(frozen=True)
class _Known:
    """What there is already: workers by number, what they do, the areas named, and the service lines by name."""

    workers: Mapping[str, WorkerRow]
    functions: Mapping[UUID, Functions]
    areas: frozenset[str]
    lines: Mapping[str, str]


@dataclass
class _Plan:
    """What is to be stored once every row has been looked at."""

    new: list[WorkerDraft] = field(default_factory=list)
    changed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    fields: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    functions: dict[str, Functions] = field(default_factory=dict)


def take_workers(session: Session, rows: Sequence[Row], given: Circumstances) -> Iterator[Taken]:
    """Every row by the rules of `enlisting`, with statements for all of them together."""
    given.actor.require("people.edit")
    known = _known(session, rows, given)
    plan = _Plan()
    yield from each_row(rows, lambda row: _take(row, known, plan, given))
    _store(session, plan, known, given)


def _known(session: Session, rows: Sequence[Row], given: Circumstances) -> _Known:
    there = workers.workers_by_number(session, [row.values["number"] for row in rows])
    ranked: dict[UUID, dict[str, list[Duty]]] = {}
    for one in workers.functions_of(session, [row.id for row in there.values()], given.now):
        ranked.setdefault(one.worker_id, {}).setdefault(one.rank, []).append(Duty(one.kind, one.line_key))
    functions = {
        worker_id: (found["main"][0], tuple(found.get("second", ())))
        for worker_id, found in ranked.items()
        if "main" in found
    }
    areas = workers.known_areas(session, sorted({row.values["community_code"] for row in rows}))
    return _Known(there, functions, frozenset(areas), workers.service_line_names(session))


def _take(row: Row, known: _Known, plan: _Plan, given: Circumstances) -> Done:
    values, there = row.values, known.workers.get(row.values["number"])
    scope = given.actor.scope
    draft = WorkerDraft(values["number"], values["name"], values["community_code"], values.get("phone"))
    if not scope.covers(draft.community_code):
        raise NotFound
    if there is not None and not (scope.covers(there.community_code) or scope.worker_id == there.id):
        raise NotFound
    wanted = {"name": draft.name, "community_code": draft.community_code, "phone": draft.phone}
    changed = {} if there is None else {name: one for name, one in wanted.items() if getattr(there, name) != one}
    if (there is None or changed) and (faults := enlisting.draft_faults(draft, known.areas)):
        raise InvalidInput("The worker cannot be registered like this.", faults=faults)
    functions = _functions(row, known.lines)
    if there is None:
        plan.new.append(draft)
        if functions is not None:
            plan.functions[draft.number] = functions
        return Done("add", draft.number, {}, dict(values))
    if changed:
        plan.changed[there.id] = wanted | {"id": there.id}
        plan.fields[there.id] = {"fields": sorted(changed)}
    after: dict[str, Any] = dict(changed)
    if functions is not None and not _is_same(functions, known.functions.get(there.id)):
        plan.functions[draft.number] = functions
        after["duties"] = "、".join([values["main"], *_words(row)])
    return Done("change" if after else "same", draft.number, {name: getattr(there, name) for name in changed}, after)


def _functions(row: Row, lines: Mapping[str, str]) -> Functions | None:
    """The functions that a row names; None where it names none."""
    if "main" not in row.values:
        if "others" in row.values:
            raise InvalidInput(faults=[Fault("main", "missing", "Second functions need a main one.")])
        return None
    main = _duty(row.values["main"], lines, "main")
    others = tuple(_duty(word, lines, "others") for word in _words(row))
    if faults := enlisting.duty_faults(main, others, lines.values()):
        raise InvalidInput("The functions cannot be like this.", faults=faults)
    return main, others


def _words(row: Row) -> list[str]:
    words = row.values.get("others", "").replace(",", "、").replace("，", "、")
    return [word.strip() for word in words.split("、") if word.strip()]


def _duty(word: str, lines: Mapping[str, str], key: str) -> Duty:
    if word == "网格":
        return Duty("grid")
    if word == "窗口":
        return Duty("counter")
    if word not in lines:
        raise InvalidInput(faults=[Fault(key, "unknown_service_line", "Neither 网格 nor 窗口 nor a service line.")])
    return Duty("line", lines[word])


def _is_same(wanted: Functions, now: Functions | None) -> bool:
    return now is not None and wanted[0] == now[0] and set(wanted[1]) == set(now[1])


def _store(session: Session, plan: _Plan, known: _Known, given: Circumstances) -> None:
    ids = register_workers(session, plan.new)
    audit.record_each(session, given.actor, "worker.create", "worker", {ids[one.number]: {} for one in plan.new})
    workers.change_workers(session, list(plan.changed.values()))
    audit.record_each(session, given.actor, "worker.change", "worker", plan.fields)
    there = {number: row.id for number, row in known.workers.items()}
    ended = [there[number] for number in plan.functions if number in there]
    if ended:
        workers.end_functions(session, ended, given.now)
    functions, second = [], {}
    for number, (main, others) in plan.functions.items():
        worker_id = ids.get(number) or there[number]
        left_at = known.workers[number].left_at if number in there else None
        functions += enlisting.function_rows(worker_id, main, others, Range(given.now, left_at, bounds="[)"))
        second[worker_id] = {"second": len(others)}
    workers.insert_functions(session, functions)
    audit.record_each(session, given.actor, "worker.functions", "worker", second)
