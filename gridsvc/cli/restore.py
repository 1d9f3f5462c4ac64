"""`gridsvc restore`: a backup into an empty home, or only a trial whether it could be."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from gridsvc.infra.backup_file import Manifest

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help="Restore a backup into an empty home (or into the empty database of GRIDSVC_DATABASE_URL).")
def restore(
    backup: Annotated[Path, typer.Argument(help="The file that `gridsvc backup` made.")],
    home: Annotated[Path | None, typer.Option(help="The empty folder. [GRIDSVC_HOME]")] = None,
    check: Annotated[bool, typer.Option("--check", help="Restore into a scratch place only, and compare.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Refuses a home that is not empty, a backup of a newer version, and a backup that is not whole."""
    from gridsvc.infra import restore as restoring
    from gridsvc.infra.settings import Settings

    given: dict[str, Any] = {} if home is None else {"home": home}
    settings = Settings(**given)
    if check:
        manifest = restoring.check(settings, backup.absolute())
        _tell(manifest, as_json=as_json, place="scratch", schema=manifest.schema)
        return
    restored = restoring.restore(settings, backup.absolute())
    _tell(restored.manifest, as_json=as_json, place=str(settings.home), schema=restored.schema)


def _tell(manifest: "Manifest", *, as_json: bool, place: str, schema: str) -> None:
    told = {
        "place": place,
        "made_at": manifest.made_at.isoformat(),
        "made_by": manifest.version,
        "rows": manifest.rows,
        "files": manifest.files,
        "damaged_files": manifest.damaged_files,
        "missing_files": manifest.missing_files,
        "schema": schema,
        "schema_of_backup": manifest.schema,
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{manifest.rows} rows and {manifest.files} files of {manifest.made_at.isoformat()}, compared: the same")
    for name in manifest.damaged_files:
        typer.echo(f"  {name} was damaged when the backup was made")
    for name in manifest.missing_files:
        typer.echo(f"  {name} was missing when the backup was made")
    if schema != manifest.schema:
        typer.echo(f"brought from schema {manifest.schema} to {schema}")
