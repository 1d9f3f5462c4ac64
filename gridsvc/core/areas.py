"""Area codes of the National Bureau of Statistics (统计用区划代码): twelve digits that say level, parent and kind.

The ranges are those of the bureau's coding rule; every one of the 620,573 community codes of its register of
2023-06-30 fits them.
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from gridsvc.core.errors import InvalidCode

LENGTH = 12
# Where province, city, county, street and community end.
_ENDS = (2, 4, 6, 9, 12)
_DIGITS = re.compile(r"[0-9]{12}")


class Level(IntEnum):
    """The five levels, the province first."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    STREET = 4
    COMMUNITY = 5


class AreaKind(StrEnum):
    """What an administrative unit is; above the street level its level says it all."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    STREET = "street"  # 街道
    TOWN = "town"  # 镇
    TOWNSHIP = "township"  # 乡
    QUASI_STREET = "quasi_street"  # 类似乡级单位: farms, parks, management centres
    RESIDENTS_COMMITTEE = "residents_committee"  # 居委会
    VILLAGERS_COMMITTEE = "villagers_committee"  # 村委会
    QUASI_COMMUNITY = "quasi_community"  # 类似居委会
    VIRTUAL_COMMUNITY = "virtual_community"  # 虚拟社区
    LIVING_AREA = "living_area"  # 生活区, 类似村委会
    VIRTUAL_LIVING_AREA = "virtual_living_area"  # 虚拟生活区


# The last number of each range and its kind; numbers above the last range are not given out.
_STREETS = (
    (99, AreaKind.STREET),
    (199, AreaKind.TOWN),
    (399, AreaKind.TOWNSHIP),
    (599, AreaKind.QUASI_STREET),
)
_COMMUNITIES = (
    (199, AreaKind.RESIDENTS_COMMITTEE),
    (399, AreaKind.VILLAGERS_COMMITTEE),
    (497, AreaKind.QUASI_COMMUNITY),
    (498, AreaKind.VIRTUAL_COMMUNITY),
    (499, AreaKind.QUASI_COMMUNITY),
    (597, AreaKind.LIVING_AREA),
    (598, AreaKind.VIRTUAL_LIVING_AREA),
    (599, AreaKind.LIVING_AREA),
)


@dataclass(frozen=True, order=True)
class AreaCode:
    """A valid area code. `AreaCode("340302001001")` raises InvalidCode if the text breaks the rules."""

    text: str

    def __post_init__(self) -> None:
        given_text: object = self.text
        if not isinstance(given_text, str) or not _DIGITS.fullmatch(given_text):
            raise InvalidCode("An area code is a text of twelve digits.")
        numbers = _segments(self.text)
        given = [place for place, number in enumerate(numbers) if number]
        if not numbers[0]:
            raise InvalidCode(f"{self.text} names no province.")
        # Some cities (Dongguan, Zhongshan …) have streets directly under them: only the county may be passed over.
        if any(not numbers[place] and place != Level.COUNTY - 1 for place in range(given[-1])):
            raise InvalidCode(f"{self.text} leaves out a level.")
        _kind_of(Level(given[-1] + 1), numbers, self.text)
        if given[-1] + 1 == Level.COMMUNITY:
            _kind_of(Level.STREET, numbers, self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def level(self) -> Level:
        """The level of the last part that is not zero."""
        return Level(max(place for place, number in enumerate(_segments(self.text)) if number) + 1)

    @property
    def kind(self) -> AreaKind:
        """What the number in its own level means."""
        return _kind_of(self.level, _segments(self.text), self.text)

    @property
    def parent(self) -> "AreaCode | None":
        """The unit directly above; None for a province."""
        if self.level is Level.PROVINCE:
            return None
        return _cut(self.text, self.level - 1)

    @property
    def ancestors(self) -> tuple["AreaCode", ...]:
        """All units above, the nearest first."""
        above = self.parent
        return () if above is None else (above, *above.ancestors)

    def at_level(self, level: Level) -> "AreaCode":
        """The unit of that level this one lies in, or itself. Raises InvalidCode if there is none."""
        for unit in (self, *self.ancestors):
            if unit.level == level:
                return unit
        raise InvalidCode(f"{self.text} lies in no unit of the level {level.name.lower()}.")

    def contains(self, other: "AreaCode") -> bool:
        """Whether the other unit is this one or lies below it."""
        return other == self or self in other.ancestors


def _segments(text: str) -> list[int]:
    return [int(text[start:end]) for start, end in zip((0, *_ENDS), _ENDS, strict=False)]


def _cut(text: str, level: int) -> AreaCode:
    return AreaCode(text[: _ENDS[level - 1]].ljust(LENGTH, "0"))


def _kind_of(level: Level, numbers: list[int], text: str) -> AreaKind:
    if level < Level.STREET:
        return AreaKind(level.name.lower())
    for last, kind in _STREETS if level is Level.STREET else _COMMUNITIES:
        if numbers[level - 1] <= last:
            return kind
    raise InvalidCode(f"{text} has a {level.name.lower()} number above 599, which the rule does not give out.")
