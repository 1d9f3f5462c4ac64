"""Areas stand in a tree by their codes, once, and communities get the rings that later redraws snap to."""

from datetime import timedelta
from itertools import pairwise

import pytest
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict, InvalidInput
from gridsvc.core.metric import length_m
from gridsvc.geography.areas import AreaDraft, register_areas
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import as_shapes, from_wkb
from tests.core.pictures import draw
from tests.fixtures.towns import CITY, DISTRICT, FOUNDED, STREET, community_code, found_town

SHAPE = draw("AA/AA")["A"]
CHAIN = [AreaDraft(CITY, "市", SHAPE), AreaDraft(DISTRICT, "区", SHAPE), AreaDraft(STREET, "街道", SHAPE)]


def codes_of(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in error.value.faults]


def test_level_kind_and_parent_follow_from_the_code(session: Session) -> None:
    found_town(session)
    rows = session.execute(text("SELECT code, level, kind, parent_code FROM area ORDER BY code")).all()
    assert [tuple(row) for row in rows][:4] == [
        (CITY, 2, "city", None),
        (DISTRICT, 3, "county", CITY),
        (STREET, 4, "street", DISTRICT),
        (community_code(1), 5, "residents_committee", STREET),
    ]


def test_every_area_gets_its_place_in_the_management_tree(session: Session) -> None:
    found_town(session)
    row = session.execute(text("SELECT parent_code, area_code FROM management_node WHERE code = :c"), {"c": STREET})
    assert tuple(row.one()) == (DISTRICT, STREET)


def test_rings_of_communities_have_no_long_edge(session: Session) -> None:
    found_town(session)
    shapes = from_wkb([row.wkb for row in registers.community_shapes(session, FOUNDED)])
    for ring in shapely.get_rings(shapely.get_parts(shapes)):
        edges = [shapely.LineString(pair) for pair in pairwise(shapely.get_coordinates(ring))]
        assert length_m(as_shapes(edges), "EPSG:4548").max() <= 10


def test_neighbours_share_every_vertex(session: Session) -> None:
    found_town(session, "AAB/ACC")
    shapes = from_wkb([row.wkb for row in registers.community_shapes(session, FOUNDED)])
    assert shapely.coverage_is_valid(shapes)


def test_the_same_again_adds_nothing(session: Session) -> None:
    assert register_areas(session, CHAIN, valid_from=FOUNDED) == 3
    assert register_areas(session, CHAIN, valid_from=FOUNDED + timedelta(days=3)) == 0


@pytest.mark.parametrize(
    "other",
    [AreaDraft(STREET, "别名街道", SHAPE), AreaDraft(STREET, "街道", draw("A")["A"]), AreaDraft(STREET, "街道", None)],
)
def test_an_area_with_other_data_is_refused(session: Session, other: AreaDraft) -> None:
    register_areas(session, CHAIN, valid_from=FOUNDED)
    with pytest.raises(Conflict, match="with other data"):
        register_areas(session, [other], valid_from=FOUNDED)


def test_a_community_with_another_outline_is_refused_as_a_change_of_the_community(session: Session) -> None:
    register_areas(session, [*CHAIN, AreaDraft(community_code(1), "示例社区", SHAPE)], valid_from=FOUNDED)
    moved = AreaDraft(community_code(1), "示例社区", draw("A")["A"])
    with pytest.raises(Conflict) as refused:
        register_areas(session, [moved], valid_from=FOUNDED)
    assert [fault.code for fault in refused.value.faults] == ["community_change"]


def test_all_faults_are_told_at_once_and_nothing_is_stored(session: Session) -> None:
    bow = shapely.Polygon([(117.38, 32.92), (117.39, 32.93), (117.39, 32.92), (117.38, 32.93)])
    drafts = [
        *CHAIN,
        AreaDraft("34030200", "短", SHAPE),
        AreaDraft(STREET, "重复街道", SHAPE),
        AreaDraft("340302001001", "", SHAPE),
        AreaDraft("340302999001", "越界", None),
        AreaDraft("340302002001", "孤儿", None),
        AreaDraft("340302001002", "蝴蝶", bow),
        AreaDraft("340302001003", "点", shapely.Point(117, 33)),
        AreaDraft("340302001004", "反轴", shapely.box(32.92, 117.38, 32.93, 117.39)),
        AreaDraft("340302001005", "怪", SHAPE, kind="kingdom"),
    ]
    with pytest.raises(InvalidInput) as error:
        register_areas(session, drafts, valid_from=FOUNDED)
    assert set(codes_of(error)) == {
        ("feature 4", "invalid_code"),
        ("feature 5", "duplicate_code"),
        ("feature 6", "missing"),
        ("feature 7", "invalid_code"),
        ("feature 8", "unknown_parent"),
        ("feature 9", "invalid_geometry"),
        ("feature 10", "invalid_geometry"),
        ("feature 11", "invalid_coordinate"),
        ("feature 12", "unknown_kind"),
    }
    places = {fault.place: fault.geometry for fault in error.value.faults}
    assert places["feature 9"] == {"type": "Point", "coordinates": [117.385, 32.925]}
    assert session.execute(text("SELECT count(*) FROM area")).scalar_one() == 0


def test_a_community_may_have_no_outline(session: Session) -> None:
    register_areas(session, [*CHAIN, AreaDraft("340302001001", "无图社区", None)], valid_from=FOUNDED)
    assert registers.community_shapes(session, FOUNDED)[0].wkb is None


def test_only_a_thousand_faults_are_listed_and_all_are_counted(session: Session) -> None:
    with pytest.raises(InvalidInput) as error:
        register_areas(session, [AreaDraft("x", "名", None)] * 1500, valid_from=FOUNDED)
    assert len(error.value.faults) == 1000
    assert error.value.details["total_faults"] == 1500 + 1499
