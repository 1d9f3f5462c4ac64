"""`scripts/bench NAME [--quick] [--json FILE]`: runs one benchmark and prints its figures as one JSON object.

A benchmark is a module of this package with a function `measure(options: Options) -> Figures`. Names of figures end in
their unit. What the run does is told on the error stream.
"""

import argparse
import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import benchmarks
from benchmarks.frame import Options

PARTS = {
    "__main__",
    "frame",
    "service",
    "rate",
    "browser",
    "memory",
    "locate_ground",
    "locate_peers",
    "locate_report",
    "divide_ground",
    "divide_peers",
    "patrols_history",
    "patrols_phones",
}


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(entry.name for entry in pkgutil.iter_modules(benchmarks.__path__) if entry.name not in PARTS)


def main() -> int:
    """Runs the benchmark asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures the service.")
    parser.add_argument("name", choices=names())
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, on the small city")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    given = parser.parse_args()
    figures = import_module(f"benchmarks.{given.name}").measure(Options(quick=given.quick))
    told = json.dumps(figures, ensure_ascii=False, indent=1)
    sys.stdout.write(told + "\n")
    if given.json is not None:
        given.json.write_text(told + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
