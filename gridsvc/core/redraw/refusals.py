"""How a redraw is refused: the kind of refusal with the geometry it is about, ready for the map."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core import geojson
from gridsvc.core.errors import Fault, GridsvcError


def refuse(
    kind: type[GridsvcError],
    place: str,
    shown_4326: BaseGeometry | Sequence[BaseGeometry] | None = None,
    message: str | None = None,
    **details: object,
) -> GridsvcError:
    """The refusal, ready to be raised: `place` names the argument, the geometry (degrees) shows where."""
    geometry = shown_4326
    if isinstance(geometry, Sequence):
        geometry = shapely.GeometryCollection(list(geometry)) if len(geometry) != 1 else geometry[0]
    shown = geojson.geometry_object(geometry) if _can_be_shown(geometry) and geometry is not None else None
    words = message or (kind.__doc__ or "").strip().splitlines()[0]
    return kind(words, faults=[Fault(place, kind.code, words, shown)], **details)


def _can_be_shown(geometry: BaseGeometry | None) -> bool:
    return geometry is not None and not geometry.is_empty and bool(np.isfinite(shapely.get_coordinates(geometry)).all())
