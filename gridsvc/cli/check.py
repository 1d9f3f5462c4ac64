"""`gridsvc check`: the health report of the net, and whether the audit is as it was sealed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsvc.cli import _database
from gridsvc.cli._moments import AS_OF, meant

if TYPE_CHECKING:
    from gridsvc.access.seals import Anchor
    from gridsvc.geography.health import HealthReport

app = typer.Typer(help="Check what is stored.", no_args_is_help=True)

MOST_SHOWN = 20
DIGITS_OF_A_HASH = 64


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


@app.command(help="Check that no row of the audit was changed, lost or put in between; exit code 1 when one was.")
def audit(
    noted: Annotated[
        str | None, typer.Option("--noted", help="A seal that was kept elsewhere, NUMBER:HASH, which must be there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Makes the hash of every seal anew; prints the last one, to be noted elsewhere."""
    from dataclasses import asdict

    from gridsvc.access import seals
    from gridsvc.infra.settings import get_settings

    anchor = _anchor(noted) if noted else None
    with _database.read(get_settings()) as session:
        found = seals.check(session, noted=anchor)
    if as_json:
        faults = [{"place": fault.place, "code": fault.code, "message": fault.message} for fault in found.faults]
        typer.echo(json.dumps(asdict(found) | {"faults": faults}))
    else:
        typer.echo(f"{found.rows_sealed} rows under {found.seals} seals, {found.rows_unsealed} not yet sealed")
        for fault in found.faults:
            typer.echo(f"  {fault.place}: {fault.message} [{fault.code}]")
        if found.last is not None:
            typer.echo(f"last seal {found.last.number}:{found.last.digest}")
    raise typer.Exit(1 if found.faults else 0)


def _anchor(noted: str) -> "Anchor":
    from gridsvc.access.seals import Anchor
    from gridsvc.core.errors import InvalidInput

    number, _, digest = noted.partition(":")
    if not number.isdecimal() or len(digest) != DIGITS_OF_A_HASH:
        raise InvalidInput("A seal is noted as its number, a colon and 64 hexadecimal digits.")
    return Anchor(int(number), digest)


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
