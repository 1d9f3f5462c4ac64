"""Reads data/boundaries/: the real outlines of the four urban districts and the real names and codes of their units."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import shape

from gridsvc.core.errors import InstallationFault

DISTRICTS_FILE = "bengbu_districts.geojson"
UNITS_FILE = "bengbu_units.csv"
# Beside the package in a wheel, at the root of the repository otherwise.
_PLACES = (Path(__file__).parent / "data", Path(__file__).parents[3] / "data" / "boundaries")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit of the statistics bureau: 12-digit code, official name, level 1–5, kind, parent."""

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class Boundaries:
    """District outlines (EPSG:4326, one polygon each, by 12-digit code) and every unit of the city by code."""

    outlines_4326: dict[str, shapely.Polygon]
    units: dict[str, Unit]

    def children(self, code: str, kind: str) -> list[Unit]:
        """The units of one kind directly under a unit, by code."""
        return [unit for unit in self.units.values() if unit.parent_code == code and unit.kind == kind]


def read_boundaries(folder: Path | None = None) -> Boundaries:
    """What data/boundaries/ holds, or the folder given. Raises InstallationFault if the files are not there."""
    place = _find([folder] if folder else _PLACES)
    text = (place / DISTRICTS_FILE).read_text(encoding="utf-8")
    outlines = {f["properties"]["code"]: _polygon(f["geometry"]) for f in json.loads(text)["features"]}
    with (place / UNITS_FILE).open(encoding="utf-8", newline="") as file:
        units = [
            Unit(row["code"], row["name"], int(row["level"]), row["kind"], row["parent_code"] or None)
            for row in csv.DictReader(file)
        ]
    return Boundaries(outlines, {unit.code: unit for unit in units})


def _find(places: Sequence[Path]) -> Path:
    for place in places:
        if (place / DISTRICTS_FILE).is_file() and (place / UNITS_FILE).is_file():
            return place
    raise InstallationFault("The boundary files of the demo city are missing.", places=[str(p) for p in places])


def _polygon(geometry: dict[str, object]) -> shapely.Polygon:
    (polygon,) = shapely.get_parts(shape(geometry))
    assert isinstance(polygon, shapely.Polygon)
    return polygon
