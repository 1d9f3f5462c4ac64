"""Registering areas: administrative units with their codes, names, kinds and outlines, level by level or at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Node, place_nodes
from gridsvc.core.codes import AreaCode, AreaKind, Level
from gridsvc.core.densify import densify
from gridsvc.core.errors import Conflict, InvalidCode
from gridsvc.core.refusals import CommunityChange
from gridsvc.geography.faults import FaultList
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import (
    MAX_AREA_VERTICES,
    Shapes,
    as_shapes,
    checked_polygons,
    from_wkb,
    to_ewkb,
)
from gridsvc.infra.copying import Same, copy_columns, fresh_ids, range_from

# The tree may begin at a county, a city or a province; streets and communities need what they lie in.
LOWEST_ROOT = Level.COUNTY
_FROZEN = "communities cannot be merged, split or moved yet"


@dataclass(frozen=True)
class AreaDraft:
    """An administrative unit to register. Without an outline it has a place in the tree and none on the map.

    The kind follows from the code; it is given only where a city deviates from the rule.
    """

    code: str
    name: str
    polygon: BaseGeometry | None
    kind: str | None = None
    pilot: bool = False
    synthetic: bool = False


def register_areas(session: Session, drafts: Sequence[AreaDraft], *, valid_from: datetime) -> int:
    """Adds the areas, valid from a moment on, and their places in the management tree; returns how many were new.

    Level and parent follow from the code. Outlines are degrees (WGS 84); rings of communities are densified so that
    later redraws can snap to them. An area that is registered already with the same data is passed over. All faults are
    told at once and nothing is stored: a code that breaks the rules or comes twice, a missing name or parent, a broken
    outline (InvalidInput); an area that is registered with other data (Conflict); for a community with another
    outline the fault is `community_change`, since no redraw touches the border of a community.
    """
    faults = FaultList()
    codes = [_code(draft.code, index, faults) for index, draft in enumerate(drafts)]
    _check_words(drafts, faults)
    shapes = checked_polygons(
        [draft.polygon for draft in drafts], faults, may_be_missing=True, max_vertices=MAX_AREA_VERTICES
    )
    known = _known_parents(session, codes, valid_from)
    _check_parents(codes, known, faults)
    faults.refuse()
    valid_codes = [code for code in codes if code is not None]
    shapes = _frozen_rings(valid_codes, shapes, faults)
    faults.refuse()
    new = _not_yet_registered(session, drafts, valid_codes, shapes, valid_from)
    if new:
        _store([drafts[i] for i in new], [valid_codes[i] for i in new], shapes[new], valid_from, known, session)
    return len(new)


def _code(text: str, index: int, faults: FaultList) -> AreaCode | None:
    try:
        return AreaCode(text)
    except InvalidCode as error:
        faults.add(index, error.code, error.message)
        return None


def _check_words(drafts: Sequence[AreaDraft], faults: FaultList) -> None:
    faults.check_codes([draft.code for draft in drafts], frozenset())
    for index, draft in enumerate(drafts):
        faults.check_text(index, "the name", draft.name)
        if draft.kind is not None and draft.kind not in set(AreaKind):
            faults.add(index, "unknown_kind", f"{draft.kind!r} is not a kind of area")


def _known_parents(session: Session, codes: Sequence[AreaCode | None], at: datetime) -> set[str]:
    """Every unit that can be a parent: those of the batch, and those registered."""
    batch = {code.text for code in codes if code}
    wanted = {code.parent.text for code in codes if code and code.parent}
    return batch | registers.existing_areas(session, wanted - batch, at)


def _check_parents(codes: Sequence[AreaCode | None], known: set[str], faults: FaultList) -> None:
    for index, code in enumerate(codes):
        if code and code.parent and code.level > LOWEST_ROOT and code.parent.text not in known:
            faults.add(index, "unknown_parent", f"{code} lies in {code.parent}, which is not registered")


def _frozen_rings(codes: Sequence[AreaCode], shapes: Shapes, faults: FaultList) -> Shapes:
    """The shapes with the rings of communities densified, as they will stay while grids are redrawn."""
    communities = np.array([code.level is Level.COMMUNITY for code in codes], dtype=np.bool_)
    chosen = np.flatnonzero(communities & ~shapely.is_missing(shapes))
    if not len(chosen):
        return shapes
    made = shapes.copy()
    made[chosen] = checked_polygons(as_shapes(densify(shapes[chosen])), faults, max_vertices=MAX_AREA_VERTICES)
    return made


def _not_yet_registered(
    session: Session, drafts: Sequence[AreaDraft], codes: Sequence[AreaCode], shapes: Shapes, start: datetime
) -> list[int]:
    """The places in the batch of areas that are new. Raises Conflict if one is there with other data."""
    rows = registers.areas_from(session, [code.text for code in codes], start)
    there = {row.code: (row, shape) for row, shape in zip(rows, from_wkb([row.wkb for row in rows]), strict=True)}
    faults, new = FaultList(), []
    for index, (draft, code) in enumerate(zip(drafts, codes, strict=True)):
        if code.text not in there:
            new.append(index)
            continue
        row, shape = there[code.text]
        same_words = (row.name, row.kind, row.pilot, row.synthetic) == (
            draft.name,
            draft.kind or code.kind.value,
            draft.pilot,
            draft.synthetic,
        )
        same_shape = _is_same_shape(shape, shapes[index])
        if not same_shape and code.level is Level.COMMUNITY:
            faults.add(index, CommunityChange.code, f"{code} is registered with another outline; {_FROZEN}")
        elif not (same_words and same_shape):
            faults.add(index, "area_exists", f"{code} is registered with other data")
    faults.refuse(Conflict)
    return new


def _is_same_shape(one: BaseGeometry | None, other: BaseGeometry | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(shapely.equals_identical(shapely.normalize(one), shapely.normalize(other)))


def _store(
    drafts: Sequence[AreaDraft],
    codes: Sequence[AreaCode],
    shapes: Shapes,
    start: datetime,
    known: set[str],
    session: Session,
) -> None:
    parents = [code.parent.text if code.parent and code.parent.text in known else None for code in codes]
    copy_columns(
        session,
        "area",
        {
            "id": fresh_ids(len(codes)),
            "code": [code.text for code in codes],
            "level": [int(code.level) for code in codes],
            "name": [draft.name for draft in drafts],
            "kind": [draft.kind or code.kind.value for draft, code in zip(drafts, codes, strict=True)],
            "parent_code": parents,
            "geom": to_ewkb(shapes),
            "pilot": [draft.pilot for draft in drafts],
            "synthetic": [draft.synthetic for draft in drafts],
            "valid": Same(range_from(start)),
        },
    )
    nodes = [
        Node(code=code.text, name=draft.name, parent_code=parent, area_code=code.text)
        for code, draft, parent in zip(codes, drafts, parents, strict=True)
    ]
    place_nodes(session, sorted(nodes, key=lambda node: node.code))
