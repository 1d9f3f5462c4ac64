"""Registering lines: rivers and roads, drawn on the backdrop and known to the division as barriers."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.geography.faults import FaultList
from gridsvc.geography.shapes import checked_lines, to_ewkb
from gridsvc.infra.copying import Same, copy_columns, fresh_ids

KINDS = ("river", "ring", "arterial", "collector", "local")


@dataclass(frozen=True)
class LineBatch:
    """Lines to register, as columns of equal length, in degrees (WGS 84)."""

    kinds: Sequence[str]
    geometries: Sequence[BaseGeometry | None]
    names: Sequence[str | None] | None = None
    synthetic: bool = False


def register_lines(session: Session, batch: LineBatch) -> int:
    """Adds the lines; returns their number. Refuses unknown kinds and broken geometry, all told at once."""
    faults = FaultList()
    for index, kind in enumerate(batch.kinds):
        if kind not in KINDS:
            faults.add(index, "unknown_kind", f"{kind!r} is not one of {', '.join(KINDS)}")
    shapes = checked_lines(batch.geometries, faults)
    faults.refuse()
    return copy_columns(
        session,
        "line",
        {
            "id": fresh_ids(len(batch.kinds)),
            "kind": batch.kinds,
            "name": batch.names or [None] * len(batch.kinds),
            "geom": to_ewkb(shapes),
            "synthetic": Same(batch.synthetic),
        },
    )
