"""`gridsvc export map`: a map of the city as one file that opens offline from a disk."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from gridsvc.cli import _database, _layers
from gridsvc.cli._moments import AS_OF, meant

app = typer.Typer(help="Take things out again.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Take things out again."""


_layers.add_to(app)


@app.command("map")
def export_map(
    name: Annotated[Literal["coverage", "patrol"], typer.Argument(help="coverage (by staffing) or patrol")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")],
    as_of: Annotated[str | None, typer.Option(help=AS_OF)] = None,
    locale: Annotated[Literal["zh-CN", "en"], typer.Option(help="Language of the map.")] = "zh-CN",
    without_incidents: Annotated[bool, typer.Option("--without-incidents", help="Leave the incidents out.")] = False,
    without_names: Annotated[bool, typer.Option("--without-names", help="Leave the workers' names out.")] = False,
) -> None:
    """Write one self-contained page: scripts, styles, geometry and status inside, nothing asked of any machine."""
    from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
    from gridsvc.dashboard.city_map import MapRequest, exported_map
    from gridsvc.dashboard.status import Rules
    from gridsvc.infra.settings import get_settings

    settings, at = get_settings(), meant(as_of)
    with _database.read(settings) as session:
        city = get_settings()  # the database may say otherwise than the environment
        asked = MapRequest(
            name=name,
            at=at or datetime.now(UTC),
            scope=Scope() if without_names else WHOLE_CITY,
            rules=Rules(city.visit_cycle_days, city.due_soon_share, city.city_timezone),
            locale=locale,
            tile_url=None,
            shows_incidents=not without_incidents,
        )
        page = exported_map(session, asked, folder=settings.home / "documents")
    output.write_text(page, encoding="utf-8")
    typer.echo(f"{output}: {len(page.encode()) / 1e6:.1f} MB")
