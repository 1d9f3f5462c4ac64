"""`gridsvc import incidents`: reports from a CSV file. Good rows are kept, bad rows are named by their line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from gridsvc.cli import _database

if TYPE_CHECKING:
    from gridsvc.core.batches import BatchResult
    from gridsvc.incidents.files import FileFields
    from gridsvc.infra.settings import Settings

MOST_FAULTS_SHOWN = 20
HELP = "Incidents from a CSV file. Rows that are wrong are named by line; the same file twice adds nothing."


def incidents(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 or GB18030, first row with names.", exists=True)],
    x_field: Annotated[str | None, typer.Option(help="The column of the easting or longitude.")] = None,
    y_field: Annotated[str | None, typer.Option(help="The column of the northing or latitude.")] = None,
    crs: Annotated[str | None, typer.Option(help="The datum of all rows: EPSG:n, GCJ-02 or BD-09.")] = None,
    crs_field: Annotated[str | None, typer.Option(help="The column of the datum; --crs where it is empty.")] = None,
    channel: Annotated[str | None, typer.Option(help="The channel of all rows, by key or name.")] = None,
    channel_field: Annotated[str | None, typer.Option(help="The column of the channel.")] = None,
    category: Annotated[str | None, typer.Option(help="The category of all rows, by key or name.")] = None,
    category_field: Annotated[str | None, typer.Option(help="The column of the category.")] = None,
    time_field: Annotated[str | None, typer.Option(help="The column of when it happened.")] = None,
    received_field: Annotated[str | None, typer.Option(help="The column of when it was received; else now.")] = None,
    closed_field: Annotated[str | None, typer.Option(help="The column of when it was closed.")] = None,
    address_field: Annotated[str | None, typer.Option(help="The column of the address.")] = None,
    description_field: Annotated[str | None, typer.Option(help="The column of the description.")] = None,
    id_field: Annotated[str | None, typer.Option(help="The column of the row's own identifier.")] = None,
    timezone: Annotated[str | None, typer.Option(help="The zone of times that name none; else the city's.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding, where it is not found out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Takes in the reports of a file, ten thousand rows in a transaction."""
    from gridsvc.incidents.files import FileFields
    from gridsvc.infra.settings import get_settings

    settings = get_settings()
    fields = FileFields(
        zone=_zone(timezone or settings.city_timezone),
        x_field=x_field,
        y_field=y_field,
        crs=crs,
        crs_field=crs_field,
        channel=channel,
        channel_field=channel_field,
        # A file that says nothing about classes is not turned away: its reports wait to be sorted.
        category=category or (None if category_field else "matter_other"),
        category_field=category_field,
        time_field=time_field,
        received_field=received_field,
        closed_field=closed_field,
        address_field=address_field,
        description_field=description_field,
        id_field=id_field,
    )
    result = _take_in(settings, file, fields, encoding)
    typer.echo(_as_json(result) if as_json else _told(result))
    raise typer.Exit(1 if result.rejected else 0)


def _take_in(settings: "Settings", file: Path, fields: "FileFields", encoding: str | None) -> "BatchResult":
    from gridsvc.core.batches import BatchResult
    from gridsvc.incidents.bulk import take_in_batch
    from gridsvc.incidents.files import lists_of, read_reports
    from gridsvc.infra.db import reading, unit_of_work
    from gridsvc.infra.reserve import require_room

    total = BatchResult(0, 0, 0)
    with _database.opened(settings) as engine:
        with reading(engine) as session:
            lists = lists_of(session)
        for part in read_reports(file, fields, lists, encoding=encoding):
            require_room(settings)
            with unit_of_work(engine) as session:
                taken = take_in_batch(session, part.batch, actor="import")
            total += part.result(taken)
    return total


def _zone(name: str) -> ZoneInfo:
    from gridsvc.core.errors import InvalidInput

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"{name!r} is not a known time zone.") from error


def _as_json(result: "BatchResult") -> str:
    faults = [{"place": fault.place, "code": fault.code, "message": fault.message} for fault in result.faults]
    counts = {"added": result.added, "already_there": result.already_there, "rejected": result.rejected}
    return json.dumps(counts | {"faults": faults}, ensure_ascii=False)


def _told(result: "BatchResult") -> str:
    """The result in plain lines, with the first faults."""
    lines = [f"{result.added} incidents added, {result.already_there} were there already, {result.rejected} rejected"]
    lines += [f"  {fault.place}: {fault.message} [{fault.code}]" for fault in result.faults[:MOST_FAULTS_SHOWN]]
    if len(result.faults) > MOST_FAULTS_SHOWN:
        lines.append(f"  and {len(result.faults) - MOST_FAULTS_SHOWN} more; --json names them all")
    return "\n".join(lines)
