"""The schema of the database: which one it has, which one this program needs, and how it is brought up to date."""

import logging
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import unfinished

# Alembic tells about every connection it looks at; only what goes wrong is news.
logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)

MIGRATIONS = Path(__file__).parent.parent / "migrations"

Standing = Literal["empty", "older", "current", "newer"]


class SchemaOlder(InstallationFault):
    """The database has the schema of an older version; `gridsvc upgrade` brings it up to date."""

    code = "schema_older"


class SchemaNewer(InstallationFault):
    """The database has the schema of a newer version than this program; nothing was changed. Install that version."""

    code = "schema_newer"


class MigrationFailed(InstallationFault):
    """The schema could not be changed; the state before is in place."""

    code = "migration_failed"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the migrations shipped in the package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`, all of it in one transaction; a migration that fails leaves the state before.

    Raises SchemaNewer for a database that a newer version has written, before anything is touched, and MigrationFailed.
    """
    from gridsvc.infra.db import brief_engine

    with brief_engine(url) as engine:
        if standing(engine) == "newer":
            raise SchemaNewer
    try:
        command.upgrade(alembic_config(url), revision)
    except Exception as error:  # whatever a migration meets: all of it was taken back
        said = str(getattr(error, "orig", error)).partition("\n")[0]
        raise MigrationFailed(f"The schema could not be changed: {said}. The state before is in place.") from error


def head() -> str:
    """The revision this version of the program was written for."""
    found = _scripts().get_current_head()
    assert found is not None
    return found


def is_known(revision: str) -> bool:
    """Whether the revision is one of this version's, and not of a newer one."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def revision_of(engine: Engine) -> str | None:
    """The revision the database has, or None before the first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def standing(engine: Engine) -> Standing:
    """How the database's schema stands to the one this program was written for."""
    found = revision_of(engine)
    if found is None:
        return "empty"
    if found == head():
        return "current"
    return "older" if is_known(found) else "newer"


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the schema this version of the program was written for."""
    return standing(engine) == "current"


def refuse_other(engine: Engine) -> Standing:
    """The standing of a database that can be worked with: empty or current.

    Raises SchemaOlder, SchemaNewer, or RestoreUnfinished.
    """
    refuse_unfinished(engine)
    found = standing(engine)
    if found == "older":
        raise SchemaOlder
    if found == "newer":
        raise SchemaNewer
    return found


def refuse_unfinished(engine: Engine) -> None:
    """Raises RestoreUnfinished for half of a restored city."""
    with engine.connect() as connection:
        if connection.scalar(text(unfinished.IS_MARKED)):
            raise unfinished.RestoreUnfinished


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
