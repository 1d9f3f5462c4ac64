"""Area codes follow the bureau's rules: twelve digits, five levels, a kind by range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core.areas import AreaCode, AreaKind, Level
from gridsvc.core.errors import InvalidCode

communities = st.builds(
    lambda county, street, community: AreaCode(f"{county:06d}{street:03d}{community:03d}"),
    st.sampled_from([340302, 340311, 110101, 659002]),
    st.integers(1, 599),
    st.integers(1, 599),
)


@pytest.mark.parametrize(
    ("text", "level", "kind"),
    [
        ("340000000000", Level.PROVINCE, AreaKind.PROVINCE),
        ("340300000000", Level.CITY, AreaKind.CITY),
        ("340302000000", Level.COUNTY, AreaKind.COUNTY),
        ("340302001000", Level.STREET, AreaKind.STREET),
        ("340302100000", Level.STREET, AreaKind.TOWN),
        ("340303200000", Level.STREET, AreaKind.TOWNSHIP),
        ("340303402000", Level.STREET, AreaKind.QUASI_STREET),
        ("340302001001", Level.COMMUNITY, AreaKind.RESIDENTS_COMMITTEE),
        ("340302006202", Level.COMMUNITY, AreaKind.VILLAGERS_COMMITTEE),
        ("110105020400", Level.COMMUNITY, AreaKind.QUASI_COMMUNITY),
        ("340311402498", Level.COMMUNITY, AreaKind.VIRTUAL_COMMUNITY),
        ("340302200500", Level.COMMUNITY, AreaKind.LIVING_AREA),
        ("220821403598", Level.COMMUNITY, AreaKind.VIRTUAL_LIVING_AREA),
    ],
)
def test_level_and_kind(text: str, level: Level, kind: AreaKind) -> None:
    assert (AreaCode(text).level, AreaCode(text).kind) == (level, kind)


def test_a_village_and_a_community_of_one_name_differ_by_code() -> None:
    assert AreaCode("340302006004").kind is AreaKind.RESIDENTS_COMMITTEE
    assert AreaCode("340302006202").kind is AreaKind.VILLAGERS_COMMITTEE


def test_parents_up_to_the_province() -> None:
    above = [str(code) for code in AreaCode("340302001001").ancestors]
    assert above == ["340302001000", "340302000000", "340300000000", "340000000000"]
    assert AreaCode("340000000000").parent is None


def test_a_city_without_counties_has_streets_directly() -> None:
    street = AreaCode("441900003000")
    assert street.level is Level.STREET
    assert street.parent == AreaCode("441900000000")
    with pytest.raises(InvalidCode):
        street.at_level(Level.COUNTY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "34030200100",
        "3403020010011",
        "34030200100a",
        " 340302001001",
        "340302001001\n",
        "３４０３０２００１００１",
        "000000000000",
        "000302001001",
        "340002001001",
        "340302000001",
        "340302600000",
        "340302600001",
        "340302001600",
        "340302001999",
    ],
)
def test_what_breaks_the_rules_is_refused(text: str) -> None:
    with pytest.raises(InvalidCode):
        AreaCode(text)


def test_a_number_is_not_a_code() -> None:
    with pytest.raises(InvalidCode):
        AreaCode(340302001001)  # type: ignore[arg-type]


@given(communities)
def test_every_parent_is_one_level_up_and_contains_its_child(code: AreaCode) -> None:
    for child, parent in zip((code, *code.ancestors), code.ancestors, strict=False):
        assert parent.level == child.level - 1
        assert parent.contains(code)
        assert not child.contains(parent)
    assert code.at_level(Level.COUNTY).text == code.text[:6] + "000000"
