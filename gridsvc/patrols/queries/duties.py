"""Statements on what is due: norms, days, pauses and changes, who is to be visited, and the last visit in a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from gridsvc.patrols.queries.counting import COUNTS

Rows = Sequence[Row[*tuple[Any, ...]]]

_NORMS = text(
    """
    SELECT target, class_key, every, unit, grace_days, on_working_days, after_change_h, level, kinds, is_example,
        lower(valid) AS since
    FROM visit_norm WHERE valid @> CAST(:at AS timestamptz) ORDER BY target, class_key
    """
)
_LATER_NORM = text(
    """
    SELECT EXISTS (SELECT FROM visit_norm
        WHERE target = :target AND class_key = :class_key AND lower(valid) > CAST(:at AS timestamptz))
    """
)
_END_NORM = text(
    """
    UPDATE visit_norm SET valid = tstzrange(lower(valid), CAST(:at AS timestamptz))
    WHERE target = :target AND class_key = :class_key AND valid @> CAST(:at AS timestamptz)
    """
)
_DROP_EMPTY_NORMS = text("DELETE FROM visit_norm WHERE isempty(valid)")
_ADD_NORM = text(
    """
    INSERT INTO visit_norm (id, target, class_key, every, unit, grace_days, on_working_days, after_change_h, level,
        kinds, is_example, valid)
    VALUES (gen_random_uuid(), :target, :class_key, :every, :unit, :grace_days, :on_working_days, :after_change_h,
        :level, CAST(:kinds AS text[]), false, tstzrange(CAST(:at AS timestamptz), NULL))
    """
)

_OWN_DAYS = text("SELECT day, is_working, name FROM city_day ORDER BY day")
_SET_DAY = text(
    """
    INSERT INTO city_day (day, is_working, name) VALUES (:day, :is_working, :name)
    ON CONFLICT (day) DO UPDATE SET is_working = excluded.is_working, name = excluded.name
    """
)
_FORGET_DAY = text("DELETE FROM city_day WHERE day = :day RETURNING day")

_PAUSES = text(
    """
    SELECT coalesce(subject_id, door_id, grid_id) AS id, lower(valid) AS since, upper(valid) AS until
    FROM duty_pause ORDER BY valid
    """
)
_ADD_PAUSE = text(
    """
    INSERT INTO duty_pause (id, subject_id, door_id, grid_id, reason, valid, entered_by, entered_at)
    VALUES (:id, :subject_id, :door_id, :grid_id, :reason,
        tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz)), :entered_by, :entered_at)
    """
)
_END_PAUSE = text(
    """
    UPDATE duty_pause SET valid = tstzrange(lower(valid), CAST(:until AS timestamptz))
    WHERE id = :id AND lower(valid) < CAST(:until AS timestamptz) RETURNING id
    """
)
_PAUSE = text("SELECT id, subject_id, door_id, grid_id, reason, valid FROM duty_pause WHERE id = :id")

_CHANGES = text(
    """
    SELECT subject_id, happened_at FROM care_change
    WHERE happened_at > CAST(:since AS timestamptz) AND happened_at <= CAST(:until AS timestamptz)
    ORDER BY happened_at
    """
)
_ADD_CHANGE = text(
    """
    INSERT INTO care_change (id, subject_id, happened_at, entered_by, entered_at)
    VALUES (:id, :subject_id, :happened_at, :entered_by, :entered_at)
    """
)

# One step down an index for each that is asked for, however long the history is.
_LATEST = """
    SELECT asked.place, found.occurred_at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:after AS timestamptz[]), CAST(:until AS timestamptz[]))
        WITH ORDINALITY AS asked (id, after_at, until_at, place)
    JOIN LATERAL (
        SELECT visit.occurred_at FROM visit
        WHERE visit.{column} = asked.id AND visit.occurred_at > asked.after_at AND visit.occurred_at <= asked.until_at
          AND {results} AND {counts}
          AND (CAST(:kinds AS text[]) = '{{}}' OR visit.kind = ANY(CAST(:kinds AS text[])))
        ORDER BY visit.occurred_at DESC LIMIT 1
    ) found ON true
"""
_DONE = "visit.result = 'done'"
LATEST: Mapping[str, TextClause] = {
    "care": text(_LATEST.format(column="subject_id", results=_DONE, counts=COUNTS)),
    "door": text(_LATEST.format(column="door_id", results=_DONE, counts=COUNTS)),
    # Whoever rang in vain has walked the grid all the same.
    "grid": text(_LATEST.format(column="grid_id", results="true", counts=COUNTS)),
}

_GRIDS = text(
    """
    SELECT version.grid_id AS id, version.code, version.community_code, life.began_at
    FROM grid_version version
    JOIN LATERAL (SELECT min(lower(valid)) AS began_at FROM grid_version WHERE grid_id = version.grid_id) life ON true
    WHERE version.net_id = (SELECT id FROM net WHERE key = :net) AND version.valid @> CAST(:at AS timestamptz)
      AND (:city_wide OR version.community_code = ANY(CAST(:communities AS text[]))
           OR version.grid_id = ANY(CAST(:grids AS uuid[])))
      AND version.community_code LIKE :area
      AND (CAST(:grid_id AS uuid) IS NULL OR version.grid_id = CAST(:grid_id AS uuid))
    ORDER BY version.scheme COLLATE "C", version.code COLLATE "C"
    """
)

# Who is registered at a moment, by community; in one grid when that is asked for. Of a sensitive class those whom the
# reader may see now, as row security has it, which readers of the whole city are not under.
_SUBJECTS = text(
    """
    SELECT subject.id, subject.number AS code, subject.class_code AS class_key, subject.community_code,
        lower(subject.registered) AS began_at
    FROM care_subject subject JOIN care_class class ON class.code = subject.class_code
    WHERE subject.registered @> CAST(:at AS timestamptz)
      AND (:sees_sensitive OR NOT class.sensitive OR EXISTS (
          SELECT FROM care_pairing own WHERE own.worker_id = CAST(:paired_worker AS uuid)
              AND own.subject_id = subject.id AND own.valid @> now()))
      AND (:city_wide OR subject.community_code = ANY(CAST(:communities AS text[]))
           OR EXISTS (SELECT FROM grid_version own WHERE own.grid_id = ANY(CAST(:grids AS uuid[]))
               AND own.valid @> CAST(:at AS timestamptz) AND own.geom && subject.point
               AND ST_Covers(own.geom, subject.point)))
      AND subject.community_code LIKE :area
      AND (CAST(:grid_id AS uuid) IS NULL OR EXISTS (
          SELECT FROM grid_version asked WHERE asked.grid_id = CAST(:grid_id AS uuid)
              AND asked.valid @> CAST(:at AS timestamptz) AND asked.geom && subject.point
              AND ST_Covers(asked.geom, subject.point)))
    ORDER BY subject.community_code, subject.number, subject.id
    """
)

# Those a worker visits: paired ones, and in the grids that the worker answers for those of no sensitive class. Paired
# is who is so at the moment asked about and now too: whom one sees is never a matter of the moment one names.
_SUBJECTS_OF_WORKER = text(
    """
    WITH paired AS (
        SELECT subject_id FROM care_pairing WHERE worker_id = :worker_id AND valid @> CAST(:at AS timestamptz)
        INTERSECT
        SELECT subject_id FROM care_pairing WHERE worker_id = :worker_id AND valid @> CAST(:now AS timestamptz)
    )
    SELECT subject.id, subject.number AS code, subject.class_code AS class_key, subject.community_code,
        lower(subject.registered) AS began_at, subject.name, subject.phone, door.code AS door_code,
        door.address, here.grid_code, own.is_paired, class.sensitive,
        ST_X(subject.point) AS x, ST_Y(subject.point) AS y, here.grid_id
    FROM care_subject subject
    JOIN care_class class ON class.code = subject.class_code
    LEFT JOIN door ON door.id = subject.door_id
    LEFT JOIN LATERAL (
        SELECT version.code AS grid_code, version.grid_id FROM grid_version version
        WHERE version.geom && subject.point AND ST_Covers(version.geom, subject.point)
          AND version.valid @> CAST(:at AS timestamptz) AND version.net_id = (SELECT id FROM net WHERE key = :net)
        ORDER BY version.scheme, version.code LIMIT 1
    ) here ON true
    CROSS JOIN LATERAL (SELECT subject.id IN (SELECT subject_id FROM paired) AS is_paired) own
    WHERE subject.id IN (
        SELECT subject_id FROM paired
        UNION ALL
        SELECT near.id FROM grid_version mine JOIN care_subject near
            ON near.point && mine.geom AND ST_Covers(mine.geom, near.point)
        WHERE mine.grid_id = ANY(CAST(:grids AS uuid[])) AND mine.valid @> CAST(:at AS timestamptz)
    )
      AND subject.registered @> CAST(:at AS timestamptz)
      AND (own.is_paired OR NOT class.sensitive AND here.grid_id = ANY(CAST(:grids AS uuid[])))
    ORDER BY subject.community_code, subject.number, subject.id
    """
)


def norms_at(session: Session, at: datetime) -> Rows:
    """The norms in force at a moment."""
    return session.execute(_NORMS, {"at": at}).all()


def change_norm(session: Session, values: Mapping[str, Any]) -> bool:
    """Let a norm hold from `at` on in place of the one before; False when a later one was entered already."""
    if session.scalar(_LATER_NORM, values):
        return False
    session.execute(_END_NORM, values)
    session.execute(_DROP_EMPTY_NORMS)
    session.execute(_ADD_NORM, values)
    return True


def own_days(session: Session) -> Rows:
    """The days the city itself declared: (day, is_working, name)."""
    return session.execute(_OWN_DAYS).all()


def set_day(session: Session, day: date, is_working: bool, name: str) -> None:
    """Declare a day working or free."""
    session.execute(_SET_DAY, {"day": day, "is_working": is_working, "name": name})


def forget_day(session: Session, day: date) -> bool:
    """Leave a day to the calendar again; False when the city had said nothing about it."""
    return session.scalar(_FORGET_DAY, {"day": day}) is not None


def pauses(session: Session) -> Rows:
    """All pauses, in order of time: (id of what pauses, since, until)."""
    return session.execute(_PAUSES).all()


def add_pause(session: Session, values: Mapping[str, Any]) -> None:
    """Store a pause."""
    session.execute(_ADD_PAUSE, values)


def pause(session: Session, pause_id: UUID) -> Row[Any] | None:
    """A pause by its identifier."""
    return session.execute(_PAUSE, {"id": pause_id}).one_or_none()


def end_pause(session: Session, pause_id: UUID, until: datetime) -> bool:
    """Let a pause end at a moment; False when it begins later."""
    return session.scalar(_END_PAUSE, {"id": pause_id, "until": until}) is not None


def changes(session: Session, since: datetime, until: datetime) -> Rows:
    """Major changes after one moment and up to another: (subject_id, happened_at)."""
    return session.execute(_CHANGES, {"since": since, "until": until}).all()


def add_change(session: Session, values: Mapping[str, Any]) -> None:
    """Store that there was a major change."""
    session.execute(_ADD_CHANGE, values)


def latest_visits(
    session: Session,
    target: str,
    asked: Sequence[tuple[UUID, datetime, datetime]],
    *,
    kinds: Sequence[str],
    known_at: datetime | None,
) -> list[datetime | None]:
    """For each (id, after, until) the last visit that counts, after one moment and up to the other; None where none."""
    found: list[datetime | None] = [None] * len(asked)
    if asked:
        values = {
            "ids": _array(str(one[0]) for one in asked),
            "after": _array(one[1].isoformat() for one in asked),
            "until": _array(one[2].isoformat() for one in asked),
            "kinds": list(kinds),
            "known_at": known_at,
        }
        for place, occurred_at in session.execute(LATEST[target], values):
            found[place - 1] = occurred_at
    return found


def _array(words: Iterable[str]) -> str:
    """An array as PostgreSQL reads it, of words that need no quotes: tens of thousands of values, written at once."""
    return "{" + ",".join(words) + "}"


def grids_due(session: Session, at: datetime, limits: Mapping[str, Any], net: str = "base") -> Rows:
    """The grids that live at a moment within `limits`: (id, code, community_code, began_at)."""
    return session.execute(_GRIDS, {"at": at, "net": net, **limits}).all()


def subjects_due(session: Session, at: datetime, limits: Mapping[str, Any]) -> Rows:
    """The care subjects registered at a moment within `limits`: (id, code, class_key, community_code, began_at)."""
    return session.execute(_SUBJECTS, {"at": at, **limits}).all()


def subjects_of_worker(
    session: Session,
    worker_id: UUID | None,
    grid_ids: Sequence[UUID],
    at: datetime,
    *,
    now: datetime,
    net: str = "base",
) -> Rows:
    """Whom a worker visits at a moment who answers for these grids, with what the list of the day shows of them."""
    values = {"worker_id": worker_id, "grids": list(grid_ids), "at": at, "now": now, "net": net}
    return session.execute(_SUBJECTS_OF_WORKER, values).all()
