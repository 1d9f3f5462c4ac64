"""Queries on stations, posts and supervision: what is authorised, what is filled, what was done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, text, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.people.queries.workers import inside
from gridsvc.people.tables import Post, PostHolding, Station, Supervision, Worker

_END_HOLDINGS = text(
    """
    UPDATE post_holding SET valid = valid * tstzrange(NULL, CAST(:since AS timestamptz))
    WHERE (worker_id = ANY(CAST(:worker_ids AS uuid[])) OR post_id = ANY(CAST(:post_ids AS uuid[])))
      AND valid && tstzrange(CAST(:since AS timestamptz), NULL)
    """
)
_DROP_EMPTY_HOLDINGS = text("DELETE FROM post_holding WHERE isempty(valid)")

_STATION = (
    Station.id,
    Station.code,
    Station.name,
    Station.area_code,
    Station.address,
    Station.opened_at,
    Station.closed_at,
    func.ST_X(Station.point).label("x"),
    func.ST_Y(Station.point).label("y"),
    Station.synthetic,
)


def reaches(scope: Scope, code: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Rows of the communities a scope allows, and of the streets and towns that these lie in."""
    if scope.city_wide:
        return true()
    return code.in_(scope.community_codes | {f"{community[:9]}000" for community in scope.community_codes})


def post_counts(session: Session, scope: Scope, at: datetime | None = None) -> tuple[int, int]:
    """How many posts are authorised, and how many of them are filled, at a moment or now."""
    moment: Any = at if at is not None else func.now()
    row = session.execute(
        select(func.count(), func.count(PostHolding.worker_id))
        .select_from(Post)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, PostHolding.valid.op("@>")(moment)))
        .where(reaches(scope, Post.community_code), Post.valid.op("@>")(moment))
    ).one()
    return row[0], row[1]


def quota(
    session: Session, scope: Scope, at: datetime, *, area_code: str | None = None, by: str = "community"
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Posts authorised and filled at a moment, by `community`, `station` or `kind`: (key, quota, filled)."""
    keys: dict[str, Any] = {"community": Post.community_code, "station": Station.code, "kind": Post.kind}
    asked = (
        select(keys[by].label("key"), func.count().label("quota"), func.count(PostHolding.worker_id).label("filled"))
        .select_from(Post)
        .outerjoin(Station, Station.id == Post.station_id)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, PostHolding.valid.contains(at)))
        .where(reaches(scope, Post.community_code), Post.valid.contains(at))
        .group_by(keys[by])
        .order_by(keys[by])
    )
    if by == "station":
        asked = asked.where(Post.station_id.is_not(None))
    if area_code:
        asked = asked.where(inside(Post.community_code, area_code))
    return session.execute(asked).all()


def list_posts(
    session: Session,
    scope: Scope,
    *,
    at: datetime,
    area_code: str | None = None,
    station: str | None = None,
    vacant: bool | None = None,
    after: str = "",
    limit: int = 50,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Posts authorised at a moment by number, with who fills them."""
    asked = (
        select(
            Post.id,
            Post.number,
            Post.kind,
            Post.community_code,
            Station.code.label("station_code"),
            Post.valid,
            Worker.id.label("worker_id"),
            Worker.number.label("worker_number"),
            Worker.name.label("worker_name"),
            PostHolding.valid.label("held"),
        )
        .outerjoin(Station, Station.id == Post.station_id)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, PostHolding.valid.contains(at)))
        .outerjoin(Worker, Worker.id == PostHolding.worker_id)
        .where(reaches(scope, Post.community_code), Post.valid.contains(at), Post.number > after)
        .order_by(Post.number)
        .limit(limit)
    )
    if area_code:
        asked = asked.where(inside(Post.community_code, area_code))
    if station:
        asked = asked.where(Station.code == station)
    if vacant is not None:
        asked = asked.where(PostHolding.id.is_(None) if vacant else PostHolding.id.is_not(None))
    return session.execute(asked).all()


def posts_by_number(session: Session, numbers: Sequence[str]) -> dict[str, Post]:
    """Posts by number."""
    return {post.number: post for post in session.scalars(select(Post).where(Post.number.in_(numbers)))}


def posts_of(session: Session, worker_ids: Sequence[UUID], at: datetime) -> dict[UUID, str]:
    """The numbers of the posts that workers fill at a moment."""
    found = session.execute(
        select(PostHolding.worker_id, Post.number)
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.worker_id.in_(worker_ids), PostHolding.valid.contains(at))
    )
    return {row.worker_id: row.number for row in found}


def holdings_at(session: Session, post_ids: Sequence[UUID], at: datetime) -> dict[UUID, UUID]:
    """Who fills posts at a moment: worker by post."""
    found = session.execute(
        select(PostHolding.post_id, PostHolding.worker_id).where(
            PostHolding.post_id.in_(post_ids), PostHolding.valid.contains(at)
        )
    )
    return {row.post_id: row.worker_id for row in found}


def insert_posts(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add posts."""
    if rows:
        session.execute(insert(Post), list(rows))


def insert_holdings(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let workers fill posts."""
    if rows:
        session.execute(insert(PostHolding), list(rows))


def end_holdings(
    session: Session, since: datetime, *, worker_ids: Sequence[UUID] = (), post_ids: Sequence[UUID] = ()
) -> None:
    """Let workers fill these posts no longer from a moment on."""
    session.execute(_END_HOLDINGS, {"since": since, "worker_ids": list(worker_ids), "post_ids": list(post_ids)})
    session.execute(_DROP_EMPTY_HOLDINGS)


def list_stations(
    session: Session, scope: Scope, *, area_code: str | None = None, after: str = "", limit: int = 50
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stations by code, with their place in degrees (x, y)."""
    asked = (
        select(*_STATION)
        .where(reaches(scope, Station.area_code), Station.code > after)
        .order_by(Station.code)
        .limit(limit)
    )
    if area_code:
        asked = asked.where(inside(Station.area_code, area_code))
    return session.execute(asked).all()


def station_rows(session: Session, codes: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stations with their place, by code."""
    return session.execute(select(*_STATION).where(Station.code.in_(codes)).order_by(Station.code)).all()


def stations_by_code(
    session: Session, codes: Sequence[str], scope: Scope | None = None, *, to_change: bool = False
) -> dict[str, Row[*tuple[Any, ...]]]:
    """Stations by code: (id, code, area_code, opened_at, closed_at); locked if they are to change."""
    asked = select(Station.id, Station.code, Station.area_code, Station.opened_at, Station.closed_at)
    asked = asked.where(Station.code.in_(codes))
    if scope is not None:
        asked = asked.where(reaches(scope, Station.area_code))
    if to_change:
        asked = asked.with_for_update(of=Station, key_share=True)
    return {row.code: row for row in session.execute(asked)}


def insert_stations(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add stations."""
    if rows:
        session.execute(insert(Station), list(rows))


def change_station(session: Session, station_id: UUID, values: Mapping[str, Any]) -> None:
    """Set columns of a station."""
    session.execute(update(Station).where(Station.id == station_id).values(**values))


def supervisions(
    session: Session, station_id: UUID, *, since: datetime, until: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Supervision at a station that touches a span of time, the latest first, voided records too."""
    return session.execute(
        select(
            Supervision.id,
            Supervision.supervisor,
            func.lower(Supervision.held).label("began_at"),
            func.upper(Supervision.held).label("ended_at"),
            Supervision.note,
            Supervision.recorded_by,
            Supervision.recorded_at,
            Supervision.voided_at,
            Supervision.void_reason,
        )
        .where(Supervision.station_id == station_id, Supervision.held.op("&&")(func.tstzrange(since, until)))
        .order_by(func.lower(Supervision.held).desc())
    ).all()


def overlapping_supervision(
    session: Session, station_id: UUID, supervisor: str, began_at: datetime, ended_at: datetime
) -> Row[*tuple[Any, ...]] | None:
    """A record of the same supervisor at the same station that overlaps a span of time."""
    return session.execute(
        select(func.lower(Supervision.held).label("began_at"), func.upper(Supervision.held).label("ended_at"))
        .where(
            Supervision.station_id == station_id,
            Supervision.supervisor == supervisor,
            Supervision.voided_at.is_(None),
            Supervision.held.op("&&")(func.tstzrange(began_at, ended_at)),
        )
        .limit(1)
    ).one_or_none()


def void_supervision(session: Session, supervision_id: UUID, scope: Scope, now: datetime, reason: str) -> bool:
    """Void a record that is not yet void; False when there is none in the scope."""
    stations = select(Station.id).where(reaches(scope, Station.area_code))
    statement = (
        update(Supervision)
        .where(Supervision.id == supervision_id, Supervision.voided_at.is_(None), Supervision.station_id.in_(stations))
        .values(voided_at=now, void_reason=reason)
    )
    return session.scalar(statement.returning(Supervision.id)) is not None
