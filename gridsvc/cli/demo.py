"""`gridsvc demo`: the synthetic city, loaded when the database is empty, and then served like any other."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from gridsvc.cli import _database

if TYPE_CHECKING:
    from gridsvc.infra.databases import Database
    from gridsvc.infra.processes import Command
    from gridsvc.infra.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)


# Bengbu, with a few kilometres around it.
CITY_BOUNDS = (116.6, 32.6, 118.2, 33.6)


class CitySize(StrEnum):
    """How much of the city is made."""

    full = "full"
    small = "small"


@app.command(help="Load the demo city where the database is empty, and serve it until Ctrl-C.")
def demo(
    size: CitySize = typer.Option(CitySize.full, help="The whole city, or a corner of about 5 % of it."),
    seed: int = typer.Option(1, min=0, help="Another number makes another city."),
    live: bool = typer.Option(False, "--live", help="Keep sending visits and incidents while it is served."),
    reset: bool = typer.Option(False, "--reset", help="Throw the demo city in the database away and make it anew."),
    load_only: bool = typer.Option(False, "--load-only", help="Load, and do not serve."),
    host: str = typer.Option(None, help="Address to listen on. [GRIDSVC_HOST, default 127.0.0.1]"),
    port: int = typer.Option(None, help="Port to listen on. [GRIDSVC_PORT, default 8000]"),
) -> None:
    """Starts what is needed, loads and serves; a second run serves the same city.

    Loading runs in a process of its own: what it needs must not stay in the memory of the supervisor.
    """
    from gridsvc.cli.serve import warn_about_root
    from gridsvc.infra import cluster, processes

    settings = settings_for(host, port)
    if load_only:
        with cluster.running(settings) as database:
            typer.echo(prepare(settings, database, size=size.value, seed=seed, reset=reset))
        return
    processes.check_address(settings)
    warn_about_root()
    with cluster.running(settings) as database:
        again = ("--reset",) if reset else ()
        loading = ("demo", "--load-only", "--size", size.value, "--seed", str(seed), *again)
        if code := processes.run_apart(settings, database, *loading):
            raise typer.Exit(code)
        commands = [*processes.COMMANDS, *([_live_client()] if live else [])]
        processes.serve(settings, database, commands=commands)


def settings_for(host: str | None, port: int | None) -> "Settings":
    """The settings of the environment and the command, with the bounds of the demo city unless others are set."""
    from gridsvc.infra.settings import Settings

    given: dict[str, Any] = {"host": host, "port": port}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    if "city_bounds" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"city_bounds": CITY_BOUNDS})


def prepare(settings: "Settings", database: "Database", *, size: str, seed: int, reset: bool) -> str:
    """Sees to it that the database holds the demo city and its accounts; returns a line that says where they are."""
    from gridsvc.demo.setting_up import set_up
    from gridsvc.infra import schema
    from gridsvc.infra.db import brief_engine

    with brief_engine(database.url) as engine:
        schema.refuse_unfinished(engine)
    schema.upgrade(database.url)
    place = str(set_up(settings, database.url, size=size, seed=seed, reset=reset))
    _database.prepare_pages(settings, database.url)
    return f"Demo accounts and their password are in {place}"


def _live_client() -> "Command":
    import sys

    from gridsvc.infra.processes import Command

    return Command("live", (sys.executable, "-P", "-m", "gridsvc.demo.live"))
