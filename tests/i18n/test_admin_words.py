"""What the administration pages name by keys made at run time has its words."""

import re
from pathlib import Path

import pytest

from gridsvc.access.roles import MATRIX
from gridsvc.core.findings import FindingKind
from gridsvc.i18n import dictionary
from gridsvc.infra.runtime_settings import NAMES

WORDS = dictionary("zh-CN")
SOURCE = Path(__file__).parent.parent.parent / "gridsvc"
RECORDED = re.compile(r'(?:audit\.record|audit\.record_apart|record_read)\([^"]*?"([a-z_]+\.[a-z_]+)"', re.DOTALL)


@pytest.mark.parametrize("permission", MATRIX)
def test_a_permission_has_words(permission: str) -> None:
    assert f"permission.{permission}" in WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_has_words_and_a_hint(name: str) -> None:
    assert {f"setting.{name}", f"setting.{name}.hint"} <= WORDS.keys()


@pytest.mark.parametrize("kind", FindingKind)
def test_a_finding_has_words(kind: FindingKind) -> None:
    assert f"health.kind.{kind}" in WORDS


def test_what_the_audit_records_has_words() -> None:
    actions = {action for file in SOURCE.rglob("*.py") for action in RECORDED.findall(file.read_text(encoding="utf-8"))}
    assert len(actions) > 20
    assert sorted(action for action in actions if f"audit.action.{action}" not in WORDS) == []
