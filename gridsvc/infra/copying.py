"""Bulk rows into a table by COPY: columns of values become the text format that PostgreSQL reads fastest."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from psycopg import sql
from sqlalchemy.orm import Session

CHUNK_ROWS = 20_000
NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_columns(session: Session, table: str, columns: Mapping[str, Sequence[Any]]) -> int:
    """Adds rows given as columns of equal length, in the transaction of the session; returns their number.

    Texts are escaped, mappings and lists become JSON, times keep their zone, None is NULL; everything else is written
    as `str` says. Geometry goes in as EWKB in hexadecimal.
    """
    session.flush()
    connection = session.connection().connection.driver_connection
    assert connection is not None
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    lines = map("\t".join, zip(*(rendered(values) for values in columns.values()), strict=True))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for chunk in _chunks(lines):
            copy.write("\n".join(chunk) + "\n")
        return len(next(iter(columns.values())))


def rendered(values: Iterable[Any]) -> Iterator[str]:
    """Each value as COPY's text format writes it."""
    return map(_text, values)


def range_from(start: datetime) -> str:
    """The text of a time range without end that begins at `start`, which belongs to it."""
    if start.tzinfo is None:
        raise ValueError("a time needs a zone")
    return f"[{start.isoformat()},)"


def _text(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(lines, CHUNK_ROWS)):
        yield chunk
