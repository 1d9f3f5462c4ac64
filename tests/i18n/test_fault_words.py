"""Whatever a refusal or a fault is called has a sentence in both languages, so that no page falls back to another."""

import pytest

from gridsvc.api import codes
from gridsvc.api.fault_codes import MEANINGS
from gridsvc.i18n import LOCALES, dictionary

PUBLISHED = sorted(MEANINGS.keys() | {kind.code for kind in codes.kinds()})
# As web/src/i18n/faults.ts looks for them.
HOMES = ("fault", "plan.refused", "health.kind")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_words(locale: str) -> None:
    words = dictionary(locale)
    assert [code for code in PUBLISHED if not any(f"{home}.{code}" in words for home in HOMES)] == []
