"""`gridsvc upgrade`: the data of an older version made those of this one."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from gridsvc.cli import _database

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help="Bring the data to this version; a backup is made first. Stop the service before.")
def upgrade(
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Make no backup first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Refuses data of a newer version. When a migration fails the old state is there, and the command says why."""
    from gridsvc.infra import cluster
    from gridsvc.infra.settings import get_settings
    from gridsvc.infra.upgrade import upgrade as bring_up

    settings = get_settings()
    with cluster.running(settings) as database:
        done = bring_up(settings, database, with_backup=not no_backup)
        _database.prepare_pages(settings, database.url)
    if as_json:
        typer.echo(json.dumps({name: str(value) if value else None for name, value in asdict(done).items()}))
        return
    if done.before == done.after:
        typer.echo(f"the schema is {done.after} already")
        return
    kept = f"; the state before is in {done.backup}" if done.backup else ""
    typer.echo(f"from schema {done.before or 'none'} to {done.after}{kept}")
