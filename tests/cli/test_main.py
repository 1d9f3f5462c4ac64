"""The command line: commands found by file, faults in plain words, exit codes that scripts can rely on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import gridsvc.cli
from gridsvc.core.errors import Fault, GridsvcError, InstallationFault, InvalidInput, NetHasFaults

MAIN = [sys.executable, "-c", "from gridsvc.cli import main; main()"]


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*MAIN, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_every_module_of_the_package_is_a_command() -> None:
    listed = run("--help").stdout
    for path in Path(gridsvc.cli.__file__).parent.glob("[!_]*.py"):
        spelled = {module: name for name, module in gridsvc.cli.SPELLINGS.items()}
        assert f"  {spelled.get(path.stem, path.stem)} " in listed


def test_an_unknown_command_is_wrong_use() -> None:
    answer = run("fly")
    assert (answer.returncode, "No such command 'fly'" in answer.stderr) == (2, True)


def test_a_wrong_setting_is_told_in_one_line() -> None:
    answer = run("db", "status", GRIDSVC_PORT="many", GRIDSVC_DATABASE_URL="")
    assert answer.returncode == 2
    assert answer.stderr.startswith("gridsvc: a setting is wrong: GRIDSVC_PORT: ")
    assert answer.stderr.count("\n") == 1


def test_a_fault_is_told_in_one_line(tmp_path: Path) -> None:
    answer = run("db", "start", GRIDSVC_HOME=str(tmp_path / "home"), PG_BINDIR=str(tmp_path), GRIDSVC_DATABASE_URL="")
    assert answer.returncode == 2
    assert answer.stderr.startswith("gridsvc: ")
    assert answer.stderr.endswith("[installation]\n")
    assert "Traceback" not in answer.stderr


def test_a_fault_with_json_is_one_object(tmp_path: Path) -> None:
    answer = run("db", "status", "--json", GRIDSVC_DATABASE_URL="postgresql://h/d")
    assert answer.returncode == 2
    assert json.loads(answer.stdout)["error"]["code"] == "invalid_input"


def test_the_database_of_an_own_server_is_not_ours_to_start() -> None:
    answer = run("db", "start", GRIDSVC_DATABASE_URL="postgresql://h/d")
    assert "administrator" in answer.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput("3 rows were refused", faults=[Fault("line 7", "invalid_coordinate", "not finite")]), 1),
        (NetHasFaults(), 1),
        (InvalidInput("no such option"), 2),
        (InstallationFault(), 2),
    ],
)
def test_findings_end_with_1_and_what_could_not_be_done_with_2(error: GridsvcError, code: int) -> None:
    assert gridsvc.cli.exit_code(error) == code


def test_the_first_faults_are_listed_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [Fault(f"line {row}", "invalid_code", "坏") for row in range(2, 15)]
    gridsvc.cli.report(InvalidInput("bad", faults=faults), as_json=False)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "gridsvc: bad [invalid_input]"
    assert lines[1] == "  line 2: 坏 [invalid_code]"
    assert lines[-1] == "  and 3 more"


def test_a_closed_terminal_ends_a_command_in_order() -> None:
    with pytest.raises(SystemExit) as ended:
        gridsvc.cli._end_in_order(signal.SIGHUP, None)
    assert ended.value.code == 129


@pytest.mark.parametrize("module", ["gridsvc.cli.serve", "gridsvc.cli.db", "gridsvc.cli.doctor"])
def test_looking_at_a_commands_help_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([n for n in ('sqlalchemy', 'fastapi', 'numpy', 'rich') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
