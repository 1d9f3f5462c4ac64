"""`gridsvc backup`: the whole city in one file, while the service goes on."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help="Back up the database and the uploaded files into one file, while the service goes on.")
def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or a file that does not exist yet.")],
    verify: Annotated[bool, typer.Option("--verify", help="Restore it into a scratch place and compare.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Exit code 1 when a stored file was damaged or lost already; the backup is made all the same and names it."""
    from gridsvc.infra import cluster, restore
    from gridsvc.infra.backup import back_up
    from gridsvc.infra.settings import get_settings

    settings = get_settings()
    with cluster.running(settings) as database:
        place, manifest = back_up(settings, database, target.absolute())
    if verify:
        restore.check(settings, place)
    told = {
        "backup": str(place),
        "bytes": place.stat().st_size,
        "rows": manifest.rows,
        "files": manifest.files,
        "damaged_files": manifest.damaged_files,
        "missing_files": manifest.missing_files,
        "schema": manifest.schema,
        "verified": verify,
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        proven = "; restored and compared: the same" if verify else ""
        typer.echo(f"{place}: {manifest.rows} rows, {manifest.files} files{proven}")
        for name in manifest.damaged_files:
            typer.echo(f"  {name} is damaged in the service's own store")
        for name in manifest.missing_files:
            typer.echo(f"  {name} is missing in the service's own store")
    raise typer.Exit(1 if manifest.damaged_files or manifest.missing_files else 0)
