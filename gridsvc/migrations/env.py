"""Alembic's entry: the models of every feature, and GeoAlchemy2's rules for spatial tables."""

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine, pool

import gridsvc.access.audit_tables
import gridsvc.access.policy_tables
import gridsvc.access.tables
import gridsvc.geography.tables
import gridsvc.handover.tables
import gridsvc.incidents.tables
import gridsvc.infra.tables
import gridsvc.patrols.duty_tables
import gridsvc.patrols.tables
import gridsvc.people.care_tables
import gridsvc.people.tables
import gridsvc.plans.tables  # noqa: F401
from gridsvc.infra.db import Base

# Nobody else should be at work; whoever is would wait behind us for as long as we wait for them.
LOCK_TIMEOUT = "10s"
NOT_OURS = ("procrastinate_", "spatial_ref_sys")


def include_object(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave out what PostGIS and procrastinate own."""
    table = name if kind == "table" else getattr(getattr(obj, "table", None), "name", None)
    if table and table.startswith(NOT_OURS):
        return False
    return bool(alembic_helpers.include_object(obj, name, kind, reflected, compare_to))


def run() -> None:
    """Run the migrations in one transaction."""
    url = context.config.get_main_option("sqlalchemy.url")
    assert url is not None
    engine = create_engine(url, poolclass=pool.NullPool, connect_args={"options": f"-c lock_timeout={LOCK_TIMEOUT}"})
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=alembic_helpers.render_item,
        )
        context.run_migrations()


run()
