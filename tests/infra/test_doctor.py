"""The doctor: one finding for each thing, never an exception, and always a way to mend."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridsvc.infra import cluster, doctor, schema
from gridsvc.infra.databases import Database
from gridsvc.infra.doctor import Finding
from tests.infra.service_home import new_home, settings_for


def found(name: str, findings: list[Finding]) -> Finding:
    return next(finding for finding in findings if finding.name == name)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Path, Database]]:
    """A home with its database running."""
    with new_home() as home, cluster.running(settings_for(home)) as database:
        yield home, database


def test_a_working_installation_has_nothing_to_mend(running: tuple[Path, Database]) -> None:
    findings = doctor.examine(settings_for(running[0]))
    assert [finding.name for finding in findings if finding.state == "fail"] in ([], ["front_end"])
    assert found("database", findings).text.startswith("runs, version 1")
    assert found("data", findings).state == "ok"


def test_a_database_without_a_job_process_or_its_archive_is_named_with_the_cure(
    running: tuple[Path, Database],
) -> None:
    home, database = running
    schema.upgrade(database.url)
    findings = doctor.examine(settings_for(home, archive_to=home / "archive"))
    assert found("schema", findings).state == "ok"
    assert (found("jobs", findings).state, found("jobs", findings).mend) == (
        "warn",
        "stop the service and start it again",
    )
    assert (found("archive", findings).state, found("archive", findings).mend) == ("warn", found("jobs", findings).mend)


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    doctor.examine(settings_for(tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


def test_missing_programs_are_a_failure_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    finding = found("postgresql", doctor.examine(settings_for(tmp_path / "home")))
    assert finding.state == "fail"
    assert "apt-get install" in finding.text


def test_data_of_another_version_or_open_to_others_are_failures(tmp_path: Path) -> None:
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("11")
    data.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(data, "nobody")
    findings = doctor.examine(settings_for(tmp_path / "home"))
    assert "PostgreSQL 11" in found("postgresql", findings).text
    assert found("data", findings).mend.startswith("chmod 700")


def test_a_taken_port_is_a_warning(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        finding = found("port", doctor.examine(settings_for(tmp_path / "home", port=taken.getsockname()[1])))
    assert (finding.state, "GRIDSVC_PORT" in finding.mend) == ("warn", True)


def test_a_path_too_long_for_a_socket_is_a_warning(tmp_path: Path) -> None:
    finding = found("socket", doctor.examine(settings_for(tmp_path / ("deep" * 30))))
    assert finding.state == "warn"


def test_packages_that_are_not_those_of_the_lock_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda _name: "0.0.1")
    finding = doctor.check_packages(settings_for(Path("/nowhere")))
    assert (finding.state, finding.mend) == ("fail", "run scripts/setup")
    assert "is locked, 0.0.1 is installed" in finding.text


def test_a_full_disk_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 10**18)
    assert found("disk", doctor.examine(settings_for(tmp_path))).state == "fail"


def test_every_finding_that_is_not_well_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    findings = doctor.examine(settings_for(tmp_path / "home"))
    assert len(findings) == len(doctor.CHECKS)  # nothing runs here, so each check finds one thing
    assert all(finding.mend for finding in findings if finding.state != "ok")


def test_the_command_prints_one_json_object_and_tells_failure_by_its_exit_code(tmp_path: Path) -> None:
    environment = os.environ | {"GRIDSVC_HOME": str(tmp_path / "home"), "PG_BINDIR": str(tmp_path)}
    command = [sys.executable, "-c", "from gridsvc.cli import main; main()", "doctor", "--json"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    told = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert told["ok"] is False
    assert {"name", "state", "text", "mend"} == set(told["checks"][0])
