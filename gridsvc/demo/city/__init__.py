"""The demo city's land and people, made from a seed: a pure function, no database and no clock."""

from gridsvc.demo.city.boundaries import Boundaries, Unit, read_boundaries
from gridsvc.demo.city.generate import generate
from gridsvc.demo.city.graph import DivisionFailed
from gridsvc.demo.city.layout import ZONES_LEFT_OUT, Size
from gridsvc.demo.city.model import City, CityArea, CityBlock, CityGrid, CityLine, CityWater

__all__ = [
    "ZONES_LEFT_OUT",
    "Boundaries",
    "City",
    "CityArea",
    "CityBlock",
    "CityGrid",
    "CityLine",
    "CityWater",
    "DivisionFailed",
    "Size",
    "Unit",
    "generate",
    "read_boundaries",
]
