"""PostgreSQL's own programs for copying a database, called with the password in the environment and never in sight."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from gridsvc.core.errors import InstallationFault
from gridsvc.infra.databases import Database
from gridsvc.infra.postgres import Programs, clean_environment

TOLD_CHARACTERS = 600
# What pg_restore must leave to us: extensions are there already, and the schema public belongs to the database.
NOT_RESTORED = (" EXTENSION ", " COMMENT - EXTENSION ", " SCHEMA - public ", " COMMENT - SCHEMA public ")


class ToolFailed(InstallationFault):
    """A program of PostgreSQL could not do its work."""

    code = "postgresql_program_failed"


def environment_for(database: Database) -> dict[str, str]:
    """The environment in which PostgreSQL's programs reach this database."""
    known = {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "passfile": "PGPASSFILE"}
    given = conninfo_to_dict(database.conninfo)
    named = {known.get(name, f"PG{name.upper()}"): str(value) for name, value in given.items() if value is not None}
    return clean_environment() | named


def run(programs: Programs, name: str, arguments: Sequence[str], database: Database | None = None) -> str:
    """Runs a program, on a database if it needs one, returns its output; raises ToolFailed with its last words."""
    with start(programs, name, arguments, database) as process:
        return finish(name, process)


def start(
    programs: Programs, name: str, arguments: Sequence[str], database: Database | None = None
) -> "subprocess.Popen[str]":
    """Starts a program; `finish` waits for it."""
    program = programs.path(name)
    if not os.access(program, os.X_OK):
        raise ToolFailed(f"The PostgreSQL program {name} is not in {programs.folder}. Install postgresql-client.")
    return subprocess.Popen(
        [program, *arguments],
        env=environment_for(database) if database else clean_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )


def finish(name: str, process: "subprocess.Popen[str]") -> str:
    """What the program wrote; raises ToolFailed when it did not do its work."""
    output, complaint = process.communicate()
    if process.returncode:
        raise ToolFailed(f"{name} ended with code {process.returncode}: {complaint.strip()[-TOLD_CHARACTERS:]}")
    return output


def restore_dump(programs: Programs, dump: Path, database: Database, *, jobs: int, keep_owners: bool) -> None:
    """Fills an empty database that has the extensions from a dump in pg_dump's custom format, or raises ToolFailed.

    With one job all of it is one transaction; with several it is faster, and a failure leaves half of it behind.
    """
    wanted = dump.with_name(dump.name + ".list")
    entries = run(programs, "pg_restore", ["--list", str(dump)], database).splitlines()
    wanted.write_text("\n".join(line for line in entries if not any(part in f"{line} " for part in NOT_RESTORED)))
    way = ["--single-transaction"] if jobs == 1 else [f"--jobs={jobs}"]
    owners = [] if keep_owners else ["--no-owner"]
    place = [f"--dbname={database.name}", f"--use-list={wanted}", "--exit-on-error"]
    try:
        run(programs, "pg_restore", [*place, *way, *owners, str(dump)], database)
    finally:
        wanted.unlink()
