"""`scripts/audit`: looks up known faults of every locked part. Exit code 0 none, 1 some, 3 not all were asked about.

A source that cannot be asked, or passes over a part, is no good news: it is said plainly, with what it answered, and
counts as no answer. All locks are asked about, those of tools too: what builds the pages writes what is delivered.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supply.parts import ROOT

PATIENCE_S = 240
FINDINGS, NOT_ASKED = 1, 3


@dataclass(frozen=True)
class Report:
    """What one source said: the faults, or None with the reason why it could not be asked; and what it passed over."""

    source: str
    faults: list[str] | None
    reason: str = ""
    unasked: tuple[str, ...] = ()


def python_locks() -> list[Path]:
    """Every lock of Python's parts."""
    return sorted(ROOT.glob("requirements*.lock"))


def audit_python(lock: Path) -> Report:
    """The parts of one lock, by pip-audit; nothing is downloaded or installed."""
    source = f"pip-audit {lock.name}"
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        tool = Path(sys.executable).with_name("pip-audit")
        command = [str(tool), "--requirement", str(lock), "--require-hashes", "--disable-pip", "--no-deps"]
        said = _run([*command, "--progress-spinner", "off", "--format", "json", "--output", str(answer)])
        if not answer.exists():
            return Report(source, None, said)
        parts = json.loads(answer.read_text(encoding="utf-8"))["dependencies"]
    return report_of(source, parts)


def report_of(source: str, parts: list[dict[str, Any]]) -> Report:
    """What pip-audit's answer says."""
    unasked = tuple(part["name"] for part in parts if "skip_reason" in part)
    if len(unasked) == len(parts):
        return Report(source, None, f"all {len(parts)} parts were passed over")
    faults = [f"{part['name']} {part['version']}: {fault['id']}" for part in parts for fault in part.get("vulns", [])]
    return Report(source, faults, unasked=unasked)


def audit_web(folder: Path = ROOT / "web") -> Report:
    """The pages' parts and the tools that build them, by npm on its lock."""
    source = "npm audit"
    command = [str(ROOT / "scripts" / "npm"), "--prefix", str(folder), "audit", "--json", "--package-lock-only"]
    said = _run(command, output_only=True)
    try:
        told: dict[str, Any] = json.loads(said)
    except ValueError:
        return Report(source, None, said)
    if "error" in told or "vulnerabilities" not in told:
        return Report(source, None, str(told.get("message") or told.get("error") or said))
    return Report(source, [f"{name}: {fault['severity']}" for name, fault in told["vulnerabilities"].items()])


def _run(command: list[str], *, output_only: bool = False) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_S, env=os.environ | {"CI": "1"}
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {PATIENCE_S} s"
    return done.stdout if output_only else (done.stderr or done.stdout)


def verdict(reports: list[Report], tell: Callable[[str], object] = sys.stdout.write) -> int:
    """Tells every report; the exit code is that of the worst."""
    worst = 0
    for report in reports:
        if report.faults is None:
            words = " ".join(report.reason.split())[-300:]
            tell(f"{report.source}: NOT ASKED, so nothing is known: {words}\n")
            worst = max(worst, NOT_ASKED)
            continue
        tell(f"{report.source}: {len(report.faults)} known faults {report.reason}".rstrip() + "\n")
        for fault in report.faults:
            tell(f"  {fault}\n")
        if report.unasked:
            tell(f"  NOT ASKED, so nothing is known: {', '.join(report.unasked)}\n")
        worst = max(worst, FINDINGS if report.faults else 0, NOT_ASKED if report.unasked else 0)
    return FINDINGS if any(report.faults for report in reports) else worst


def main() -> int:
    """Asks about every lock."""
    return verdict([*map(audit_python, python_locks()), audit_web()])


if __name__ == "__main__":
    sys.exit(main())
