"""What a transaction may see: the reading roles of row security, taken on before its first statement.

The API's connections come as `gridsvc_city`, which cannot write. A session then takes on what it needs for each of its
transactions, by settings that end with it, so that nothing is left for the next borrower of the connection:

- a `ReadSession` reads what its `Sight` says, and nothing at all without one;
- any other session writes as the service, which owns the tables.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from gridsvc.infra.databases import CITY, SCOPED

# The execution option of engines whose connections come with the role of a reader.
GUARDED = "row_security"

_AS_SERVICE = text("SELECT set_config('role', 'none', true)")
_AS_READER = text(
    """
    SELECT set_config('gridsvc.communities', :communities, true), set_config('gridsvc.counties', :counties, true),
        set_config('gridsvc.grids', :grids, true), set_config('gridsvc.worker', :worker, true),
        set_config('gridsvc.sensitive', :sensitive, true), set_config('role', :role, true)
    """
)


@dataclass(frozen=True)
class Sight:
    """The rows a reader sees: all, or those of communities, counties, single grids and one worker."""

    city_wide: bool = False
    communities: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    grids: frozenset[UUID] = frozenset()
    worker: UUID | None = None
    sensitive: bool = False


WHOLE_CITY = Sight(city_wide=True, sensitive=True)


class ReadSession(Session):
    """A session whose transactions cannot write; the type says so to the reader and PostgreSQL holds it.

    `ReadSession(engine, info=seeing(sight))` reads what the sight says. On an engine whose connections come as the
    owner of the tables, as those of commands and jobs do, it reads everything.
    """


def seeing(sight: Sight) -> dict[str, Any]:
    """The `info` of a session that reads what the sight says."""
    return {"sight": sight}


@contextmanager
def looking_as(session: Session, sight: Sight) -> Iterator[None]:
    """Inside the block a writing session reads as somebody would; afterwards it is the service again."""
    session.flush()
    _take_on(session.connection(), sight)
    yield
    session.execute(_AS_SERVICE)


def _on_begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Take on the role of the session before its first statement."""
    options = connection.get_execution_options()
    if not options.get(GUARDED):
        return
    if not isinstance(session, ReadSession):
        connection.execute(_AS_SERVICE)
        return
    sight: Sight | None = session.info.get("sight")
    if sight is None:
        raise LookupError("A reading session must say what it may see.")
    if sight.city_wide:
        return
    if options.get("isolation_level") == "AUTOCOMMIT":
        raise LookupError("Without a transaction only the whole city can be read.")
    _take_on(connection, sight)


event.listen(Session, "after_begin", _on_begin)


def _take_on(connection: Connection, sight: Sight) -> None:
    connection.execute(
        _AS_READER,
        {
            "communities": _array(sight.communities),
            "counties": _array(sight.counties),
            "grids": _array(sight.grids),
            "worker": str(sight.worker or ""),
            "sensitive": "on" if sight.sensitive else "",
            "role": CITY if sight.city_wide else SCOPED,
        },
    )


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL reads it; of codes and ids, which have no signs that need more care than quotes."""
    return "{" + ",".join(f'"{value}"' for value in sorted(map(str, values))) + "}"
