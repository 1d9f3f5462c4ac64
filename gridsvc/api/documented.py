"""The shape of answers that are put together as text, for speed: models that only the description of the API uses."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api.words import GridKind, PatrolWord, StaffingWord

SQUARE: list[Any] = [[[117.38, 32.92], [117.39, 32.92], [117.39, 32.93], [117.38, 32.93], [117.38, 32.92]]]


class Geometry(BaseModel):
    """A GeoJSON geometry in WGS 84 degrees."""

    model_config = ConfigDict(json_schema_extra={"example": {"type": "Polygon", "coordinates": SQUARE}})

    type: Literal["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
    coordinates: list[Any]


class GridProperties(BaseModel):
    """What a grid is called and where it belongs."""

    code: str
    name: str
    kind: GridKind
    community_code: str


class ExactGridProperties(GridProperties):
    """The same for other systems, with the scheme of the code and the area."""

    scheme: str
    area_m2: float
    synthetic: bool


class AreaProperties(BaseModel):
    """An administrative area; households and population are sums over its blocks, null where none is registered."""

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None
    synthetic: bool
    has_grids: bool
    pilot: bool
    households: int | None
    population: int | None


class LineProperties(BaseModel):
    """A river or a class of roads."""

    line_class: Literal["river", "ring", "arterial", "collector", "local"] = Field(alias="class")
    name: str | None = None


class BlockProperties(BaseModel):
    """A block and what is counted in it."""

    code: str
    community_code: str
    synthetic: bool
    households: int | None
    population: int | None


class FindingProperties(BaseModel):
    """A place where grids do not tile their communities."""

    kind: str
    size_m2: float
    size_m: float
    codes: list[str]
    community_codes: list[str]
    is_fault: bool
    message: str
    about: str


class _Feature(BaseModel):
    type: Literal["Feature"]


class GridFeature(_Feature):
    """A grid."""

    id: str
    geometry: Geometry
    properties: GridProperties


class ExactGridFeature(_Feature):
    """A grid, exactly as stored."""

    id: str
    geometry: Geometry
    properties: ExactGridProperties


class MapFeature(_Feature):
    """A grid, an area, a river or a road, at the precision of the screen."""

    id: str | None = None
    geometry: Geometry
    properties: GridProperties | AreaProperties | LineProperties


class BlockFeature(_Feature):
    """A block."""

    id: str
    geometry: Geometry
    properties: BlockProperties


class FindingFeature(_Feature):
    """A finding; without geometry when its place is unknown."""

    geometry: Geometry | None
    properties: FindingProperties


class _Collection(BaseModel):
    type: Literal["FeatureCollection"]


class ExactGrids(_Collection):
    """The whole net."""

    features: list[ExactGridFeature]


class MapDocument(_Collection):
    """One layer of the map."""

    features: list[MapFeature]


class Blocks(_Collection):
    """Blocks in a box."""

    features: list[BlockFeature]


class NetSummary(BaseModel):
    """The figures of a net's health."""

    at: str
    grids: int
    communities: int
    communities_without_grids: list[str]
    faults: int
    findings: dict[str, int]
    block_findings: int


class NetReport(_Collection):
    """The health of the net: no features, no faults."""

    features: list[FindingFeature]
    summary: NetSummary


class StatusColumns(BaseModel):
    """One row a grid, kept as columns of equal length; `worker` is a place in `workers`."""

    code: list[str]
    staffing: list[StaffingWord]
    patrol: list[PatrolWord]
    last_visit: list[int | None] = Field(description="Epoch seconds.", examples=[[1763598600]])
    open_incidents: list[int]
    worker: list[int | None] = Field(examples=[[0]])


class CoverageOut(BaseModel):
    """Doors visited within the cycle, of all registered doors."""

    visited: int
    doors: int
    cycle_from: str = Field(alias="from")
    to: str
    register_date: str


class OverdueOut(BaseModel):
    """Grids, of so many."""

    grids: int
    of: int


class OpenOut(BaseModel):
    """Open incidents, and those without a grid."""

    count: int
    unlocated: int
    outside: int


class PostsOut(BaseModel):
    """Posts by norm, filled and vacant."""

    quota: int
    filled: int
    vacant: int


class PilotOut(BaseModel):
    """Pilot communities, of so many."""

    communities: int
    of: int


class HeadlineOut(BaseModel):
    """The figures at the head of the page."""

    coverage: CoverageOut
    patrol: dict[str, int] = Field(examples=[{"on_time": 12, "overdue": 3}])
    staffing: dict[str, int] = Field(examples=[{"main_backup": 14, "vacant": 1}])
    overdue: OverdueOut
    open_incidents: OpenOut
    vacancies: OverdueOut
    posts: PostsOut
    pilot: PilotOut


class TrendOut(BaseModel):
    """Numbers by day, the last day last."""

    visits: list[int]
    incidents: list[int]


class StatusDocument(BaseModel):
    """The status of every grid."""

    as_of: str
    headline: HeadlineOut
    net_version: str | None
    grids: StatusColumns
    workers: list[str]
    trend: TrendOut


GEOJSON = "application/geo+json"
JSON = "application/json"

# Operation, media type of its answer, and the model that describes it.
DOCUMENTS: dict[str, tuple[str, type[BaseModel]]] = {
    "GET /api/v1/grids": (GEOJSON, ExactGrids),
    "GET /api/v1/blocks": (GEOJSON, Blocks),
    "GET /api/v1/net/check": (GEOJSON, NetReport),
    "GET /api/v1/documents/{kind}/{name}.json": (GEOJSON, MapDocument),
    "GET /api/v1/status": (JSON, StatusDocument),
}
