"""Queries of nets: their identity and versions, the codes ever given, and what lives in communities."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.geography.tables import CodeSchemeRow, GridCode, GridVersion, Net, NetVersion
from gridsvc.infra.db import new_id

_TAKEN = text(
    """
    SELECT code FROM grid_code JOIN unnest(CAST(:codes AS text[])) given(code) USING (code) WHERE scheme = :scheme
    """
)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('publishing in net ' || :net, 0))")

_SHAPES_AT = text(
    """
    SELECT v.code, v.community_code, v.kind, ST_AsBinary(v.geom) AS wkb FROM grid_version v
    WHERE v.net_id = (SELECT id FROM net WHERE key = :net) AND v.valid @> CAST(:at AS timestamptz)
    ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)


def lock_net(session: Session, net: str) -> None:
    """Waits until nobody else publishes in this net: numbers, codes and versions are given one after another.

    Held to the end of the transaction. Intake does not wait for it.
    """
    session.execute(_LOCK, {"net": net})


def ensure_net(session: Session, key: str, name: str) -> UUID:
    """The id of the net with this key, made if it is new."""
    session.execute(insert(Net).values(id=new_id(), key=key, name=name).on_conflict_do_nothing())
    return session.scalars(select(Net.id).where(Net.key == key)).one()


def scheme_row(session: Session, key: str) -> CodeSchemeRow | None:
    """The code scheme as the database has it."""
    return session.get(CodeSchemeRow, key)


def latest_version(session: Session, net_id: UUID) -> Row[int, datetime] | None:
    """Number and moment of the last version in order of effect."""
    statement = select(NetVersion.number, NetVersion.effective_at).where(NetVersion.net_id == net_id)
    return session.execute(statement.order_by(NetVersion.effective_at.desc()).limit(1)).one_or_none()


def taken_grid_codes(session: Session, scheme: str, codes: Sequence[str]) -> set[str]:
    """Which of these codes were ever given."""
    return set(session.scalars(_TAKEN, {"scheme": scheme, "codes": list(codes)}))


def highest_sequences(session: Session, scheme: str, community_codes: Iterable[str]) -> dict[str, int]:
    """The highest number ever given in each of these communities; those without any are left out."""
    statement = (
        select(GridCode.community_code, func.max(GridCode.sequence))
        .where(
            GridCode.scheme == scheme,
            GridCode.community_code.in_(list(community_codes)),
            GridCode.sequence.is_not(None),
        )
        .group_by(GridCode.community_code)
    )
    return {code: highest for code, highest in session.execute(statement) if highest is not None}


def communities_with_grids(session: Session, net_id: UUID, codes: Iterable[str], start: datetime) -> set[str]:
    """Which of these communities have grids of the net at some time from `start` on."""
    statement = select(GridVersion.community_code).where(
        GridVersion.net_id == net_id,
        GridVersion.community_code.in_(list(codes)),
        func.upper_inf(GridVersion.valid) | (func.upper(GridVersion.valid) > start),
    )
    return set(session.scalars(statement.distinct()))


def grid_shapes(session: Session, at: datetime, net: str) -> Sequence[Row[Any]]:
    """All grids of a net at a moment: code, community, kind and shape as WKB, in order of their codes."""
    return session.execute(_SHAPES_AT, {"at": at, "net": net}).all()


def now(session: Session) -> datetime:
    """The clock of the database."""
    moment: datetime = session.scalars(text("SELECT clock_timestamp()")).one()
    return moment
