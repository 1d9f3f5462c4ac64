"""`gridsvc check net`: the health report of the net, every gap, overlap and border that does not match."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsvc.cli import _database
from gridsvc.cli._moments import AS_OF, meant

if TYPE_CHECKING:
    from gridsvc.geography.health import HealthReport

app = typer.Typer(help="Check what is stored.", no_args_is_help=True)

MOST_SHOWN = 20


@app.callback()
def _root() -> None:
    """Check what is stored."""


@app.command(help="Check that grids tile their communities exactly; exit code 1 when they do not.")
def net(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one GeoJSON object.")] = False,
    as_of: Annotated[str | None, typer.Option(help=AS_OF)] = None,
    with_blocks: Annotated[bool, typer.Option("--blocks", help="Check the blocks as well, as advice.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the findings as GeoJSON.")] = None,
) -> None:
    """Tells whether the net is a coverage, and where it is not."""
    from gridsvc.geography.health import check_net
    from gridsvc.infra.settings import get_settings

    at = meant(as_of) or datetime.now(UTC)
    with _database.read(get_settings()) as session:
        report = check_net(session, at=at, with_blocks=with_blocks)
    text = json.dumps(report.feature_collection(), ensure_ascii=False)
    if output is not None:
        output.write_text(text, encoding="utf-8")
    typer.echo(text if as_json else told(report))
    raise typer.Exit(0 if report.is_healthy else 1)


def told(report: "HealthReport") -> str:
    """The report in plain lines, the gravest findings first."""
    lines = [
        f"{report.grids} grids in {report.communities} communities, "
        f"{len(report.communities_without_grids)} communities without grids: {report.faults} faults"
    ]
    findings = [*report.findings, *report.block_findings]
    for finding in findings[:MOST_SHOWN]:
        size = f"{finding.size_m2:,.2f} m²" if finding.size_m2 else f"{finding.size_m:,.2f} m"
        lines.append(f"  {finding.kind.value}: {', '.join(finding.codes)}: {finding.message} ({size})")
    if len(findings) > MOST_SHOWN:
        lines.append(f"  and {len(findings) - MOST_SHOWN} more; -o FILE writes them all")
    return "\n".join(lines)
