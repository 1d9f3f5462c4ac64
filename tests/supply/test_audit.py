"""The audit: a fault is a finding, and a source that was not asked is never taken for good news."""

import pytest

from supply.audit import Report, verdict


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([Report("a", []), Report("b", [])], 0),
        ([Report("a", ["x 1.0: CVE-1"]), Report("b", [])], 1),
        ([Report("a", None, "no route"), Report("b", [])], 3),
        ([Report("a", None, "no route"), Report("b", ["y: high"])], 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst(reports: list[Report], code: int) -> None:
    assert verdict(reports, lambda _line: None) == code


def test_a_source_that_cannot_be_asked_is_named_with_the_reason() -> None:
    lines: list[str] = []
    verdict([Report("pip-audit", None, "no route\nto host")], lines.append)
    assert lines == ["pip-audit: NOT ASKED, so nothing is known: no route to host\n"]
