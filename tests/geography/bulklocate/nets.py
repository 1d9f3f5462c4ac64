"""A small net of pictured grids, and files of points over it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from gridsvc.core.locate import GridIndex
from gridsvc.geography.bulklocate.columns import Columns
from gridsvc.geography.bulklocate.files import Job, locate_file
from gridsvc.geography.bulklocate.locating import CodedIndex
from gridsvc.geography.bulklocate.totals import Totals
from tests.core.pictures import corner, draw

GRIDS = draw("ab/cd")
CODES = {"a": "0340", "b": "0341", "c": "0342", "d": "0343"}
DEGREES = Columns(x_field="x", y_field="y", crs="EPSG:4326")
# In a, in d, on the border of a and b, and outside all.
PLACES = [corner(0.5, 0.5), corner(1.5, 1.5), corner(1, 0.5), corner(3, 3)]
WANTED = ["0340", "0343", "0340", None]


def pictured_net() -> CodedIndex:
    """Two by two grids of two communities; their codes begin with a zero."""
    shapes = np.array(list(GRIDS.values()), dtype=object)
    return CodedIndex(GridIndex.build(shapes), list(CODES.values()), ["上", "上", "下", "下"], "pictures")


def write_csv(path: Path, rows: Sequence[str], head: str = "id,x,y", encoding: str = "utf-8") -> Path:
    """A CSV file of lines."""
    path.write_text("\n".join([head, *rows]) + "\n", encoding=encoding, newline="")
    return path


def places_csv(path: Path) -> Path:
    """The four places with identifiers that begin with a zero."""
    return write_csv(path, [f"00{number},{x},{y}" for number, (x, y) in enumerate(PLACES)])


def places_table(**more: Any) -> pa.Table:
    """The four places as columns."""
    x, y = zip(*PLACES, strict=True)
    return pa.table({"id": ["000", "001", "002", "003"], "x": x, "y": y, **more})


def run(source: Path, output: Path, columns: Columns = DEGREES, **options: Any) -> Totals:
    """Locates one file in the pictured net."""
    return locate_file(Job(source, output, **options), pictured_net(), columns)


def read(path: Path) -> pa.Table:
    """What was written, from Parquet."""
    return parquet.read_table(path)
