"""The one dictionary: both languages complete, places filled, unknown keys refused."""

import re

import pytest

from gridsvc.i18n import LOCALES, UnknownText, dictionary, known_locale, text


def test_both_languages_have_the_same_texts_with_the_same_places() -> None:
    chinese, english = (dictionary(locale) for locale in LOCALES)
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert sorted(re.findall(r"{\w+}", chinese[key])) == sorted(re.findall(r"{\w+}", english[key])), key


def test_places_are_filled() -> None:
    assert text("zh-CN", "map.moment", moment="2026-11-21") == "截至 2026-11-21"
    assert text("en", "map.moment", moment="2026-11-21") == "As of 2026-11-21"


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert text("en", "queue.open", count="{count}") == "See {count} not located"


def test_a_key_that_is_missing_is_refused() -> None:
    with pytest.raises(UnknownText):
        text("en", "no.such.key")


@pytest.mark.parametrize(
    ("wanted", "locale"), [(None, "zh-CN"), ("", "zh-CN"), ("zh-TW", "zh-CN"), ("en-GB", "en"), ("fr", "zh-CN")]
)
def test_chinese_unless_english_is_asked_for(wanted: str | None, locale: str) -> None:
    assert known_locale(wanted) == locale
