"""The one dictionary of the interface, for server and browser: Chinese first, English complete beside it."""

import json
from functools import cache
from importlib import resources
from typing import Final

from gridsvc.core.errors import GridsvcError

LOCALES: Final = ("zh-CN", "en")
DEFAULT_LOCALE: Final = "zh-CN"


class UnknownText(GridsvcError):
    """The dictionary has no such text."""

    code = "unknown_text"


def known_locale(wanted: str | None) -> str:
    """The locale to speak in: the wanted one, another form of the same language, or Chinese."""
    language = (wanted or "").lower().split("-")[0]
    return next((locale for locale in LOCALES if locale.lower().split("-")[0] == language), DEFAULT_LOCALE)


def text(locale: str, key: str, **values: object) -> str:
    """The text of `key` in `locale` with `{name}` places filled; refuses keys that the dictionary lacks.

    Values are put in as they are: whoever writes HTML escapes the result.
    """
    entries = dictionary(known_locale(locale))
    if key not in entries:
        raise UnknownText(f"no text for {key!r}")
    found = entries[key]
    for name, value in values.items():
        found = found.replace(f"{{{name}}}", str(value))
    return found


@cache
def dictionary(locale: str) -> dict[str, str]:
    """Every text of a locale by key."""
    content = resources.files(__name__).joinpath(f"{locale}.json").read_text(encoding="utf-8")
    entries: dict[str, str] = json.loads(content)
    return entries
