"""`gridsvc people`: workers, responsibilities, posts, leave and teams in and out as Excel tables."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsvc.cli import _database

if TYPE_CHECKING:
    from gridsvc.people.files.bringing import Brought
    from gridsvc.people.files.columns import Kind

app = typer.Typer(help="People in and out as Excel tables.", no_args_is_help=True)

KINDS = ("workers", "responsibilities", "posts", "leaves", "team")
KindOption = Annotated[str, typer.Option(help=f"What the table holds: {', '.join(KINDS)}.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
FINDINGS = 1


@app.callback()
def _root() -> None:
    """People in and out."""


@app.command("import", help="Bring a table in: every row, or none. --dry-run only says what would happen.")
def import_table(
    file: Annotated[Path, typer.Argument(help="An Excel table (.xlsx) or CSV.", exists=True)],
    kind: KindOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Goes through the same rules as if it were entered by hand; exit code 1 when a cell is wrong."""
    from gridsvc.access.identity import operator
    from gridsvc.infra.reserve import require_room
    from gridsvc.infra.settings import get_settings
    from gridsvc.infra.sheets import read_sheet
    from gridsvc.people.files.bringing import bring_in
    from gridsvc.people.files.taking import Circumstances

    settings, wanted = get_settings(), _kind(kind)
    require_room(settings)
    sheet = read_sheet(file)
    given = Circumstances(
        operator("command line"), datetime.now(UTC), settings.city_timezone, settings.leave_cover_rule
    )
    with _database.written(settings) as session:
        brought = bring_in(session, wanted, sheet, given, dry_run=dry_run)
    _tell(brought, kind, dry_run=dry_run, as_json=as_json)
    if brought.faults:
        raise typer.Exit(FINDINGS)


@app.command("export", help="Write a table that the import reads again.")
def export_table(
    file: Annotated[Path, typer.Argument(help="Where to write the table (.xlsx).")],
    kind: KindOption,
    as_json: JsonOption = False,
) -> None:
    """Everybody of the city as of now; that it was taken is noted in the audit."""
    from gridsvc.access import audit
    from gridsvc.access.identity import operator
    from gridsvc.infra.settings import get_settings
    from gridsvc.people.files.listing import lines_of
    from gridsvc.people.files.writing import workbook

    settings, wanted, actor = get_settings(), _kind(kind), operator("command line")
    with _database.written(settings) as session:
        lines = lines_of(session, actor, wanted, datetime.now(UTC))
        audit.record(session, actor, "personal.export", kind, detail={"rows": len(lines)})
    file.write_bytes(workbook(wanted, lines, settings.city_timezone))
    told = {"kind": kind, "rows": len(lines)}
    typer.echo(json.dumps(told) if as_json else f"{len(lines)} rows written")


def _kind(kind: str) -> "Kind":
    from gridsvc.core.errors import InvalidInput

    if kind not in KINDS:
        raise InvalidInput(f"There is no table of {kind}; there are: {', '.join(KINDS)}.")
    return kind  # type: ignore[return-value]


def _tell(brought: "Brought", kind: str, *, dry_run: bool, as_json: bool) -> None:
    counts = {action: brought.count(action) for action in ("add", "change", "same")}
    faults = [{"place": fault.place, "code": fault.code, "message": fault.message} for fault in brought.faults]
    if as_json:
        told = {"kind": kind, "dry_run": dry_run, "read": brought.read, **counts, "faults": faults}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    would = "would be " if dry_run else ""
    typer.echo(f"{counts['add']} {would}added, {counts['change']} {would}changed, {counts['same']} the same")
    for fault in faults:
        typer.echo(f"  {fault['place']}: {fault['message']} [{fault['code']}]")
