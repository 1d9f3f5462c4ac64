"""The database of a command: started when it is ours, brought up to date, and let go at every end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from gridsvc.infra.schema import Standing
    from gridsvc.infra.settings import Settings


@contextmanager
def opened(settings: "Settings") -> "Iterator[Engine]":
    """The database of these settings; an empty one of our own gets its tables.

    Raises SchemaOlder or SchemaNewer for another version's data: they are changed by `gridsvc upgrade` alone.
    """
    from gridsvc.infra import cluster, runtime_settings, schema
    from gridsvc.infra.db import make_engine

    with cluster.running(settings) as database:
        engine = make_engine(database.url, timezone=settings.city_timezone)
        try:
            if schema.refuse_other(engine) == "empty":
                if settings.database_url is not None:
                    raise schema.SchemaOlder("The database is empty; `gridsvc upgrade` makes its tables.")
                schema.upgrade(database.url)
            runtime_settings.follow(engine)
            yield engine
        finally:
            engine.dispose()


@contextmanager
def written(settings: "Settings") -> "Iterator[Session]":
    """A unit of work on the database of these settings: all of it is stored at the end, or nothing."""
    from gridsvc.infra.db import unit_of_work

    with opened(settings) as engine, unit_of_work(engine) as session:
        yield session


@contextmanager
def read(settings: "Settings") -> "Iterator[Session]":
    """An unwritable view of the database of these settings."""
    from gridsvc.infra.db import reading

    with opened(settings) as engine, reading(engine) as session:
        yield session


def standing(settings: "Settings", url: str) -> "Standing":
    """Whether the database is empty or current; raises SchemaOlder or SchemaNewer for another version's data."""
    from gridsvc.infra import schema
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        return schema.refuse_other(engine)


def prepare_pages(settings: "Settings", url: str) -> None:
    """Make the geometry documents of the present where they are missing, so that the first visitor need not wait.

    Whole nets take memory; commands that end soon do this, so that the serving processes stay small.
    """
    from datetime import UTC, datetime

    from gridsvc.dashboard import documents
    from gridsvc.infra.db import make_engine, reading

    engine = make_engine(url, timezone=settings.city_timezone)
    with reading(engine) as session:
        documents.prepare(session, settings.home / "documents", at=datetime.now(UTC))
    engine.dispose()
