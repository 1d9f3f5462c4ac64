"""Queries on the teams of grids."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.people.tables import TeamMember, TeamRole, Worker

_END = text(
    "UPDATE team_member SET valid = valid * tstzrange(NULL, CAST(:at AS timestamptz)) "
    "WHERE id = :id AND valid && tstzrange(CAST(:at AS timestamptz), NULL)"
)
_DROP_EMPTY = text("DELETE FROM team_member WHERE id = :id AND isempty(valid)")


def members(session: Session, grid_ids: Sequence[UUID], at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The teams of grids at a moment, by the place of their roles."""
    return session.execute(
        select(
            TeamMember.id,
            TeamMember.grid_id,
            TeamRole.key.label("role"),
            TeamRole.name_zh,
            TeamRole.name_en,
            TeamMember.worker_id,
            Worker.number.label("worker_number"),
            func.coalesce(TeamMember.name, Worker.name).label("name"),
            func.coalesce(TeamMember.phone, Worker.phone).label("phone"),
            func.lower(TeamMember.valid).label("since"),
            func.upper(TeamMember.valid).label("until"),
            TeamMember.synthetic,
        )
        .join(TeamRole, TeamRole.key == TeamMember.role_key)
        .outerjoin(Worker, Worker.id == TeamMember.worker_id)
        .where(TeamMember.grid_id.in_(grid_ids), TeamMember.valid.contains(at))
        .order_by(TeamMember.grid_id, TeamRole.place, func.coalesce(TeamMember.name, Worker.name))
    ).all()


def role_keys(session: Session) -> set[str]:
    """The keys of the roles in a team."""
    return set(session.scalars(select(TeamRole.key)))


def role_names(session: Session) -> dict[str, str]:
    """The keys of the roles by their Chinese and English names."""
    found = session.execute(select(TeamRole.key, TeamRole.name_zh, TeamRole.name_en)).all()
    return {name: row.key for row in found for name in (row.name_zh, row.name_en, row.key)}


def member(session: Session, member_id: UUID) -> Row[*tuple[Any, ...]] | None:
    """A membership: (id, grid_id)."""
    return session.execute(select(TeamMember.id, TeamMember.grid_id).where(TeamMember.id == member_id)).one_or_none()


def is_member(
    session: Session, grid_id: UUID, role: str, who: Mapping[str, Any], since: datetime, until: datetime | None
) -> bool:
    """Whether somebody is in the team in this role at some time of a span."""
    asked = select(TeamMember.id).where(
        TeamMember.grid_id == grid_id,
        TeamMember.role_key == role,
        TeamMember.valid.overlaps(Range(since, until, bounds="[)")),
        TeamMember.worker_id == who["worker_id"] if who["worker_id"] else TeamMember.name == who["name"],
    )
    return session.scalar(asked.limit(1)) is not None


def insert_members(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add members of teams."""
    if rows:
        session.execute(insert(TeamMember), list(rows))


def end_membership(session: Session, member_id: UUID, at: datetime) -> None:
    """End a membership at a moment; one that would begin later goes."""
    session.execute(_END, {"id": member_id, "at": at})
    session.execute(_DROP_EMPTY, {"id": member_id})
