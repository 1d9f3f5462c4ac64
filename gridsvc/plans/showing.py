"""Drawings for people to look at: GeoJSON of grids and blocks, and their consequences with last year's incidents."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from gridsvc.core import geojson
from gridsvc.incidents.points import HeldPoints, held_points
from gridsvc.infra.sight import WHOLE_CITY, ReadSession, seeing
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.consequences import Consequences, consequences, ground_of
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.queries.publishing import clock


def features(drawing: Drawing, only: Collection[str] | None = None) -> dict[str, Any]:
    """The grids of a drawing, or some of them, as a FeatureCollection with their keys as ids."""
    codes = {grid: code for code, grid in drawing.identities.items()}
    made = []
    for key, polygon in drawing.partition.polygons().items():
        if only is not None and key not in only:
            continue
        note = drawing.notes[key]
        properties = {
            "key": key,
            "name": note.name,
            "kind": note.kind,
            "code": note.code,
            "drawn_from": codes.get(note.grid_id) if note.grid_id else None,
            "decided": note.decided,
            "fresh_code": note.fresh_code,
        }
        made.append(geojson.feature(polygon, properties, key))
    return geojson.feature_collection(made)


def outline(drawing: Drawing) -> dict[str, Any]:
    """The frozen border of the community."""
    return dict(geojson.geometry_object(drawing.partition.community()))


def blocks(session: Session, community_code: str) -> dict[str, Any]:
    """The blocks of a community as a FeatureCollection with their codes as ids."""
    ground = Blocks.of(session, [community_code])
    rows = zip(ground.codes, ground.shapes.tolist(), ground.counts.tolist(), strict=True)
    return geojson.feature_collection(
        geojson.feature(
            shape,
            {"code": code, "name": ground.names[code]} | dict(zip(ground.kinds, map(round, counts), strict=True)),
            code,
        )
        for code, shape, counts in rows
    )


def consequences_now(session: Session, base: Drawing, drawn: Drawing, ground: Blocks | None = None) -> Consequences:
    """What a drawing comes to beside today, with the incidents of the year up to now."""
    own = ground or Blocks.of(session, [drawn.community_code])
    return consequences(session, base, drawn, ground_of(session, drawn.community_code, own, year_of_points(session)))


def year_of_points(session: Session) -> HeldPoints:
    """The places of last year's incidents: places alone, of the whole city, whoever asks."""
    now = clock(session)
    bind = session.get_bind()
    with ReadSession(bind, info=seeing(WHOLE_CITY)) as reading:
        return held_points.held(reading, now)
