"""Whatever refuses a planner, and whatever is found about a plan, has a sentence of its own on the page."""

import re
from pathlib import Path

import pytest

from gridsvc.core import refusals
from gridsvc.core.errors import GridsvcError
from gridsvc.i18n import LOCALES, dictionary
from gridsvc.plans import checks, drafts, errors

# A cut is asked about in a dialogue; the other is what all refusals derive from.
ELSEWHERE = {"cuts_blocks", "redraw_refused"}
REFUSED = {
    kind.code
    for module in (refusals, errors, drafts)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, GridsvcError) and kind.__module__ == module.__name__
}
FOUND = set(re.findall(r'PlanFinding\(\s*"(\w+)"', Path(checks.__file__).read_text()))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal_and_every_finding_has_a_sentence(locale: str) -> None:
    words = dictionary(locale)
    assert {code for code in REFUSED - ELSEWHERE if f"plan.refused.{code}" not in words} == set()
    assert FOUND >= checks.BLOCKING
    assert {kind for kind in FOUND if f"plan.finding.{kind}" not in words} == set()
