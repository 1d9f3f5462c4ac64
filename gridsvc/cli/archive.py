"""`gridsvc archive`: base backups, how far the archive is, and a past moment brought back from it."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="The archive of changes: base, status, restore, forget.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command(help="Copy the data of the running city into the archive; later moments are restored from here.")
def base() -> None:
    """The copy is proved by its hashes before it counts."""
    from gridsvc.infra import archive, cluster
    from gridsvc.infra.settings import get_settings

    settings = get_settings()
    with cluster.running(settings) as database:
        typer.echo(str(archive.take_base(settings, database)))


@app.command(help="Say how far the archive is; exit code 1 when it does not get on.")
def status(as_json: AsJson = False) -> None:
    """Asks the running server, and looks for base backups."""
    from gridsvc.infra import archive, cluster, databases
    from gridsvc.infra.settings import get_settings

    settings = get_settings()
    place = archive.place_of(settings)
    with cluster.running(settings) as database, databases.connect(database) as connection:
        lag = archive.lag(connection)
    bases = sorted(path.name for path in place.glob(f"{archive.BASES}/[0-9]*Z"))
    told: dict[str, Any] = {
        "place": str(place),
        "on": lag.is_on,
        "bases": bases,
        "archived": lag.archived,
        "waiting": lag.waiting,
        "failing": lag.failing,
        "last_at": lag.last_at.isoformat() if lag.last_at else None,
    }
    well = lag.is_on and not lag.failing and bool(bases)
    if as_json:
        typer.echo(json.dumps(told))
    else:
        typer.echo("\n".join(f"{name:9} {'-' if value is None else value}" for name, value in told.items()))
    raise typer.Exit(0 if well else 1)


@app.command(help="Bring back the city as it was at a moment, into an empty home.")
def restore(
    folder: Annotated[Path, typer.Argument(help="The archive of one cluster: GRIDSVC_ARCHIVE_TO/NUMBER.", exists=True)],
    at: Annotated[
        str | None, typer.Option(help="With a zone: 2026-01-01T08:00:00+08:00. Left out: the latest.")
    ] = None,
    home: Annotated[Path | None, typer.Option(help="The empty folder. [GRIDSVC_HOME]")] = None,
) -> None:
    """Replays the log from the newest base backup before the moment; exit code 1 when files are damaged or missing."""
    from gridsvc.cli._moments import moment_of
    from gridsvc.infra.pitr import restore_moment
    from gridsvc.infra.settings import Settings

    given: dict[str, Any] = {} if home is None else {"home": home}
    settings = Settings(**given)
    moment = moment_of(at, settings.city_timezone) if at else None
    back = restore_moment(settings, folder.absolute(), moment)
    typer.echo(f"{settings.home}: as it was {moment.isoformat() if moment else 'last'}, from the base {back.base.name}")
    for name in back.damaged_files:
        typer.echo(f"  {name} is damaged in the archive")
    for name in back.missing_files:
        typer.echo(f"  {name} is not in the archive")
    raise typer.Exit(1 if back.damaged_files or back.missing_files else 0)


@app.command(help="Remove all but the newest base backups, and the log and files that only they needed.")
def forget(keep: Annotated[int, typer.Option(help="How many base backups stay.", min=1)] = 2) -> None:
    """Removes nothing that the base backups kept still need."""
    from gridsvc.infra import archive
    from gridsvc.infra.settings import get_settings

    removed = archive.forget(get_settings(), keep=keep)
    typer.echo(f"{len(removed)} removed")
