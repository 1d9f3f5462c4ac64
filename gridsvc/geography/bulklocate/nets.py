"""What points are located in: a net of the city at some moment, or the polygons of any file without a database."""

from datetime import datetime
from pathlib import Path

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidGeometry, InvalidInput, NotFound, UnknownDatum
from gridsvc.core.locate import GridIndex
from gridsvc.geography.bulklocate.columns import WHOLE_GLOBE
from gridsvc.geography.bulklocate.locating import CodedIndex
from gridsvc.geography.faults import FaultList
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.importer.tables import open_table
from gridsvc.geography.locating import current_net
from gridsvc.geography.netindex import index_of


def index_of_city(session: Session, at: datetime, net_key: str = BASE_NET) -> CodedIndex:
    """The grids in effect at a moment. Raises NotFound before the first net."""
    version = current_net(session, at, net_key)
    if version is None:
        raise NotFound(f"There is no net in effect at {at.isoformat()}.")
    net = index_of(session, version.id)
    return CodedIndex(net.index, net.codes.tolist(), net.community_codes.tolist(), f"net version {version.number}")


def index_of_file(
    path: Path,
    *,
    code_field: str,
    community_field: str | None = None,
    crs: str | None = None,
    layer: str | None = None,
    else_crs: str | None = None,
) -> CodedIndex:
    """The polygons of a GeoJSON, GeoPackage or Shapefile by their codes; on shared borders the smallest code wins.

    `crs` is their datum; `else_crs` is it if neither the file nor `crs` says one.

    Raises InvalidInput with a fault for each feature without a code or with another's code, InvalidGeometry for shapes
    that are missing or not valid, and what `open_table` raises for files and reference systems.
    """
    try:
        table = open_table(path, crs=crs, layer=layer, bounds=WHOLE_GLOBE)
    except UnknownDatum:
        if crs is not None or else_crs is None:
            raise
        table = open_table(path, crs=else_crs, layer=layer, bounds=WHOLE_GLOBE)
    codes = table.required(code_field, "the code")
    communities = table.texts(community_field) if community_field else [None] * len(table)
    if not codes:
        raise InvalidInput(f"{path.name} has no polygons.")
    faults = FaultList()
    faults.check_codes(codes, frozenset())
    faults.refuse()
    for feature in np.flatnonzero(shapely.is_missing(table.shapes)).tolist():
        faults.add(feature, InvalidGeometry.code, "the geometry is missing")
    faults.refuse(InvalidGeometry)
    return CodedIndex(GridIndex.build(table.shapes, order=np.array(codes)), codes, communities, path.name)
