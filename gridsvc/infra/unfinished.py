"""The mark of a restore into the city's own server that has not come to its end: a table that is there until then.

A dump comes back in one transaction, but what follows does not belong to it: the comparison, the migrations, the files.
As long as the mark is there nobody works with the database, and the same restore goes on where it was interrupted.
"""

from dataclasses import dataclass

import psycopg

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.inventory import OUR_TABLES

# The inventory leaves a table of this name out: it is not of the city.
IS_MARKED = "SELECT to_regclass('unfinished_restore') IS NOT NULL"
_CLEAR = "DROP TABLE IF EXISTS unfinished_restore"
_MARK = "CREATE TABLE unfinished_restore (dump_sha256 text NOT NULL, is_compared boolean NOT NULL)"
_BEGIN = "INSERT INTO unfinished_restore VALUES (%s, false)"
_READ = "SELECT dump_sha256, is_compared FROM unfinished_restore"
_COMPARED = "UPDATE unfinished_restore SET is_compared = true"

Connection = psycopg.Connection[tuple[object, ...]]


class RestoreUnfinished(InstallationFault):
    """A restore into this database did not end. Repeat it with the same backup, or drop and create the database."""

    code = "restore_unfinished"


@dataclass(frozen=True)
class Progress:
    """How far a restore has come: whether the tables are there, and whether they were compared with the backup."""

    is_filled: bool
    is_compared: bool


def is_marked(connection: Connection) -> bool:
    """Whether a restore into this database was begun and has not ended."""
    row = connection.execute(IS_MARKED).fetchone()
    return row is not None and bool(row[0])


def begin(database: Database, dump_sha256: str) -> Progress | None:
    """Marks an empty database, or tells how far the restore of this very dump had come before it was interrupted.

    None for a city's database, which is left alone. Raises RestoreUnfinished for half of another backup.
    """
    with databases.connect(database) as connection, connection.transaction():
        if connection.execute(OUR_TABLES).fetchone() is None:
            connection.execute(_CLEAR)
            connection.execute(_MARK)
            connection.execute(_BEGIN, [dump_sha256])
            return Progress(is_filled=False, is_compared=False)
        if not is_marked(connection):
            return None
        row = connection.execute(_READ).fetchone()
        if row is None or row[0] != dump_sha256:
            raise RestoreUnfinished
        return Progress(is_filled=True, is_compared=bool(row[1]))


def note_compared(database: Database) -> None:
    """From here on the tables are proved, and migrations may change them."""
    with databases.connect(database) as connection:
        connection.execute(_COMPARED)


def end(database: Database) -> None:
    """The restore has come to its end; the city may be worked with."""
    with databases.connect(database) as connection:
        connection.execute(_CLEAR)
