"""From the features of a file to what the use cases take: which field is the code, the name, the community, a count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidGeometry, MissingField, UnknownCommunity
from gridsvc.geography.areas import AreaDraft
from gridsvc.geography.blocks import BlockBatch
from gridsvc.geography.doors import DoorBatch
from gridsvc.geography.faults import FaultList
from gridsvc.geography.grouping import first_covering
from gridsvc.geography.importer.tables import Table
from gridsvc.geography.lines import LineBatch
from gridsvc.geography.nets import GridDraft
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import from_wkb

TRUE_TEXTS = frozenset({"1", "true", "t", "yes", "y", "是", "试点"})


@dataclass(frozen=True)
class Fields:
    """Names of fields in a file. `counts` maps a kind of count (households) to the field that holds it."""

    code: str | None = None
    name: str | None = None
    community: str | None = None
    block: str | None = None
    kind: str | None = None
    pilot: str | None = None
    counts: Mapping[str, str] = field(default_factory=dict)


def area_drafts(table: Table, fields: Fields) -> list[AreaDraft]:
    """The areas of a file; code and name are required, a kind and a mark for pilot communities may be given."""
    codes = table.required(_named(fields.code, "--code-field"), "the code")
    names = table.required(_named(fields.name, "--name-field"), "the name")
    kinds = _optional(table, fields.kind)
    pilots = _optional(table, fields.pilot)
    return [
        AreaDraft(code, name, shape, kind=kind, pilot=(pilot or "").lower() in TRUE_TEXTS)
        for code, name, shape, kind, pilot in zip(codes, names, table.shapes, kinds, pilots, strict=True)
    ]


def block_batch(session: Session, table: Table, fields: Fields, *, at: datetime) -> BlockBatch:
    """The blocks of a file; without a community field it is found by position. Counts that are empty are left out."""
    codes = table.required(_named(fields.code, "--code-field"), "the code")
    if fields.community:
        communities = table.required(fields.community, "the community")
    else:
        communities = _communities_by_position(session, table, at)
    names = table.texts(fields.name) if fields.name else None
    return BlockBatch(codes, communities, list(table.shapes), _counts(table, fields), names)


def door_batch(table: Table, fields: Fields) -> DoorBatch:
    """The doors of a file: points with a code and an address; without a block field the block is found by position."""
    codes = table.required(_named(fields.code, "--code-field"), "the code")
    addresses = table.required(_named(fields.name, "--name-field"), "the address")
    wrong = shapely.is_missing(table.shapes) | (shapely.get_type_id(table.shapes) != shapely.GeometryType.POINT)
    faults = FaultList()
    for index in np.flatnonzero(wrong | shapely.is_empty(table.shapes)).tolist():
        faults.add(index, InvalidGeometry.code, "a door is a point")
    faults.refuse(InvalidGeometry)
    blocks = table.required(fields.block, "the block") if fields.block else None
    return DoorBatch(codes, addresses, shapely.get_x(table.shapes), shapely.get_y(table.shapes), blocks)


def line_batch(table: Table, fields: Fields) -> LineBatch:
    """The lines of a file with their classes."""
    kinds = table.required(_named(fields.kind, "--kind-field"), "the class")
    return LineBatch(kinds, list(table.shapes), _optional(table, fields.name))


def grid_drafts(table: Table, fields: Fields) -> list[GridDraft]:
    """The grids of a file; codes, names, communities, kinds and counts are taken from it where it has them."""
    codes, names = _optional(table, fields.code), _optional(table, fields.name)
    communities, kinds = _optional(table, fields.community), _optional(table, fields.kind)
    counts: list[dict[str, int] | None] = [*_counts(table, fields)] if fields.counts else [None] * len(table)
    return [
        GridDraft(shape, community_code=community, code=code, name=name, kind=kind or "basic", counts=count)
        for shape, community, code, name, kind, count in zip(
            table.shapes, communities, codes, names, kinds, counts, strict=True
        )
    ]


def _named(name: str | None, option: str) -> str:
    if not name:
        raise MissingField(f"Say which field holds it: {option}.")
    return name


def _optional(table: Table, name: str | None) -> list[str | None]:
    return table.texts(name) if name else [None] * len(table)


def _counts(table: Table, fields: Fields) -> list[dict[str, int]]:
    columns = {kind: table.whole_numbers(name) for kind, name in fields.counts.items()}
    rows: list[dict[str, int]] = [{} for _ in range(len(table))]
    for kind, numbers in columns.items():
        for row, number in zip(rows, numbers, strict=True):
            if number is not None:
                row[kind] = number
    return rows


def _communities_by_position(session: Session, table: Table, at: datetime) -> list[str]:
    """The community that has a point inside each shape. Raises UnknownCommunity with a fault for each without."""
    rows = [row for row in registers.community_shapes(session, at) if row.wkb is not None]
    usable = np.flatnonzero(~shapely.is_missing(table.shapes) & shapely.is_valid(table.shapes))
    inside = shapely.get_coordinates(shapely.point_on_surface(table.shapes[usable]))
    found = first_covering(from_wkb([row.wkb for row in rows]), inside[:, 0], inside[:, 1]).tolist()
    owners = [""] * len(table)
    faults = FaultList()
    for index, place in zip(usable.tolist(), found, strict=True):
        if place < 0:
            faults.add(index, UnknownCommunity.code, "it lies in no registered community")
        else:
            owners[index] = rows[place].code
    faults.refuse(UnknownCommunity)
    return owners
