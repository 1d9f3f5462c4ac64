"""Queries that count what staffing norms are applied to, and the stored profiles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.people.tables import NormProfile

_AREAS = text(
    """
    SELECT area.code, area.name, area.level FROM area
    WHERE area.valid @> CAST(:at AS timestamptz) AND area.level = ANY(CAST(:levels AS smallint[]))
      AND area.code LIKE :prefix || '%' ORDER BY area.code COLLATE "C"
    """
)

_COMMUNITIES = text(
    """
    SELECT coalesce(grids.community_code, posts.community_code) AS code, coalesce(grids.codes, '{}') AS grid_codes,
        coalesce(posts.quota, 0) AS quota, coalesce(posts.filled, 0) AS filled
    FROM (
        SELECT community_code, array_agg(code ORDER BY code COLLATE "C") AS codes FROM grid_version
        WHERE valid @> CAST(:at AS timestamptz) AND net_id = (SELECT id FROM net WHERE key = 'base')
          AND community_code LIKE :prefix || '%' GROUP BY community_code
    ) grids
    FULL JOIN (
        SELECT post.community_code, count(*) AS quota, count(held.id) AS filled FROM post
        LEFT JOIN post_holding held ON held.post_id = post.id AND held.valid @> CAST(:at AS timestamptz)
        WHERE post.valid @> CAST(:at AS timestamptz) AND post.community_code LIKE :prefix || '%'
        GROUP BY post.community_code
    ) posts ON posts.community_code = grids.community_code
    """
)

_WORKERS = text(
    """
    SELECT worker.number, worker.name, worker.community_code, coalesce(held.codes, '{}') AS grid_codes, held.households,
        coalesce(functions.second, 0) AS second
    FROM worker
    LEFT JOIN (
        SELECT r.worker_id, array_agg(v.code ORDER BY v.code COLLATE "C") AS codes,
            CASE WHEN bool_and(v.counts ? 'households') THEN sum(CAST(v.counts ->> 'households' AS bigint)) END
                AS households
        FROM responsibility r JOIN grid_version v ON v.grid_id = r.grid_id AND v.valid @> CAST(:at AS timestamptz)
        WHERE r.role = 'main' AND r.valid @> CAST(:at AS timestamptz) AND upper_inf(r.recorded)
        GROUP BY r.worker_id
    ) held ON held.worker_id = worker.id
    LEFT JOIN (
        SELECT worker_id, count(*) FILTER (WHERE rank = 'second') AS second FROM worker_function
        WHERE valid @> CAST(:at AS timestamptz) GROUP BY worker_id
    ) functions ON functions.worker_id = worker.id
    WHERE worker.community_code LIKE :prefix || '%'
      AND (worker.left_at IS NULL OR worker.left_at > CAST(:at AS timestamptz))
    ORDER BY worker.number
    """
)

# A station's area is a street or town, or a community; the units around it are those that lie in it.
_STATIONS = text(
    """
    SELECT station.code, station.name, station.area_code, station.opened_at,
        coalesce(station.opened_at <= CAST(:at AS timestamptz), false)
            AND (station.closed_at IS NULL OR station.closed_at > CAST(:at AS timestamptz)) AS is_open,
        station.closed_at IS NOT NULL AND station.closed_at <= CAST(:at AS timestamptz) AS is_closed,
        coalesce(posts.quota, '{}') AS quota, coalesce(posts.filled, '{}') AS filled,
        coalesce(units.counts, '{}') AS units, coalesce(held.hours, 0) AS hours
    FROM station
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(kind, quota) AS quota, jsonb_object_agg(kind, filled) AS filled FROM (
            SELECT post.kind, count(*) AS quota, count(taken.id) AS filled FROM post
            LEFT JOIN post_holding taken ON taken.post_id = post.id AND taken.valid @> CAST(:at AS timestamptz)
            WHERE post.station_id = station.id AND post.valid @> CAST(:at AS timestamptz) GROUP BY post.kind
        ) kinds
    ) posts ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(kind, number) AS counts FROM (
            SELECT area.kind, count(*) AS number FROM area
            WHERE area.level = 5 AND area.valid @> CAST(:at AS timestamptz)
              AND (area.code = station.area_code
                OR (right(station.area_code, 3) = '000' AND area.code LIKE left(station.area_code, 9) || '%'))
            GROUP BY area.kind
        ) kinds
    ) units ON true
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM least(upper(s.held), CAST(:until AS timestamptz))
            - greatest(lower(s.held), CAST(:since AS timestamptz)))) / 3600 AS hours
        FROM supervision s WHERE s.station_id = station.id AND s.voided_at IS NULL
          AND s.held && tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
    ) held ON true
    WHERE station.area_code LIKE :prefix || '%' ORDER BY station.code
    """
)


def areas(session: Session, at: datetime, levels: Sequence[int], prefix: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Areas of some levels at a moment: (code, name, level)."""
    return session.execute(_AREAS, {"at": at, "levels": list(levels), "prefix": prefix}).all()


def communities(session: Session, at: datetime, prefix: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Grids and posts by area code at a moment: (code, grid_codes, quota, filled)."""
    return session.execute(_COMMUNITIES, {"at": at, "prefix": prefix}).all()


def serving_workers(session: Session, at: datetime, prefix: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Workers who serve at a moment with their load: (number, name, community_code, grid_codes, households, second)."""
    return session.execute(_WORKERS, {"at": at, "prefix": prefix}).all()


def stations(
    session: Session, at: datetime, prefix: str, *, since: datetime, until: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stations with posts by kind, units around them by kind, and hours of supervision in a span of time."""
    values = {"at": at, "prefix": prefix, "since": since, "until": until}
    return session.execute(_STATIONS, values).all()


def profiles(session: Session, at: datetime | None = None) -> Sequence[NormProfile]:
    """The profiles valid at a moment, or every version of every one."""
    asked = select(NormProfile).order_by(NormProfile.key, NormProfile.version)
    return session.scalars(asked if at is None else asked.where(NormProfile.valid.contains(at))).all()


def latest_profile(session: Session, key: str) -> NormProfile | None:
    """The last version of a profile, locked until the transaction ends."""
    asked = select(NormProfile).where(NormProfile.key == key).order_by(NormProfile.version.desc()).limit(1)
    return session.scalars(asked.with_for_update()).one_or_none()


def end_profile(session: Session, profile: NormProfile, since: datetime) -> None:
    """Let a version of a profile hold no longer from a moment on."""
    valid = Range(profile.valid.lower, since, bounds="[)")
    session.execute(update(NormProfile).where(NormProfile.id == profile.id).values(valid=valid))


def is_after_start(session: Session, profile: NormProfile, since: datetime) -> bool:
    """Whether a moment lies after the beginning of a profile's validity."""
    began = session.scalar(select(func.lower(NormProfile.valid)).where(NormProfile.id == profile.id))
    return began is None or began < since
