"""Decoding a CSV file inside the bounded child: its rows come out as lines of JSON, as `csv_rows` checks them."""

import codecs
import json
from pathlib import Path
from typing import Any

from gridsvc.incidents.csv_rows import open_table

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")


def prepare(order: dict[str, Any]) -> None:
    """Loads encodings: afterwards libraries may be out of reach. An unknown one is for `answer` to refuse."""
    for name in (*ENCODINGS, order["encoding"] or ENCODINGS[0]):
        try:
            codecs.lookup(name)
        except LookupError:
            return


def answer(order: dict[str, Any]) -> list[str]:
    """The names in the first row; each other row is a line of `target`: [line, cells], or [line, code, message]."""
    with (
        open_table(Path(order["source"]), encoding=order["encoding"]) as table,
        Path(order["target"]).open("w", encoding="utf-8") as writing,
    ):
        for row in table.rows:
            told = [row.line, row.fault.code, row.fault.message] if row.fault else [row.line, list(row.cells)]
            writing.write(json.dumps(told) + "\n")
        return list(table.header)
