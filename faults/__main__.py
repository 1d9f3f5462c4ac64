"""`scripts/faults NAME [--quick] [--json FILE]`: runs one trial and prints its figures as one JSON object.

A trial is a module of this package with a function `try_out(options: Options) -> Verdict`. Exit code 0
when every promise held, 1 when one was broken; which ones is told on the error stream.
"""

import argparse
import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import faults
from faults.frame import Options, Verdict, say

TRIED_BY = "try_out"


def names() -> list[str]:
    """The trials there are: modules that offer one. Parts of trials begin with an underscore."""
    found = [entry.name for entry in pkgutil.iter_modules(faults.__path__)]
    return sorted(name for name in found if name not in {"__main__", "frame"} and not name.startswith("_"))


def main() -> int:
    """Runs the trial asked for."""
    parser = argparse.ArgumentParser(prog="scripts/faults", description="Breaks things and counts what went wrong.")
    parser.add_argument("name", choices=names())
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, for every day")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    given = parser.parse_args()
    verdict: Verdict = getattr(import_module(f"faults.{given.name}"), TRIED_BY)(Options(quick=given.quick))
    told = json.dumps(verdict.figures, ensure_ascii=False, indent=1)
    sys.stdout.write(told + "\n")
    if given.json is not None:
        given.json.write_text(told + "\n", encoding="utf-8")
    for promise in verdict.broken:
        say(f"broken: {promise}")
    return 1 if verdict.broken else 0


if __name__ == "__main__":
    sys.exit(main())
