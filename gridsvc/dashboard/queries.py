"""Queries that join features for the screens: what is shown at a moment, and what it was made from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, select, text
from sqlalchemy.orm import Session

from gridsvc.geography.tables import Area, NetVersion
from gridsvc.incidents.tables import Incident
from gridsvc.patrols.tables import Visit
from gridsvc.people.tables import Responsibility

_LIVE_GRIDS = text(
    """
    SELECT grid_id, code, community_code FROM grid_version
    WHERE net_id = (SELECT id FROM net WHERE key = :net) AND valid @> CAST(:at AS timestamptz)
    ORDER BY scheme COLLATE "C", code COLLATE "C"
    """
)

# Identifiers are time-ordered, so the last one tells whether anything was added.
_GROUND_STAMP = text(
    """
    SELECT
        (SELECT coalesce(md5(string_agg(id::text || name || pilot, ',' ORDER BY id)), '') FROM area
            WHERE valid @> CAST(:at AS timestamptz))
        || coalesce((SELECT id::text FROM block ORDER BY id DESC LIMIT 1), '') AS areas,
        coalesce((SELECT id::text FROM line ORDER BY id DESC LIMIT 1), '') AS lines
    """
)

_PILOT = text(
    """
    SELECT count(*) FILTER (WHERE area.pilot) AS pilot, count(*) AS communities FROM area
    WHERE area.level = 5 AND area.valid @> CAST(:at AS timestamptz) AND EXISTS (
        SELECT FROM grid_version v WHERE v.community_code = area.code AND v.valid @> CAST(:at AS timestamptz)
    )
    """
)

_CITY = text(
    """
    SELECT code, name FROM area WHERE level = 2 AND valid @> CAST(:at AS timestamptz) ORDER BY code LIMIT 1
    """
)


def live_grids(session: Session, at: datetime, net: str = "base") -> Sequence[Row[*tuple[Any, ...]]]:
    """The grids of a net at a moment, in order of their codes: (grid_id, code, community_code)."""
    return session.execute(_LIVE_GRIDS, {"at": at, "net": net}).all()


def ground_stamp(session: Session, at: datetime) -> Row[*tuple[Any, ...]]:
    """Texts that differ whenever the areas or the lines that the map shows at a moment differ: (areas, lines)."""
    return session.execute(_GROUND_STAMP, {"at": at}).one()


def net_version_exists(session: Session, version: UUID) -> bool:
    """Whether there is such a net version."""
    return bool(session.scalar(select(exists().where(NetVersion.id == version))))


def pilot_share(session: Session, at: datetime) -> tuple[int, int]:
    """How many communities with grids are pilots, and how many there are."""
    row = session.execute(_PILOT, {"at": at}).one()
    return row.pilot, row.communities


def city(session: Session, at: datetime) -> Row[*tuple[Any, ...]] | None:
    """The city by code and name."""
    return session.execute(_CITY, {"at": at}).one_or_none()


def holds_synthetic(session: Session, at: datetime) -> bool:
    """Whether any area shown at a moment is made up."""
    known = select(Area.id).where(Area.synthetic, Area.valid.contains(at)).limit(1)
    return session.scalar(known) is not None


def count_vacancies(session: Session, at: datetime) -> int:
    """How many living grids have no main worker at a moment, as known now."""
    vacant = select(func.count()).where(
        Responsibility.role == "main",
        Responsibility.worker_id.is_(None),
        Responsibility.valid.contains(at),
        func.upper_inf(Responsibility.recorded),
    )
    return session.scalar(vacant) or 0


def count_incidents(session: Session, at: datetime) -> int:
    """How many incidents had been received by a moment."""
    return session.scalar(select(func.count()).select_from(Incident).where(Incident.received_at <= at)) or 0


def count_visits(session: Session, at: datetime) -> int:
    """How many visits had happened by a moment."""
    return session.scalar(select(func.count()).select_from(Visit).where(Visit.occurred_at <= at)) or 0


def snapshot(session: Session) -> str:
    """A text that is another one as soon as any transaction that wrote something has ended since, in any process."""
    return str(session.scalar(text("SELECT CAST(pg_current_snapshot() AS text)")))
