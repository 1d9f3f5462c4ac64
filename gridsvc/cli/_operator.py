"""Whoever works by command: may do everything, and stands in the audit by the name of their login on this machine."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from gridsvc.access.identity import Actor


@contextmanager
def acting() -> "Iterator[tuple[Session, Actor, datetime]]":
    """A unit of work, who does it, and the moment it began: all of it is stored at the end, or nothing."""
    from gridsvc.access import identity
    from gridsvc.cli import _database
    from gridsvc.infra.settings import get_settings

    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user number without a name
        name = "unknown"
    with _database.written(get_settings()) as session:
        yield session, identity.operator(f"command:{name}"), datetime.now(UTC)
