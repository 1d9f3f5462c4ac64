"""The audit: a fault is a finding, and a source that was not asked is never taken for good news."""

import pytest

from supply.audit import Report, python_locks, report_of, verdict
from supply.parts import ROOT


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([Report("a", []), Report("b", [])], 0),
        ([Report("a", ["x 1.0: CVE-1"]), Report("b", [])], 1),
        ([Report("a", None, "no route"), Report("b", [])], 3),
        ([Report("a", None, "no route"), Report("b", ["y: high"])], 1),
        ([Report("a", [], unasked=("x",)), Report("b", [])], 3),
    ],
)
def test_the_exit_code_is_that_of_the_worst(reports: list[Report], code: int) -> None:
    assert verdict(reports, lambda _line: None) == code


def test_a_source_that_cannot_be_asked_is_named_with_the_reason() -> None:
    lines: list[str] = []
    verdict([Report("pip-audit", None, "no route\nto host")], lines.append)
    assert lines == ["pip-audit: NOT ASKED, so nothing is known: no route to host\n"]


def test_one_part_in_a_hundred_that_was_passed_over_is_named() -> None:
    known = [{"name": f"part{number}", "version": "1.0", "vulns": []} for number in range(99)]
    told = report_of("pip-audit", [*known, {"name": "stranger", "skip_reason": "not found"}])
    lines: list[str] = []
    assert verdict([told], lines.append) == 3
    assert "  NOT ASKED, so nothing is known: stranger\n" in lines


def test_every_lock_is_asked_about() -> None:
    asked = {lock.name for lock in python_locks()}
    assert asked == {path.name for path in ROOT.glob("*.lock")}
    assert {"requirements.lock", "requirements-dask.lock", "requirements-node.lock", "requirements-uv.lock"} < asked
