"""Queries on people to be visited: lists within what somebody may see, one in full, and what is written about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import LateralFromClause

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.geography.tables import Door, GridVersion, Net
from gridsvc.infra.copying import copy_columns
from gridsvc.people.care_tables import CareClass, CarePairing, CareSubject
from gridsvc.people.tables import Worker


@dataclass(frozen=True)
class CareView:
    """Who looks: within a scope, with or without the right to sensitive classes, at a moment of the present."""

    scope: Scope
    sees_sensitive: bool
    now: datetime


@dataclass(frozen=True)
class CareFilter:
    """Which subjects are asked for; a grid is named by its id together with its community."""

    class_code: str | None = None
    community_code: str | None = None
    grid_id: UUID | None = None


def page(
    session: Session,
    view: CareView,
    wanted: CareFilter,
    *,
    at: datetime,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Subjects registered at a moment that the view allows, by community and number from `after` on."""
    home = _home(at)
    statement = _visible(view, home).where(CareSubject.registered.contains(at))
    if wanted.class_code is not None:
        statement = statement.where(CareSubject.class_code == wanted.class_code)
    if wanted.community_code is not None:
        statement = statement.where(CareSubject.community_code == wanted.community_code)
    if wanted.grid_id is not None:
        statement = statement.where(home.c.grid_id == wanted.grid_id)
    order = (CareSubject.community_code, CareSubject.number)
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*after))
    return session.execute(statement.order_by(*order).limit(limit)).all()


def subject(session: Session, view: CareView, subject_id: UUID, *, at: datetime) -> Row[*tuple[Any, ...]] | None:
    """One subject, registered or no longer, if the view allows it."""
    return session.execute(_visible(view, _home(at)).where(CareSubject.id == subject_id)).one_or_none()


def pairings(session: Session, subject_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every pairing of a subject: (id, worker_id, number, name, since, until), the latest first."""
    since = func.lower(CarePairing.valid)
    return session.execute(
        select(
            CarePairing.id,
            CarePairing.worker_id,
            Worker.number,
            Worker.name,
            since.label("since"),
            func.upper(CarePairing.valid).label("until"),
        )
        .join(Worker, Worker.id == CarePairing.worker_id)
        .where(CarePairing.subject_id == subject_id)
        .order_by(since.desc(), CarePairing.id)
    ).all()


def classes(session: Session) -> Sequence[CareClass]:
    """The classes of people to be visited."""
    return session.scalars(select(CareClass).order_by(CareClass.sensitive, CareClass.code)).all()


def known_doors(session: Session, codes: Sequence[str], at: datetime) -> dict[str, Row[*tuple[Any, ...]]]:
    """Doors registered at a moment, by code: (code, id, community_code, point as EWKB in hexadecimal)."""
    rows = session.execute(_DOORS, {"codes": list(codes), "at": at})
    return {row.code: row for row in rows}


_DOORS = text(
    """
    SELECT door.code, door.id, block.community_code, CAST(door.point AS text) AS point
    FROM door JOIN block ON block.id = door.block_id
    JOIN unnest(CAST(:codes AS text[])) asked (code) ON asked.code = door.code
    WHERE door.registered @> CAST(:at AS timestamptz)
    """
)


def taken_numbers(session: Session, numbers: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (community, number) are in use."""
    communities, wanted = [row[0] for row in numbers], [row[1] for row in numbers]
    rows = session.execute(_TAKEN, {"communities": communities, "numbers": wanted})
    return {(row.community_code, row.number) for row in rows}


_TAKEN = text(
    """
    SELECT community_code, number FROM care_subject
    JOIN unnest(CAST(:communities AS text[]), CAST(:numbers AS text[])) AS asked (community_code, number)
        USING (community_code, number)
    """
)


def insert_subjects(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add subjects; their point is EWKB in hexadecimal."""
    if rows:
        copy_columns(session, "care_subject", {name: [row[name] for row in rows] for name in rows[0]})


def revision(session: Session, subject_id: UUID) -> int:
    """The revision of a subject, which is locked until the end of the transaction."""
    asked = select(CareSubject.revision).where(CareSubject.id == subject_id).with_for_update()
    return session.scalars(asked).one()


def change_subject(session: Session, subject_id: UUID, values: Mapping[str, Any], now: datetime) -> None:
    """Set columns of a subject and count its revision up."""
    counted = {"revision": CareSubject.revision + 1, "changed_at": now}
    session.execute(update(CareSubject).where(CareSubject.id == subject_id).values(dict(values) | counted))


def end_registration(session: Session, subject_id: UUID, until: datetime) -> None:
    """End the registration of a subject, and every pairing that would last longer; later ones go."""
    span = func.tstzrange(None, until)
    values = {"registered": CareSubject.registered.op("*")(span)}
    session.execute(update(CareSubject).where(CareSubject.id == subject_id).values(values))
    of_subject = CarePairing.subject_id == subject_id
    session.execute(delete(CarePairing).where(of_subject, func.lower(CarePairing.valid) >= until))
    session.execute(update(CarePairing).where(of_subject).values(valid=CarePairing.valid.op("*")(span)))


def is_paired(session: Session, worker_id: UUID, subject_id: UUID, since: datetime) -> bool:
    """Whether the worker looks after the subject at a moment, or will."""
    later = func.tstzrange(since, None)
    statement = exists().where(
        CarePairing.worker_id == worker_id, CarePairing.subject_id == subject_id, CarePairing.valid.op("&&")(later)
    )
    return bool(session.scalar(select(statement)))


def insert_pairings(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add pairings."""
    if rows:
        copy_columns(session, "care_pairing", {name: [row[name] for row in rows] for name in rows[0]})


def end_pairing(session: Session, subject_id: UUID, pairing_id: UUID, until: datetime) -> bool:
    """End a pairing of the subject that lasts; False when there is none of that id. One to come goes."""
    one = (CarePairing.id == pairing_id, CarePairing.subject_id == subject_id)
    gone = session.execute(
        delete(CarePairing).where(*one, func.lower(CarePairing.valid) >= until).returning(CarePairing.id)
    ).one_or_none()
    if gone is not None:
        return True
    ended = update(CarePairing).where(*one, CarePairing.valid.contains(until))
    kept = CarePairing.valid.op("*")(func.tstzrange(None, until))
    return session.execute(ended.values(valid=kept).returning(CarePairing.id)).one_or_none() is not None


def _home(at: datetime) -> LateralFromClause:
    """The grid that has the subject's place in the base net of a moment; on a border, the smallest code."""
    return (
        select(GridVersion.grid_id, GridVersion.code, GridVersion.name)
        .join(Net, Net.id == GridVersion.net_id)
        .where(
            Net.key == "base",
            GridVersion.geom.op("&&")(CareSubject.point),
            GridVersion.valid.contains(at),
            func.ST_Covers(GridVersion.geom, CareSubject.point),
        )
        .order_by(GridVersion.scheme.collate("C"), GridVersion.code.collate("C"))
        .limit(1)
        .lateral("home")
    )


def _visible(view: CareView, home: LateralFromClause) -> Select[*tuple[Any, ...]]:
    """Subjects that live where the view reaches, of a class it may see; and those it is paired with, in any case."""
    paired = _paired(view)
    seen = _inside(view.scope, home)
    if not view.sees_sensitive:
        seen = and_(seen, CareClass.sensitive.is_(False))
    return (
        select(
            CareSubject.id,
            CareSubject.number,
            CareSubject.class_code,
            CareClass.name_zh,
            CareClass.name_en,
            CareClass.sensitive,
            CareSubject.name,
            CareSubject.phone,
            CareSubject.id_number,
            CareSubject.community_code,
            Door.code.label("door_code"),
            Door.address,
            func.ST_X(CareSubject.point).label("x"),
            func.ST_Y(CareSubject.point).label("y"),
            func.lower(CareSubject.registered).label("registered_from"),
            func.upper(CareSubject.registered).label("registered_until"),
            CareSubject.revision,
            CareSubject.synthetic,
            home.c.grid_id,
            home.c.code.label("grid_code"),
            home.c.name.label("grid_name"),
            paired.label("is_paired"),
        )
        .join(CareClass, CareClass.code == CareSubject.class_code)
        .outerjoin(Door, Door.id == CareSubject.door_id)
        .outerjoin(home, true())
        .where(or_(seen, paired))
    )


def _paired(view: CareView) -> ColumnElement[bool]:
    if view.scope.worker_id is None:
        return literal(False)
    mine = select(CarePairing.subject_id).where(
        CarePairing.worker_id == view.scope.worker_id, CarePairing.valid.contains(view.now)
    )
    return CareSubject.id.in_(mine)


def _inside(scope: Scope, home: LateralFromClause) -> ColumnElement[bool]:
    """Within the scope by community, or by a single grid; for grids only their communities are looked through."""
    allowed = within(scope, CareSubject.community_code)
    if scope.city_wide or not scope.grid_ids:
        return allowed
    near = select(GridVersion.community_code).where(GridVersion.grid_id.in_(scope.grid_ids))
    return or_(allowed, and_(CareSubject.community_code.in_(near), home.c.grid_id.in_(scope.grid_ids)))
