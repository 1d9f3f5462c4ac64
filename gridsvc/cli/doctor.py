"""`gridsvc doctor`: names what is wrong with an installation and how to mend it."""

import json
from dataclasses import asdict

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help="Look for what is wrong with this installation; exit code 1 when something must be mended.")
def doctor(as_json: bool = typer.Option(False, "--json", help="Print one JSON object.")) -> None:
    """Prints one line for each check, and under it how to mend what is not well."""
    from gridsvc.infra.doctor import examine
    from gridsvc.infra.settings import Settings

    findings = examine(Settings())
    well = all(finding.state != "fail" for finding in findings)
    if as_json:
        typer.echo(json.dumps({"ok": well, "checks": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(f"{finding.state:5} {finding.name:11} {finding.text}")
            if finding.state != "ok":
                typer.echo(f"{'':18}→ {finding.mend}")
    raise typer.Exit(0 if well else 1)
