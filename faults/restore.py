"""Back up while reports come in, destroy the home, restore it, and compare every row with a ledger kept outside.

The ledger holds each acknowledged report with what was sent and when the answer came. The backup is one moment: a
report acknowledged before it began must be there, one sent after it ended must not, in between either is right. What is
there must be what was sent. The control flips one byte of the backup, and takes one row out of the restored city and
changes another: all of it must be noticed, or the comparison proves nothing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.frame import home as kept_home
from benchmarks.service import Service, demo_city
from faults.frame import Options, Verdict, fresh_home, say
from gridsvc.infra import backup_file, cluster, databases, inventory
from gridsvc.infra.settings import Settings

WRITERS = 4
PHOTOS = 50


@dataclass
class Ledger:
    """Reports in the order of their answers: identifier, what was sent, when it was sent and when acknowledged."""

    lines: list[tuple[str, str, float, float]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, identifier: str, description: str, sent: float, acknowledged: float) -> None:
        """One acknowledged report."""
        with self.lock:
            self.lines.append((identifier, description, sent, acknowledged))


def try_out(options: Options) -> Verdict:
    """Runs the trial; every loss, surplus or change breaks a promise."""
    verdict = Verdict()
    load_s = options.times(20, 5)
    with kept_home(options) as home, fresh_home() as other:
        work = other.parent / "work"
        work.mkdir()
        backup, ledger, moments = _back_up_under_load(options, home, work, load_s, verdict)
        verdict.note("acknowledged_reports", len(ledger.lines))
        say("destroying the home and restoring it")
        destroyed = _destroy(home, os.environ.get("GRIDSVC_BENCH_HOME") is not None)
        began = time.perf_counter()
        _gridsvc("restore", str(backup), home=other)
        verdict.note("restore_s", round(time.perf_counter() - began, 2))
        verdict.note("homes_destroyed", float(destroyed))
        _compare(other, ledger, moments, verdict)
        _control(other, backup, work, verdict)
    return verdict


def _back_up_under_load(
    options: Options, home: Path, work: Path, load_s: int, verdict: Verdict
) -> tuple[Path, Ledger, tuple[float, float]]:
    ledger, stop = Ledger(), threading.Event()
    with demo_city(options, home) as service:
        photos = _add_photos(home)
        cookie = service.log_in("dispatcher")
        body = _sample(service, cookie)
        writers = [threading.Thread(target=_write, args=(service, cookie, body, ledger, stop)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(load_s)
        say("backing up while reports come in")
        began = time.time()
        told = _gridsvc("backup", str(work), home=home)
        ended = time.time()
        time.sleep(load_s / 2)
        stop.set()
        for writer in writers:
            writer.join()
    verdict.note("backup_s", round(ended - began, 2))
    verdict.note("backup_mb", round(told["bytes"] / 1e6, 1))
    verdict.note("backup_rows", told["rows"])
    verdict.must_be("files_missing_in_backup", photos - told["files"], 0)
    return Path(told["backup"]), ledger, (began, ended)


def _sample(service: Service, cookie: str) -> dict[str, Any]:
    """A report as the demo city would get it: at the place of one that is there already."""
    grid = service.ask("GET", "/api/v1/grids", cookie=cookie).json["features"][0]
    ring = grid["geometry"]["coordinates"][0]
    ring = ring[0] if isinstance(ring[0][0], list) else ring
    x, y = (sum(point[axis] for point in ring[:-1]) / len(ring[:-1]) for axis in (0, 1))
    return {
        "x": round(x, 6),
        "y": round(y, 6),
        "crs": "EPSG:4326",
        "channel": "hotline",
        "category": "matter_other",
        "synthetic": True,
    }


def _write(service: Service, cookie: str, sample: dict[str, Any], ledger: Ledger, stop: threading.Event) -> None:
    while not stop.is_set():
        identifier = str(uuid4())
        body = sample | {"client_id": identifier, "description": hashlib.sha256(identifier.encode()).hexdigest()}
        sent = time.time()
        answer = service.ask("POST", "/api/v1/incidents", cookie=cookie, body=body)
        if answer.status not in (200, 201):
            raise RuntimeError(f"a report was refused: {answer.status} {answer.content[:300]!r}")
        ledger.note(identifier, body["description"], sent, time.time())


def _add_photos(home: Path) -> int:
    """Synthetic uploaded files, so that there are some to lose; returns how many the home has."""
    for number in range(PHOTOS):
        content = hashlib.sha256(str(number).encode()).digest() * 3000
        name = hashlib.sha256(content).hexdigest()
        place = home / backup_file.FILES / name[:2] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return len(list(backup_file.stored_files(home / backup_file.FILES)))


def _destroy(home: Path, is_kept: bool) -> bool:
    """Removes the home; one that is kept for other measurements stays, and nothing below looks at it."""
    if is_kept:
        return False
    shutil.rmtree(home)
    return True


def _compare(home: Path, ledger: Ledger, moments: tuple[float, float], verdict: Verdict) -> None:
    settings = Settings(home=home, database_url=None)
    with cluster.running(settings) as database, databases.connect(database) as connection:
        rows = connection.execute("SELECT client_id::text, description FROM incident WHERE client_id IS NOT NULL")
        found = {str(identifier): str(description) for identifier, description in rows}
    lost, extra, changed = differences(found, ledger, moments)
    verdict.must_be("lost_rows", lost, 0)
    verdict.must_be("extra_rows", extra, 0)
    verdict.must_be("changed_rows", changed, 0)


def differences(found: dict[str, str], ledger: Ledger, moments: tuple[float, float]) -> tuple[int, int, int]:
    """How many reports are lost, are there but must not be, and are not what was sent."""
    began, ended = moments
    lost = sum(acknowledged < began and name not in found for name, _, _, acknowledged in ledger.lines)
    extra = sum(sent > ended and name in found for name, _, sent, _ in ledger.lines)
    changed = sum(name in found and found[name] != description for name, description, _, _ in ledger.lines)
    return lost, extra, changed


def _control(home: Path, backup: Path, work: Path, verdict: Verdict) -> None:
    """The damage that must be noticed: a changed byte in the backup, a lost row and a changed row in the city."""
    damaged = work / "damaged.tar"
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 1
    damaged.write_bytes(content)
    verdict.must_be(
        "control_changed_byte_unnoticed", float(_code("restore", str(damaged), "--check", home=home) == 0), 0
    )
    manifest = backup_file.read_manifest(backup)
    settings = Settings(home=home, database_url=None)
    with cluster.running(settings) as database, databases.connect(database) as connection:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("DELETE FROM visit WHERE id = (SELECT id FROM visit LIMIT 1)")
            connection.execute("UPDATE door SET address = 'x' WHERE id = (SELECT id FROM door LIMIT 1)")
            noticed = inventory.differences(manifest.tables, inventory.count_tables(connection))
        with connection.transaction():
            untouched = inventory.differences(manifest.tables, inventory.count_tables(connection))
    verdict.must_be("control_damaged_tables_unnoticed", 2.0 - len(noticed), 0)
    verdict.must_be("tables_that_differ", float(len(untouched)), 0)


def _gridsvc(*arguments: str, home: Path) -> dict[str, Any]:
    answer = _run(*arguments, home=home)
    if answer.returncode:
        raise RuntimeError(f"gridsvc {arguments[0]} failed: {answer.stdout}{answer.stderr}")
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _code(*arguments: str, home: Path) -> int:
    return _run(*arguments, home=home).returncode


def _run(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
    command = [sys.executable, "-P", "-m", "gridsvc.cli", *arguments, "--json"]
    return subprocess.run(command, env=kept | {"GRIDSVC_HOME": str(home)}, capture_output=True, text=True, check=False)
