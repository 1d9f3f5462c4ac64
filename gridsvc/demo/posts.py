"""Loads the staff of the demo city: accounts, workers, posts, who holds which grid, and leave."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.demo import teams
from gridsvc.demo.accounts import WORKER, create_accounts
from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.staff import Staff, central_worker, worker_name, worker_number, worker_phone
from gridsvc.geography.nets import PublishedNet
from gridsvc.people.staffing import (
    Appointment,
    LeaveDraft,
    PostDraft,
    WorkerDraft,
    appoint,
    record_leaves,
    register_posts,
    register_workers,
)

PostKind = Literal["grid", "counter", "clerical", "service"]


def load_staff(
    session: Session, ground: Ground, staff: Staff, net: PublishedNet, *, password: str, now: datetime
) -> list[UUID]:
    """Add accounts and everybody of `staff` to the net's grids; returns the ids of the workers by row number."""
    central = central_worker(ground, staff)
    accounts = create_accounts(
        session,
        password,
        city_code=f"{ground.community_codes[0][:4]}00000000",
        community_code=ground.community_codes[int(staff.community[central])],
        since=net.effective_at,
    )
    workers = _workers(session, ground, staff, central, accounts[WORKER])
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    stations = teams.load_stations(session, ground, today=today)
    register_posts(session, _posts(ground, staff, stations.keys(), since=net.effective_at))
    teams.load_supervision(session, list(stations.values()), today=today)
    teams.load_functions(session, staff, workers, since=net.effective_at)
    teams.load_teams(session, staff, net, workers, since=net.effective_at)
    first, later = _appointments(staff, net, workers)
    appoint(session, first, now=now)
    appoint(session, later, now=now)
    leaves = [
        LeaveDraft(
            worker_id=workers[absence.worker],
            since=absence.since,
            until=absence.until,
            reason=absence.reason,
            cover_worker_id=None if absence.cover is None else workers[absence.cover],
        )
        for absence in staff.absences
    ]
    record_leaves(session, leaves, now=now)
    teams.load_requests(session, staff, workers, today=today, now=now)
    return workers


def _workers(session: Session, ground: Ground, staff: Staff, central: int, account_id: UUID) -> list[UUID]:
    drafts = [
        WorkerDraft(
            number=worker_number(worker),
            name=worker_name(worker),
            community_code=ground.community_codes[community],
            phone=worker_phone(worker),
            account_id=account_id if worker == central else None,
            synthetic=True,
        )
        for worker, community in enumerate(staff.community.tolist())
    ]
    ids = register_workers(session, drafts)
    return [ids[draft.number] for draft in drafts]


def _posts(ground: Ground, staff: Staff, stations: Collection[str], *, since: datetime) -> list[PostDraft]:
    """Every authorised post of each community; its workers fill the first ones.

    Whoever holds a grid has a grid post, one of the others the counter, and the rest work at the station of the street
    if it is open.
    """
    filled = iter(range(staff.count))
    holds = np.isin(np.arange(staff.count), staff.holder)
    drafts = []
    left = [int((staff.community == community).sum()) for community in range(len(ground.community_codes))]
    for community, quota in enumerate(staff.posts.tolist()):
        code = ground.community_codes[community]
        station = teams.station_code(teams.street_of(code))
        spare = 0
        for post in range(quota):
            worker = next(filled) if post < left[community] else None
            kind, at = _kind(spare, station if station in stations else None)
            if worker is None or holds[worker]:
                kind, at = "grid", None
            else:
                spare += 1
            number = worker_number(worker) if worker is not None else None
            drafts.append(PostDraft(f"P{code[:12]}{post + 1:03d}", code, number, kind, at, since))
    return drafts


def _kind(spare: int, station: str | None) -> tuple[PostKind, str | None]:
    """What somebody without a grid does: the first is at the counter, the others at the station."""
    if spare == 0 or station is None:
        return "counter", None
    return ("clerical" if spare == 1 else "service"), station


def _appointments(staff: Staff, net: PublishedNet, workers: list[UUID]) -> tuple[list[Appointment], list[Appointment]]:
    """Who has each grid since the net began and who is the backup; and what changed hands later."""
    first, later = [], []
    columns = zip(
        net.grid_ids,
        staff.holder.tolist(),
        staff.former.tolist(),
        staff.handed_over,
        staff.backup.tolist(),
        strict=True,
    )
    for grid_id, holder, former, moment, backup in columns:
        before = holder if moment is None else former
        if before != NOWHERE:
            first.append(Appointment(grid_id, workers[before], net.effective_at))
        if moment is not None:
            later.append(Appointment(grid_id, None if holder == NOWHERE else workers[holder], moment))
        if backup != NOWHERE:
            # Whoever had the grid before is its backup only since they gave it up.
            since = moment if moment is not None and backup == before else net.effective_at
            first.append(Appointment(grid_id, workers[backup], since, role="backup"))
    return first, later
