"""Bringing the data to the schema of this version: a backup first, then every migration in one transaction."""

from dataclasses import dataclass
from pathlib import Path

from gridsvc.infra import schema
from gridsvc.infra.backup import back_up
from gridsvc.infra.databases import Database
from gridsvc.infra.db import brief_engine
from gridsvc.infra.settings import Settings

FOLDER = "backups"


@dataclass(frozen=True)
class Upgraded:
    """The schema before, None for an empty database, the schema now, and the backup made in between."""

    before: str | None
    after: str
    backup: Path | None


def upgrade(settings: Settings, database: Database, *, with_backup: bool = True) -> Upgraded:
    """Brings the database to this version's schema; one that has it already is left alone.

    Data are backed up to the home's folder `backups` first. Refuses with SchemaNewer or RestoreUnfinished before
    touching anything. A
    migration that fails takes all others of this run with it: the old state is there as if nothing had happened.
    """
    with brief_engine(database.url, timezone=settings.city_timezone) as engine:
        schema.refuse_unfinished(engine)
        before, standing = schema.revision_of(engine), schema.standing(engine)
    if standing == "newer":
        raise schema.SchemaNewer
    backup = None
    if standing == "older" and with_backup:
        folder = settings.home / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        backup, _ = back_up(settings, database, folder)
    if standing != "current":
        schema.upgrade(database.url)
    return Upgraded(before, schema.head(), backup)
