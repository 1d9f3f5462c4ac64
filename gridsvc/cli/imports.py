"""`gridsvc import`: areas, blocks, doors, lines and grids, each file as a whole or not at all; and incidents."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridsvc.cli import _database, _incidents
from gridsvc.cli._moments import moment_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from gridsvc.geography.importer.tables import Table

app = typer.Typer(help="Bring files in: areas, blocks, doors, lines, grids, incidents.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage, zipped Shapefile or .shp.", exists=True)]
CrsOption = Annotated[
    str | None, typer.Option("--crs", help="EPSG:n, GCJ-02 or BD-09. Needed unless the file itself says it.")
]
LayerOption = Annotated[str | None, typer.Option(help="The layer of a GeoPackage that has several.")]
CodeOption = Annotated[str, typer.Option(help="The field that holds the code.")]
NameOption = Annotated[str, typer.Option(help="The field that holds the name.")]
FromOption = Annotated[
    str | None,
    typer.Option("--effective-at", help="From when it holds: a moment with its zone, or a day. Now when left out."),
]
CountsOption = Annotated[str, typer.Option(help="Counts and their fields: households=HH,population=POP.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _root() -> None:
    """Bring files in."""


app.command("incidents", help=_incidents.HELP)(_incidents.incidents)


@app.command(help="Administrative units: city, counties, streets, communities; level and parent follow from the code.")
def areas(
    file: FileArgument,
    code_field: CodeOption,
    name_field: NameOption,
    crs: CrsOption = None,
    layer: LayerOption = None,
    kind_field: Annotated[str | None, typer.Option(help="The field of the kind, where it deviates.")] = None,
    pilot_field: Annotated[str | None, typer.Option(help="The field that marks pilots (1, true, 是).")] = None,
    effective_at: Annotated[
        str | None,
        typer.Option(help="Since when they exist: a moment with its zone, or a day. Since ever when left out."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Registers the areas of a file; they count as old, so that a net of last year can be brought in over them."""
    from gridsvc.core.fields import EARLIEST
    from gridsvc.geography.areas import register_areas
    from gridsvc.geography.importer.drafts import Fields, area_drafts

    fields = Fields(code=code_field, name=name_field, kind=kind_field, pilot=pilot_field)

    def store(session: "Session", table: "Table", start: datetime) -> dict[str, Any]:
        return {"added": register_areas(session, area_drafts(table, fields), valid_from=start)}

    since = effective_at or EARLIEST.isoformat()
    _bring_in("areas", file, store, crs=crs, layer=layer, effective_at=since, as_json=as_json)


@app.command(help="Blocks, the atoms of division, with their counts.")
def blocks(
    file: FileArgument,
    code_field: CodeOption,
    crs: CrsOption = None,
    layer: LayerOption = None,
    name_field: Annotated[str | None, typer.Option(help="The field that holds the name.")] = None,
    community_field: Annotated[
        str | None, typer.Option(help="The field of the community's code; by position when left out.")
    ] = None,
    count_fields: CountsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Registers the blocks of a file."""
    from gridsvc.geography.blocks import register_blocks
    from gridsvc.geography.importer.drafts import Fields, block_batch

    fields = Fields(code=code_field, name=name_field, community=community_field, counts=_counted(count_fields))

    def store(session: "Session", table: "Table", start: datetime) -> dict[str, Any]:
        return {"added": register_blocks(session, block_batch(session, table, fields, at=start))}

    _bring_in("blocks", file, store, crs=crs, layer=layer, effective_at=None, as_json=as_json)


@app.command(help="Doors: registered household addresses, one point each.")
def doors(
    file: FileArgument,
    code_field: CodeOption,
    address_field: Annotated[str, typer.Option("--address-field", "--name-field", help="The field of the address.")],
    crs: CrsOption = None,
    layer: LayerOption = None,
    block_field: Annotated[
        str | None, typer.Option(help="The field of the block's code; by position when left out.")
    ] = None,
    effective_at: FromOption = None,
    as_json: JsonOption = False,
) -> None:
    """Registers the doors of a file."""
    from gridsvc.geography.doors import register_doors
    from gridsvc.geography.importer.drafts import Fields, door_batch

    fields = Fields(code=code_field, name=address_field, block=block_field)

    def store(session: "Session", table: "Table", start: datetime) -> dict[str, Any]:
        return {"added": register_doors(session, door_batch(table, fields), registered_from=start)}

    _bring_in("doors", file, store, crs=crs, layer=layer, effective_at=effective_at, as_json=as_json)


@app.command(help="Lines of the backdrop: river, ring, arterial, collector, local.")
def lines(
    file: FileArgument,
    kind_field: Annotated[str, typer.Option("--kind-field", "--code-field", help="The field of the class.")],
    name_field: Annotated[str | None, typer.Option(help="The field that holds the name.")] = None,
    crs: CrsOption = None,
    layer: LayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Registers the lines of a file."""
    from gridsvc.geography.importer.drafts import Fields, line_batch
    from gridsvc.geography.lines import register_lines

    fields = Fields(kind=kind_field, name=name_field)

    def store(session: "Session", table: "Table", start: datetime) -> dict[str, Any]:
        return {"added": register_lines(session, line_batch(table, fields))}

    _bring_in("lines", file, store, crs=crs, layer=layer, effective_at=None, as_json=as_json)


@app.command(help="The first grids of communities. They must tile their communities exactly, or nothing is stored.")
def grids(
    file: FileArgument,
    crs: CrsOption = None,
    layer: LayerOption = None,
    code_field: Annotated[str | None, typer.Option(help="The field of the code; numbered when left out.")] = None,
    name_field: Annotated[str | None, typer.Option(help="The field of the name; 第一网格 … when left out.")] = None,
    community_field: Annotated[
        str | None, typer.Option(help="The field of the community's code; by position when left out.")
    ] = None,
    kind_field: Annotated[str | None, typer.Option(help="The field that says basic or dedicated.")] = None,
    count_fields: CountsOption = "",
    scheme: Annotated[str, typer.Option(help="The code scheme: standard15, or local for any text.")] = "standard15",
    effective_at: FromOption = None,
    report: Annotated[Path | None, typer.Option(help="Write the faults as GeoJSON features to this file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Publishes the grids of a file, each with a named vacancy, and gives open incidents the grids they now lie in."""
    from gridsvc.core.errors import GridsvcError
    from gridsvc.geography.importer.drafts import Fields, grid_drafts
    from gridsvc.incidents.rerouting import reroute_open
    from gridsvc.people.staffing import import_grids_with_vacancies

    fields = Fields(
        code=code_field,
        name=name_field,
        community=community_field,
        kind=kind_field,
        counts=_counted(count_fields),
    )

    def store(session: "Session", table: "Table", start: datetime) -> dict[str, Any]:
        net = import_grids_with_vacancies(
            session,
            grid_drafts(table, fields),
            scheme=scheme,
            effective_at=start,
            by="command line",
            now=datetime.now(UTC),
        )
        moved = reroute_open(session, actor="command line") if net.effective_at <= datetime.now(UTC) else 0
        return {
            "added": len(net.codes),
            "net_version": net.number,
            "effective_at": net.effective_at.isoformat(),
            "incidents_rerouted": moved,
        }

    try:
        _bring_in("grids", file, store, crs=crs, layer=layer, effective_at=effective_at, as_json=as_json)
    except GridsvcError as error:
        if report is not None:
            _write_report(report, error)
        raise


def _bring_in(
    kind: str,
    file: Path,
    store: "Callable[[Session, Table, datetime], dict[str, Any]]",
    *,
    crs: str | None,
    layer: str | None,
    effective_at: str | None,
    as_json: bool,
) -> None:
    """Reads the file first, then stores everything in one transaction, and tells what was done."""
    from gridsvc.geography.importer.tables import open_table
    from gridsvc.infra.reserve import require_room
    from gridsvc.infra.settings import get_settings

    settings = get_settings()
    require_room(settings)
    start = moment_of(effective_at, settings.city_timezone)
    table = open_table(file, crs=crs, layer=layer, bounds=settings.city_bounds)
    with _database.written(settings) as session:
        done = store(session, table, start)
    told = {"kind": kind, "read": len(table), **done, "crs": table.crs, "encoding": table.encoding}
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        there = told["read"] - told["added"]
        known = f", {there} were there already" if there else ""
        typer.echo(f"{told['added']} {kind} brought in{known} ({table.format}, {table.crs}, {table.encoding})")


def _counted(text: str) -> dict[str, str]:
    """Kinds of counts and their fields from "households=HH,population=POP"."""
    from gridsvc.core.errors import InvalidInput

    made: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        kind, equals, name = (piece.strip() for piece in part.partition("="))
        if not (kind and equals and name):
            raise InvalidInput(f"{part!r} is not of the form households=HH.")
        made[kind] = name
    return made


def _write_report(path: Path, error: Any) -> None:
    from gridsvc.core import geojson

    features = [
        {
            "type": "Feature",
            "geometry": fault.geometry,
            "properties": {"place": fault.place, "kind": fault.code, "message": fault.message},
        }
        for fault in error.faults
    ]
    path.write_text(json.dumps(geojson.feature_collection(features), ensure_ascii=False), "utf-8")
