"""Bulk rows into a table by COPY: columns of values become the text format that PostgreSQL reads fastest."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, repeat
from typing import Any

import uuid_utils
from psycopg import sql
from psycopg.errors import ExclusionViolation, UniqueViolation
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict

CHUNK_ROWS = 20_000
NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Same:
    """A column that has one value in every row."""

    value: Any


def copy_columns(session: Session, table: str, columns: Mapping[str, Sequence[Any] | Same]) -> int:
    """Adds rows given as columns of equal length, in the transaction of the session; returns their number.

    Texts are escaped, mappings and lists become JSON, times keep their zone, None is NULL; everything else is written
    as `str` says. Geometry goes in as EWKB in hexadecimal. Callers check for duplicates first; Conflict is raised when
    somebody else was faster.
    """
    count = next(len(values) for values in columns.values() if not isinstance(values, Same))
    session.flush()
    connection = session.connection().connection.driver_connection
    assert connection is not None
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    lines = map("\t".join, zip(*(_rendered(values, count) for values in columns.values()), strict=True))
    try:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            while chunk := list(islice(lines, CHUNK_ROWS)):
                copy.write("\n".join(chunk) + "\n")
    except (UniqueViolation, ExclusionViolation) as error:
        raise Conflict(f"Somebody else stored the same in {table} at the same time; nothing was stored.") from error
    return count


def fresh_ids(count: int) -> list[str]:
    """New time-ordered identifiers as texts, for bulk rows: half a million objects would cost seconds."""
    return [str(uuid_utils.uuid7()) for _ in range(count)]


def range_from(start: datetime) -> str:
    """The text of a time range without end that begins at `start`, which belongs to it."""
    if start.tzinfo is None:
        raise ValueError("a time needs a zone")
    return f"[{start.isoformat()},)"


def _rendered(values: Sequence[Any] | Same, count: int) -> Iterable[str]:
    """Each value as COPY's text format writes it."""
    if isinstance(values, Same):
        return repeat(_text(values.value), count)
    try:
        together = "".join(values)
    except TypeError:
        return map(_text, values)
    # Texts with nothing to escape, which is nearly always so, are taken as they are.
    return map(_text, values) if any(char in together for char in "\\\t\n\r") else values


def _text(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
