"""Loads the demo city into an empty database by the bulk use cases that a real city would use.

Two processes share the work, so there is more than one transaction: the ground with its staff first, then what happens
on it. The net carries a mark until all is there (`gridsvc.demo.marks`), and the next run throws half a city away.
What is drawn from the seed depends on the day alone; what would lie after the moment of loading is left out.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Engine

from gridsvc.demo import queries
from gridsvc.demo.care import FULL_SUBJECTS, load_care, make_subjects
from gridsvc.demo.city import generate
from gridsvc.demo.doors import make_doors
from gridsvc.demo.drafts import ground_of, load_ground
from gridsvc.demo.life import hear_from_workers, load_doors, load_visits, visit_batches
from gridsvc.demo.marks import LOADING, finish
from gridsvc.demo.partner import Partner
from gridsvc.demo.plan import LoadPlan
from gridsvc.demo.posts import load_staff
from gridsvc.demo.rhythm import Calendar
from gridsvc.demo.staff import make_staff
from gridsvc.demo.steps import Advance, Steps
from gridsvc.demo.visits import DAYS as VISIT_DAYS
from gridsvc.demo.visits import make_visits
from gridsvc.infra.db import reading, unit_of_work
from gridsvc.patrols.bulk import VisitBatch

NET_AGE_DAYS = 400
FULL_VISITS = 258_000
TABLES = (
    "visit", "door", "incident", "incident_event", "routing", "block", "grid_version", "responsibility", "area", "line",
    "grid_code", "worker", "leave", "post", "post_holding", "station", "worker_function", "team_member",
    "device_contact",
    "care_subject", "care_pairing",
)  # fmt: skip


def load_city(engine: Engine, url: str, plan: LoadPlan, steps: Steps) -> None:
    """Make the city and load it; the database must be empty. Interrupted, it leaves a mark or nothing behind."""
    effective_at = plan.today - timedelta(days=NET_AGE_DAYS)
    with steps.step("city"):
        city = generate(plan.seed, plan.size)
        ground = ground_of(city)
    with Partner(url, plan, ground, steps) as partner:
        with unit_of_work(engine) as session:
            queries.open_for_loading(session)
            net = load_ground(session, city, effective_at=effective_at, by=LOADING, now=plan.now, steps=steps)
            with steps.step("staff") as advance:
                staff = make_staff(ground, today=plan.today, rng=plan.rng(1))
                workers = load_staff(session, ground, staff, net, password=plan.password, now=plan.now)
                advance(len(workers), len(workers))
        partner.go()
        with steps.step("doors") as advance, unit_of_work(engine) as session:
            queries.open_for_loading(session)
            doors = make_doors(ground, plan.rng(2))
            load_doors(session, ground, doors, registered_from=effective_at, advance=advance)
        with steps.step("care") as advance, unit_of_work(engine) as session:
            queries.open_for_loading(session)
            subjects = make_subjects(doors, staff, plan.scaled(FULL_SUBJECTS, ground), plan.rng(9))
            total = load_care(session, ground, doors, subjects, workers, since=effective_at)
            advance(total, total)
        with steps.step("visits") as advance:
            span = Calendar(plan.today, VISIT_DAYS)
            count = plan.scaled(FULL_VISITS, ground)
            visits = make_visits(
                ground, doors, staff, span, count, now=plan.now, rng=plan.rng(4), subject_doors=subjects.door
            )
            with reading(engine) as session:
                people = queries.subject_ids(session, [doors.codes[door] for door in subjects.door.tolist()])
            batches = visit_batches(visits, doors, net, workers, people)
            _share(engine, partner, batches, len(visits.client_ids), advance)
        partner.wait()
    with steps.step("statistics"):
        queries.refresh_statistics(engine, TABLES)
    with unit_of_work(engine) as session:
        hear_from_workers(session, visits, workers, plan.now)
        finish(session, plan.size, plan.seed)


def _share(engine: Engine, partner: Partner, batches: Iterable[VisitBatch], total: int, advance: Advance) -> None:
    """Record the portions one by one; whenever the partner is free it gets the next one."""
    done = 0
    for batch in batches:
        if not partner.takes(batch):
            with unit_of_work(engine) as session:
                queries.open_for_loading(session)
                load_visits(session, batch)
        done += len(batch)
        advance(done, total)
