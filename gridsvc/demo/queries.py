"""What the demo asks of a database: whose data it holds, which accounts there are, and fresh statistics afterwards."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

# The lists that every installation starts with; everything else is data.
LISTS = frozenset(
    {
        "role",
        "role_permission",
        "channel",
        "city_day",
        "visit_norm",
        "category",
        "visit_kind",
        "code_scheme",
        "service_line",
        "team_role",
        "norm_profile",
        "care_class",
    }
)

# What is not ours to empty: the schema's number, what libraries keep, and the audit, which is never emptied.
_DATA_TABLES = text(
    """
    SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL(:kept)
        AND tablename NOT LIKE 'procrastinate%' AND tablename NOT IN ('alembic_version', 'spatial_ref_sys', 'audit')
    """
)

_HAS_ROWS = text(
    """
    SELECT EXISTS (SELECT FROM area) OR EXISTS (SELECT FROM net_version) OR EXISTS (SELECT FROM worker)
        OR EXISTS (SELECT FROM incident) OR EXISTS (SELECT FROM account)
    """
)
_HAS_REAL_ROWS = text(
    """
    SELECT EXISTS (SELECT FROM block WHERE NOT synthetic) OR EXISTS (SELECT FROM door WHERE NOT synthetic)
        OR EXISTS (SELECT FROM worker WHERE NOT synthetic) OR EXISTS (SELECT FROM incident WHERE NOT synthetic)
        OR EXISTS (SELECT FROM visit WHERE NOT synthetic) OR EXISTS (SELECT FROM care_subject WHERE NOT synthetic)
    """
)
_PUBLISHED_BY = text("SELECT published_by FROM net_version ORDER BY number LIMIT 1")
_RENAME_PUBLISHER = text("UPDATE net_version SET published_by = :new WHERE published_by = :old")
_OPENED_FOR_LOADING = text(
    "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '60s', true), "
    "set_config('idle_in_transaction_session_timeout', '0', true), set_config('work_mem', '64MB', true), "
    "set_config('synchronous_commit', 'off', true)"
)
_ACCOUNT = text("SELECT id FROM account WHERE username = :username")


def has_rows(session: Session) -> bool:
    """Whether the database holds anything beyond the lists that every installation starts with."""
    return bool(session.scalar(_HAS_ROWS))


def has_real_rows(session: Session) -> bool:
    """Whether anything in the database is not marked as synthetic."""
    return bool(session.scalar(_HAS_REAL_ROWS))


def first_publisher(session: Session) -> str | None:
    """Who published the first net version."""
    name: str | None = session.scalar(_PUBLISHED_BY)
    return name


def rename_publisher(session: Session, old: str, new: str) -> None:
    """Publish under another name what was published under `old`."""
    session.execute(_RENAME_PUBLISHER, {"old": old, "new": new})


def account_id(session: Session, username: str) -> UUID | None:
    """The id of the account of that name."""
    found: UUID | None = session.scalar(_ACCOUNT, {"username": username})
    return found


def open_for_loading(session: Session) -> None:
    """Let this one transaction run as long as a load takes."""
    session.execute(_OPENED_FOR_LOADING)


def empty_all(session: Session) -> None:
    """Empty every table but the lists that an installation starts with, and the audit."""
    tables = sorted(session.scalars(_DATA_TABLES, {"kept": list(LISTS)}))
    session.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY"))


def refresh_statistics(engine: Engine, tables: Sequence[str]) -> None:
    """Tell the planner what the tables hold now, and mark their pages as visible to all; two tables at a time."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda table: _refresh(engine, table), tables))


def _refresh(engine: Engine, table: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(f"VACUUM (ANALYZE) {table}"))


def subject_ids(session: Session, door_codes: Sequence[str]) -> list[UUID]:
    """The people to be visited behind these doors, one behind each, in the order of the doors."""
    rows = session.execute(
        text("SELECT door.code, subject.id FROM care_subject subject JOIN door ON door.id = subject.door_id")
    ).all()
    found = {row.code: row.id for row in rows}
    return [found[code] for code in door_codes]
