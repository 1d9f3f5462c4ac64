"""What a phone keeps for work without signal: duties, grids and doors, of which only what changed is sent again."""

import base64
import hashlib
import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gridsvc.access import audit
from gridsvc.api import deps
from gridsvc.api.duties import TodaysListOut, list_of_the_day, list_out
from gridsvc.api.patrols import NamesOut, worker_of
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.infra.sight import WHOLE_CITY, looking_as
from gridsvc.patrols.duties import TodaysList
from gridsvc.patrols.queries import reading, syncing
from gridsvc.people.contact import heard_from

router = APIRouter(prefix="/api/v1", tags=["patrols"])

# Some fifty bytes a grid; a longer address would be refused before anybody reads it.
LONGEST_CURSOR = 3_000
# A door list of a grid grows by whole grids; so many doors are sent at most, the rest with the next cursor.
MOST_DOORS = 5_000
DIGEST = 6


class SyncDoor(BaseModel):
    """A registered door with its point (WGS 84), for finding it without signal."""

    code: str
    address: str
    x: float
    y: float


class SyncGrid(BaseModel):
    """A grid one answers for, with all of its doors if one may read them; it replaces what was kept of it."""

    code: str
    name: str
    community_code: str
    doors: list[SyncDoor]


class SyncKind(BaseModel):
    """A kind of visit that can be logged."""

    key: str
    group: str
    name: NamesOut


class SyncOut(BaseModel):
    """What changed since the cursor. What is null has not changed; grids in `gone` are no longer one's own."""

    cursor: str
    duties: TodaysListOut | None
    grids: list[SyncGrid]
    gone: list[str] = Field(description="Codes of grids to be forgotten with their doors.")
    kinds: list[SyncKind] | None
    more: bool = Field(description="Ask again at once with the new cursor: not everything fitted.")


@router.get("/sync", summary="What changed for my phone")
def sync(
    actor: deps.CurrentActor,
    session: deps.Writing,
    config: deps.Config,
    cursor: Annotated[
        str | None,
        Query(
            max_length=LONGEST_CURSOR,
            pattern=r"^[A-Za-z0-9_-]*$",
            description="`cursor` of the answer before; all when left out.",
        ),
    ] = None,
) -> SyncOut:
    """Each part is sent again only when it differs from what the phone has. Notes that the device was heard from."""
    actor = actor.by("visits.create")
    known = _read(cursor)
    worker_id = worker_of(session, actor)
    now = deps.now()
    heard_from(session, worker_id, now)
    with looking_as(session, WHOLE_CITY):
        found = list_of_the_day(session, actor, worker_id, now, deps.rules_of(config))
        duties = list_out(session, found, worker_id, actor)
        grids, gone, kept, more = _grids(session, found, known, now, with_doors="doors.read" in actor.permissions)
        kinds = [
            SyncKind(key=row.key, group=row.group, name=NamesOut(zh=row.name_zh, en=row.name_en))
            for row in reading.visit_kinds(session)
            if row.is_active
        ]
    # The moment itself is no change; what it made of a duty is one.
    digests = {"duties": _digest(duties.model_dump(mode="json", exclude={"at"}))}
    digests["kinds"] = _digest([kind.model_dump(mode="json") for kind in kinds])
    is_news = known.get("duties") != digests["duties"]
    if is_news and duties.care:
        audit.record(session, actor, "care.list", "care_subject", detail={"count": len(duties.care)})
    return SyncOut(
        cursor=_written(digests | kept),
        duties=duties if is_news else None,
        grids=grids,
        gone=gone,
        kinds=kinds if known.get("kinds") != digests["kinds"] else None,
        more=more,
    )


def _grids(
    session: Any, found: TodaysList, known: dict[str, str], now: datetime, *, with_doors: bool
) -> tuple[list[SyncGrid], list[str], dict[str, str], bool]:
    """Grids that differ from what the phone has, those it has too many, what it has then, and whether there is more."""
    changed: list[SyncGrid] = []
    kept: dict[str, str] = {}
    number, more = 0, False
    for row in syncing.grids_with_doors(session, found.grid_ids, now, with_doors=with_doors):
        key = f"grid:{row.code}"
        kept[key] = row.digest[: DIGEST * 2]
        if known.get(key) == kept[key]:
            continue
        if number and number + row.door_count > MOST_DOORS:
            more = True
            kept.pop(key)
            if key in known:
                kept[key] = known[key]
            continue
        number += row.door_count
        doors = [SyncDoor(code=one[0], address=one[1], x=one[2], y=one[3]) for one in row.doors or ()]
        changed.append(SyncGrid(code=row.code, name=row.name, community_code=row.community_code, doors=doors))
    alive = {f"grid:{code}" for code in syncing.codes_of(session, found.grid_ids, now)}
    gone = [key.removeprefix("grid:") for key in known if key.startswith("grid:") and key not in alive]
    return changed, sorted(gone), kept, more


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=DIGEST).hexdigest()


def _written(known: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(known, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str | None) -> dict[str, str]:
    """What the phone has, by part; raises InvalidInput for what was never given out."""
    if not cursor:
        return {}
    try:
        known = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(known, dict) or not all(isinstance(value, str) for value in known.values()):
            raise ValueError
    except (ValueError, RecursionError):
        fault = Fault("query.cursor", "unknown_cursor", "This is not a cursor given by an answer.")
        raise InvalidInput(faults=[fault]) from None
    return known
