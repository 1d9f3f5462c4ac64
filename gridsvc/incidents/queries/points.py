"""Where incidents happened, as numbers alone: read by binary COPY straight into arrays, so that no row is an object."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

_WITH_POINT = "FROM incident WHERE point IS NOT NULL AND occurred_at >= %s AND occurred_at < %s"
_COUNT = f"SELECT count(*) {_WITH_POINT}"
_COPY = f"COPY (SELECT ST_X(point), ST_Y(point), number {_WITH_POINT} ORDER BY number) TO STDOUT (FORMAT binary)"

# PostgreSQL's binary format: a head, then for each row the number of its fields and each with its length before it.
_HEAD_BYTES = 19
_ROW = np.dtype(
    [("fields", ">i2"), ("x_len", ">i4"), ("x", ">f8"), ("y_len", ">i4"), ("y", ">f8"), ("n_len", ">i4"), ("n", ">i8")]
)
_CHUNK_BYTES = 1 << 20

Arrays = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]


def points_between(session: Session, first: datetime, before: datetime) -> Arrays:
    """Longitude, latitude and number of every placed incident that occurred from `first` to before `before`.

    The session must look at one unchanging view (`ReadSession`): rows are counted first.
    """
    connection = session.connection().connection.driver_connection
    assert connection is not None
    with connection.cursor() as cursor:
        count = cursor.execute(_COUNT, (first, before)).fetchone()[0]
        x, y, numbers = np.empty(count), np.empty(count), np.empty(count, dtype=np.int64)
        filled, waiting = 0, bytearray()
        with cursor.copy(_COPY, (first, before)) as copy:
            for data in copy:
                waiting += data
                if len(waiting) >= _CHUNK_BYTES:
                    filled = _take(waiting, filled, x, y, numbers)
        filled = _take(waiting, filled, x, y, numbers)
    assert filled == count
    return x, y, numbers


def _take(waiting: bytearray, filled: int, x: NDArray[np.float64], y: NDArray[np.float64], n: NDArray[np.int64]) -> int:
    """Moves whole rows from the bytes to the arrays; returns how many rows these hold then."""
    begin = 0 if filled else _HEAD_BYTES
    rows = np.frombuffer(waiting, dtype=_ROW, offset=begin, count=max(0, len(waiting) - begin) // _ROW.itemsize)
    end = filled + len(rows)
    x[filled:end], y[filled:end], n[filled:end] = rows["x"], rows["y"], rows["n"]
    done = begin + rows.nbytes
    del rows  # a buffer that is looked at cannot shrink
    if end > filled:
        del waiting[:done]
    return end
