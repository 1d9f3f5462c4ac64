"""`gridsvc db`: keep the private cluster running between commands, stop it, see how it is, make its tables."""

import json
from typing import TYPE_CHECKING

import typer

from gridsvc.cli import _database

if TYPE_CHECKING:
    from gridsvc.infra.settings import Settings

app = typer.Typer(help="The database: start, stop, status, prepare.", add_completion=False, rich_markup_mode=None)


@app.command(help="Start the private cluster and leave it running.")
def start() -> None:
    """Starts the private cluster; later commands use it and do not stop it."""
    from gridsvc.infra import cluster
    from gridsvc.infra.settings import Settings

    settings = _private(Settings())
    with cluster.running(settings) as database:
        cluster.Cluster(settings).keep_running()
        typer.echo(database.conninfo)


@app.command(help="Stop the private cluster.")
def stop(force: bool = typer.Option(False, "--force", help="Also when another command is using it.")) -> None:
    """Stops the private cluster, and no longer keeps it running."""
    from gridsvc.infra import cluster
    from gridsvc.infra.settings import Settings

    stopped = cluster.Cluster(_private(Settings())).stop(force=force)
    typer.echo("stopped" if stopped else "was not running")


@app.command(help="Say whether the private cluster runs, and where; exit code 1 when it does not.")
def status(as_json: bool = typer.Option(False, "--json", help="Print one JSON object.")) -> None:
    """Tells about the private cluster without starting it."""
    from gridsvc.infra.cluster_data import Layout, data_version, pid_file_lines, postmaster_pid
    from gridsvc.infra.settings import Settings

    layout = Layout(_private(Settings()).home)
    pid = postmaster_pid(layout.data)
    facts = {
        "running": pid is not None,
        "pid": pid,
        "kept": layout.keep.exists(),
        "data": str(layout.data),
        "data_version": data_version(layout.data),
        "socket_folder": pid_file_lines(layout.data)[4] if pid is not None else None,
    }
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{name:14} {'-' if value is None else value}" for name, value in facts.items()))
    raise typer.Exit(0 if pid is not None else 1)


@app.command(help="Make the tables of an empty database, and what the pages need. `gridsvc serve` does this.")
def prepare() -> None:
    """Refuses the data of another version, with words that say what to do."""
    from gridsvc.infra import cluster, schema
    from gridsvc.infra.settings import Settings

    settings = Settings()
    with cluster.running(settings) as database:
        if _database.standing(settings, database.url) == "empty":
            schema.upgrade(database.url)
        _database.prepare_pages(settings, database.url)


def _private(settings: "Settings") -> "Settings":
    from gridsvc.core.errors import InvalidInput

    if settings.database_url is not None:
        raise InvalidInput("GRIDSVC_DATABASE_URL is set: your own server is started and stopped by its administrator.")
    return settings
