"""Bringing the data to the schema of this version: a backup first, then every migration in one transaction."""

import time
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import databases, schema
from gridsvc.infra.backup import back_up
from gridsvc.infra.databases import Database
from gridsvc.infra.db import brief_engine
from gridsvc.infra.reserve import require_room
from gridsvc.infra.settings import Settings

FOLDER = "backups"
# Connections of a service that was stopped just now end in a moment, our own of the step before too.
PATIENCE_S = 5.0

OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'
"""


class StillInUse(InstallationFault):
    """The database is in use by the service or another command; nothing was changed. Stop the service first."""

    code = "still_in_use"


@dataclass(frozen=True)
class Upgraded:
    """The schema before, None for an empty database, the schema now, and the backup made in between."""

    before: str | None
    after: str
    backup: Path | None


def upgrade(settings: Settings, database: Database, *, with_backup: bool = True) -> Upgraded:
    """Brings the database to this version's schema; one that has it already is left alone.

    Data are backed up to the home's folder `backups` first. Refuses before touching anything with SchemaNewer,
    RestoreUnfinished, and StillInUse while the service or a command is at work: what they write after the backup would
    be in none. A migration that fails takes all others of this run with it: the old state is there as if nothing had
    happened, and MigrationFailed tells where the backup is.
    Raises StorageFull while the reserve of the disk is used up, or when the backup leaves none.
    """
    with brief_engine(database.url, timezone=settings.city_timezone) as engine:
        schema.refuse_unfinished(engine)
        before, standing = schema.revision_of(engine), schema.standing(engine)
    if standing == "newer":
        raise schema.SchemaNewer
    if standing != "current":
        require_room(settings)
    backup = None
    if standing == "older":
        refuse_others(database)
        if with_backup:
            folder = settings.home / FOLDER
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            backup, _ = back_up(settings, database, folder)
            refuse_others(database)
    if standing != "current":
        require_room(settings)
        _migrate(database, backup)
    return Upgraded(before, schema.head(), backup)


def _migrate(database: Database, backup: Path | None) -> None:
    try:
        schema.upgrade(database.url)
    except schema.MigrationFailed as error:
        kept = f" The backup made before is {backup}." if backup else ""
        raise schema.MigrationFailed(error.message + kept) from error


def refuse_others(database: Database) -> None:
    """Raises StillInUse while anybody else is connected to the database as we are, as the service's processes are."""
    deadline = time.monotonic() + PATIENCE_S
    with databases.connect(database) as connection:
        while found := connection.execute(OTHERS).fetchall():
            if time.monotonic() > deadline:
                raise StillInUse(
                    f"The database is in use by {len(found)} connections of the service or of another command. "
                    "Stop the service first; nothing was changed."
                )
            time.sleep(0.1)
