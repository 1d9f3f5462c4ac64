"""`gridsvc serve`: the service in the foreground, with its own database unless another is set."""

import os
import sys
from pathlib import Path
from typing import Any

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help="Run the service in the foreground until Ctrl-C.")
def serve(
    host: str = typer.Option(None, help="Address to listen on. [GRIDSVC_HOST, default 127.0.0.1]"),
    port: int = typer.Option(None, help="Port to listen on. [GRIDSVC_PORT, default 8000]"),
    tls_cert: Path = typer.Option(None, help="Certificate chain (PEM); needed when others can reach the address."),
    tls_key: Path = typer.Option(None, help="Private key (PEM)."),
) -> None:
    """Starts what is needed, makes the tables of an empty database, and serves; refuses another version's data."""
    from gridsvc.infra import cluster, processes
    from gridsvc.infra.settings import Settings

    given: dict[str, Any] = {"host": host, "port": port, "tls_cert": tls_cert, "tls_key": tls_key}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    processes.check_address(settings)
    warn_about_root()
    with cluster.running(settings) as database:
        if code := processes.run_apart(settings, database, "db", "prepare"):
            raise typer.Exit(code)
        processes.serve(settings, database)


def warn_about_root() -> None:
    """Says once that root is for trying out only."""
    if os.geteuid() == 0:
        print("gridsvc: running as root is for trying out; give the service a user of its own later", file=sys.stderr)
