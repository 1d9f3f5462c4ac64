"""`gridsvc locate`: every point of a file to its grid, for files of any size and on any number of cores or machines."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridsvc.cli._moments import moment_of

if TYPE_CHECKING:
    from gridsvc.geography.bulklocate.columns import Columns
    from gridsvc.geography.bulklocate.files import Job
    from gridsvc.geography.bulklocate.locating import CodedIndex
    from gridsvc.geography.bulklocate.totals import Totals
    from gridsvc.infra.settings import Settings

app = typer.Typer()

MOST_REJECTS_SHOWN = 20

HELP = (
    "Write the rows of CSV, Parquet or GeoParquet files with the grid each point lies in. "
    "Rows outside every grid are kept with an empty grid. Exit code 1 if some rows could not be read."
)


@app.command(help=HELP)
def locate(
    files: Annotated[list[Path], typer.Argument(help="CSV (UTF-8, GB18030), Parquet or GeoParquet.", exists=True)],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A .csv or .parquet file; a folder for several files.")
    ],
    x_field: Annotated[str | None, typer.Option(help="The column of the easting or longitude.")] = None,
    y_field: Annotated[str | None, typer.Option(help="The column of the northing or latitude.")] = None,
    crs: Annotated[str | None, typer.Option(help="The datum of all rows: EPSG:n, GCJ-02 or BD-09.")] = None,
    crs_field: Annotated[str | None, typer.Option(help="The column of the datum; --crs where it is empty.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="By the net of a past moment with its zone, or of a day; now when left out.")
    ] = None,
    net: Annotated[
        Path | None, typer.Option(help="Polygons to use instead of the city's net, without a database.", exists=True)
    ] = None,
    code_field: Annotated[str | None, typer.Option(help="With --net: the field of the code.")] = None,
    community_field: Annotated[str | None, typer.Option(help="With --net: the field of the community's code.")] = None,
    net_crs: Annotated[
        str | None, typer.Option(help="With --net: its datum, unless the file says it or it is that of --crs.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="With --net: the layer of a GeoPackage that has several.")] = None,
    border_distance: Annotated[
        bool, typer.Option("--border-distance", help="Add the metres to the border of the grid.")
    ] = False,
    suffix: Annotated[str, typer.Option(help="Behind the names of the added columns.")] = "",
    rejects: Annotated[Path | None, typer.Option(help="Write rows that cannot be read to this CSV file.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of CSV files, where it is not found out.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Work on the Dask cluster behind tcp://HOST:PORT.")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads to use here; all cores when left out.", min=1)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the totals as one JSON object.")] = False,
) -> None:
    """Locates the points of files."""
    from gridsvc.geography.bulklocate.columns import WHOLE_GLOBE, Columns
    from gridsvc.infra.settings import get_settings

    _refuse_mixed(net=net, code_field=code_field, as_of=as_of, of_net=(community_field, net_crs, layer))
    settings = get_settings()
    columns = Columns(
        x_field=x_field,
        y_field=y_field,
        crs=crs,
        crs_field=crs_field,
        with_border_distance=border_distance,
        suffix=suffix,
        encoding=encoding,
        bounds=WHOLE_GLOBE if net else settings.city_bounds,
    )
    columns.check()
    jobs = _jobs(files, output, rejects)
    if net is not None and code_field is not None:
        from gridsvc.geography.bulklocate.nets import index_of_file

        coded = index_of_file(
            net, code_field=code_field, community_field=community_field, crs=net_crs, layer=layer, else_crs=crs
        )
    else:
        coded = _city_net(settings, as_of)
    began = time.perf_counter()
    try:
        total = _run(jobs, coded, columns, scheduler, threads)
        _gather(jobs, rejects)
    finally:
        for job in jobs:
            if job.rejects is not None:
                job.rejects.unlink(missing_ok=True)
    _tell(total, coded.name, time.perf_counter() - began, rejects, as_json=as_json)
    raise typer.Exit(1 if total.rejected else 0)


def _refuse_mixed(
    *, net: Path | None, code_field: str | None, as_of: str | None, of_net: tuple[str | None, ...]
) -> None:
    from gridsvc.core.errors import InvalidInput

    if net is not None and code_field is None:
        raise InvalidInput("Say which field of the polygons holds their code: --code-field.")
    if net is not None and as_of is not None:
        raise InvalidInput("--as-of asks for a past net of the city; a file of polygons has no past.")
    if net is None and (code_field is not None or any(of_net)):
        raise InvalidInput("--code-field, --community-field, --net-crs and --layer belong to --net.")


def _jobs(files: list[Path], output: Path, rejects: Path | None) -> "list[Job]":
    """What is read and written; each file's rejected rows first go to a file beside its output."""
    from dataclasses import replace

    from gridsvc.geography.bulklocate.files import jobs_for

    jobs = jobs_for([file.absolute() for file in files], output.absolute())
    if rejects is None:
        return jobs
    return [replace(job, rejects=job.output.with_name(f".{job.output.name}.rejects")) for job in jobs]


def _city_net(settings: "Settings", as_of: str | None) -> "CodedIndex":
    from gridsvc.cli import _database
    from gridsvc.geography.bulklocate.nets import index_of_city

    moment = moment_of(as_of, settings.city_timezone)
    with _database.read(settings) as session:
        return index_of_city(session, moment)


def _run(
    jobs: "list[Job]", coded: "CodedIndex", columns: "Columns", scheduler: str | None, threads: int | None
) -> "Totals":
    from gridsvc.cli._progress import progress
    from gridsvc.geography.bulklocate.totals import Totals

    if scheduler is not None:
        from gridsvc.geography.bulklocate.cluster import locate_on_cluster

        with progress(f"{len(jobs)} files") as advance:
            return locate_on_cluster(scheduler, jobs, coded, columns, advance=advance)
    from gridsvc.geography.bulklocate.files import locate_file

    total = Totals()
    for job in jobs:
        with progress(job.source.name) as advance:
            total += locate_file(job, coded, columns, threads=threads, advance=advance)
    return total


def _gather(jobs: "list[Job]", rejects: Path | None) -> None:
    from gridsvc.geography.bulklocate.totals import gather_rejects

    if rejects is not None:
        gather_rejects([job.rejects for job in jobs if job.rejects is not None], rejects)


def _tell(total: "Totals", net: str, seconds: float, rejects: Path | None, *, as_json: bool) -> None:
    counts: dict[str, Any] = {
        name: getattr(total, name) for name in ("files", "rows", "located", "outside", "rejected", "left_out")
    }
    if as_json:
        listed = [
            {"file": name, "place": one.place, "message": one.reason}
            for name, one in total.rejects[: 0 if rejects else MOST_REJECTS_SHOWN]
        ]
        told = counts | {"net": net, "seconds": round(seconds, 3), "faults": listed}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        f"{total.rows} rows by {net}: {total.located} in a grid, {total.outside} outside, {total.rejected} rejected "
        f"({seconds:.1f} s)"
    )
    if rejects is None:
        _list_rejects(total)


def _list_rejects(total: "Totals") -> None:
    for name, one in total.rejects[:MOST_REJECTS_SHOWN]:
        where = f"{Path(name).name}, {one.place}" if total.files > 1 else one.place
        print(f"  {where}: {one.reason}", file=sys.stderr)
    if total.rejected > MOST_REJECTS_SHOWN:
        print(f"  and {total.rejected - MOST_REJECTS_SHOWN} more; --rejects FILE names them all", file=sys.stderr)
