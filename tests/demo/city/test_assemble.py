"""Names of areas are made from the names of their committees."""

import pytest

from gridsvc.demo.city.assemble import area_name
from gridsvc.demo.city.boundaries import Unit


@pytest.mark.parametrize(
    ("official", "kind", "name"),
    [
        ("东风社区居委会", "community", "东风社区"),
        ("天御华府居民委员会", "community", "天御华府社区"),
        ("月明社区居委会(筹备组）", "community", "月明社区"),
        ("虎山院社区居委会（筹备组））", "community", "虎山院社区"),
        ("幸福村社区居委会", "community", "幸福村社区"),
        ("幸福村村民委员会", "village", "幸福村"),
        ("卢小庙村民委员会", "village", "卢小庙村"),
    ],
)
def test_the_committee_is_dropped_from_the_name(official: str, kind: str, name: str) -> None:
    assert area_name(Unit("340302001001", official, 5, kind, "340302001000")) == name


def test_streets_keep_their_name() -> None:
    assert area_name(Unit("340302001000", "东风街道", 4, "subdistrict", "340302000000")) == "东风街道"
