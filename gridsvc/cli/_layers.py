"""`gridsvc export areas|blocks|grids`: layers as files, in any format and datum."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gridsvc.cli import _database
from gridsvc.cli._moments import AS_OF, meant

OutputOption = Annotated[Path, typer.Option("-o", "--output", help="A file ending with .geojson, .gpkg or .zip.")]
CrsOption = Annotated[str, typer.Option("--crs", help="EPSG:n, GCJ-02 or BD-09 (these two declare nothing).")]
AsOfOption = Annotated[str | None, typer.Option(help=AS_OF)]


def add_to(app: typer.Typer) -> None:
    """Makes a command of each kind of layer."""
    for kind, about in (
        ("areas", "Administrative units with outlines."),
        ("blocks", "Blocks with their counts."),
        ("grids", "The grids of the net with their counts."),
    ):
        app.command(kind, help=about)(_command(kind))


def _command(kind: str) -> Callable[..., None]:
    def export(output: OutputOption, crs: CrsOption = "EPSG:4490", as_of: AsOfOption = None) -> None:
        count = write_layer(kind, output, crs, meant(as_of) or datetime.now(UTC))
        typer.echo(f"{output}: {count} {kind} in {crs}")

    return export


def write_layer(kind: str, output: Path, crs: str, at: datetime) -> int:
    """Writes one layer of the city's database; returns the number of features."""
    from gridsvc.geography.exporter import export_layer
    from gridsvc.infra.settings import get_settings

    with _database.read(get_settings()) as session:
        return export_layer(session, kind, output, crs=crs, at=at)
