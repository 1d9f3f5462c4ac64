"""Queries behind imports: what is registered already, and the shapes that new things must lie in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from gridsvc.core.codes import Level
from gridsvc.geography.tables import Area, Block, Door

_TAKEN = {
    Block: text("SELECT block.code FROM block JOIN unnest(CAST(:codes AS text[])) given(code) USING (code)"),
    Door: text("SELECT door.code FROM door JOIN unnest(CAST(:codes AS text[])) given(code) USING (code)"),
}


def expect_long_work(session: Session) -> None:
    """Lets this transaction work and think for long: a city's doors, or the report on a net full of faults."""
    for timeout in ("statement_timeout", "idle_in_transaction_session_timeout"):
        session.execute(select(func.set_config(timeout, "30min", True)))


def areas_from(session: Session, codes: Iterable[str], start: datetime) -> Sequence[Row[Any]]:
    """Areas of these codes that exist at some time from `start` on, with their shapes as WKB, in order of time."""
    statement = select(
        Area.code,
        Area.name,
        Area.kind,
        Area.parent_code,
        Area.pilot,
        Area.synthetic,
        func.ST_AsBinary(Area.geom).label("wkb"),
    ).where(Area.code.in_(list(codes)), func.upper_inf(Area.valid) | (func.upper(Area.valid) > start))
    return session.execute(statement.order_by(Area.code, func.lower(Area.valid))).all()


def existing_areas(session: Session, codes: Iterable[str], at: datetime) -> set[str]:
    """Which of these areas exist at a moment."""
    wanted = list(codes)
    return set(session.scalars(select(Area.code).where(Area.code.in_(wanted), Area.valid.contains(at))))


def community_shapes(session: Session, at: datetime, codes: Iterable[str] | None = None) -> Sequence[Row[Any]]:
    """Communities at a moment: code, name and shape as WKB (None without an outline), in order of their codes."""
    statement = select(Area.code, Area.name, func.ST_AsBinary(Area.geom).label("wkb")).where(
        Area.level == Level.COMMUNITY, Area.valid.contains(at)
    )
    if codes is not None:
        statement = statement.where(Area.code.in_(list(codes)))
    return session.execute(statement.order_by(Area.code)).all()


def current_communities(session: Session, codes: Iterable[str]) -> Sequence[Row[Any]]:
    """Communities that have not ended: code and shape as WKB, in order of their codes."""
    statement = select(Area.code, func.ST_AsBinary(Area.geom).label("wkb")).where(
        Area.level == Level.COMMUNITY, func.upper_inf(Area.valid), Area.code.in_(list(codes))
    )
    return session.execute(statement.order_by(Area.code)).all()


def taken_codes(session: Session, table: type[Block] | type[Door], codes: Sequence[str]) -> set[str]:
    """Which of these codes the table has already."""
    if session.scalar(select(table.id).limit(1)) is None:
        return set()
    return set(session.scalars(_TAKEN[table], {"codes": list(codes)}))


def block_ids(session: Session, codes: Sequence[str]) -> dict[str, UUID]:
    """The ids of the blocks with these codes."""
    statement = text("SELECT code, id FROM block JOIN unnest(CAST(:codes AS text[])) given(code) USING (code)")
    return {row.code: row.id for row in session.execute(statement, {"codes": list(codes)})}


def block_shapes(session: Session, box: tuple[float, float, float, float]) -> Sequence[Row[Any]]:
    """Blocks that touch a box: id, code and shape as WKB, in order of their codes."""
    statement = select(Block.id, Block.code, func.ST_AsBinary(Block.geom).label("wkb")).where(
        Block.geom.op("&&")(func.ST_MakeEnvelope(*box, 4326))
    )
    return session.execute(statement.order_by(Block.code)).all()


def blocks_of(session: Session, community_codes: Iterable[str]) -> Sequence[Row[Any]]:
    """The blocks of communities: community, counts and shape as WKB."""
    statement = select(Block.community_code, Block.counts, func.ST_AsBinary(Block.geom).label("wkb")).where(
        Block.community_code.in_(list(community_codes))
    )
    return session.execute(statement).all()


def block_pieces(session: Session) -> Sequence[Row[Any]]:
    """All blocks: code, community and shape as WKB."""
    statement = text("SELECT code, community_code, ST_AsBinary(geom) AS wkb FROM block ORDER BY code")
    return session.execute(statement).all()
