"""Single things are found: a grid and its past, its doors within one's jurisdiction, areas and grids by text."""

from typing import Any

from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.geography.areas import AreaDraft, register_areas
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.doors import DoorBatch, register_doors
from gridsvc.geography.nets import publish_grids
from gridsvc.geography.queries import lookups
from tests.core.pictures import corner
from tests.fixtures.towns import (
    CITY,
    DISTRICT,
    EFFECTIVE,
    FOUNDED,
    STREET,
    community_code,
    found_town,
    grid_drafts,
    gridded_town,
)
from tests.geography.test_blocks_doors_lines import BLOCKS


def town_with_doors(session: Session) -> Any:
    found_town(session)
    register_blocks(session, BLOCKS)
    publish_grids(session, grid_drafts("abcd/abcd"), effective_at=EFFECTIVE, by="test")
    x, y = corner(0.5, 1)
    addresses = [f"合成路{number}号" for number in range(1, 8)]
    register_doors(
        session, DoorBatch([f"D{n}" for n in range(7)], addresses, [x] * 7, [y] * 7), registered_from=FOUNDED
    )
    card = lookups.grid_card(session, "340302001001001", EFFECTIVE)
    assert card is not None
    return card


def test_the_card_of_a_grid(session: Session) -> None:
    card = town_with_doors(session)
    assert (card.name, card.doors, card.community_name, card.district_code) == ("第一网格", 7, "合成A社区", DISTRICT)
    assert card.counts["households"] == 10
    assert (card.valid_from, card.valid_to, card.pilot) == (EFFECTIVE, None, False)
    assert card.west < corner(0.5, 1)[0] < card.east
    history = lookups.grid_history(session, card.grid_id)
    assert [(row.code, row.net_number) for row in history] == [("340302001001001", 1)]
    assert lookups.grid_card(session, "340302001001001", FOUNDED) is None
    assert [row.code for row in lookups.grids_by_id(session, [card.grid_id], EFFECTIVE)] == ["340302001001001"]


def test_doors_come_page_by_page_and_within_the_jurisdiction(session: Session) -> None:
    card = town_with_doors(session)
    first = lookups.doors_of_grid(session, WHOLE_CITY, card.grid_version_id, at=EFFECTIVE, limit=4)
    second = lookups.doors_of_grid(session, WHOLE_CITY, card.grid_version_id, at=EFFECTIVE, after="D3", limit=4)
    assert [row.code for row in [*first, *second]] == [f"D{n}" for n in range(7)]
    found = lookups.doors_of_grid(session, WHOLE_CITY, card.grid_version_id, at=EFFECTIVE, q="路3")
    assert [row.address for row in found] == ["合成路3号"]
    assert not lookups.doors_of_grid(session, WHOLE_CITY, card.grid_version_id, at=EFFECTIVE, q="%")
    for scope, seen in (
        (Scope(), 0),
        (Scope(community_codes=frozenset({community_code(2)})), 0),
        (Scope(community_codes=frozenset({community_code(1)})), 7),
        (Scope(grid_ids=frozenset({card.grid_id})), 7),
    ):
        assert len(lookups.doors_of_grid(session, scope, card.grid_version_id, at=EFFECTIVE)) == seen


def test_search_by_code_and_by_name(session: Session) -> None:
    gridded_town(session)
    by_code = lookups.search(session, "340302001001", EFFECTIVE)
    assert [(row.kind, row.code) for row in by_code] == [
        ("area", community_code(1)),
        ("grid", "340302001001001"),
        ("grid", "340302001001002"),
    ]
    assert by_code[0].grid_codes == ["340302001001001", "340302001001002"]
    assert by_code[0].detail == "合成街道"
    assert [row.code for row in lookups.search(session, "B社区第二", EFFECTIVE)] == ["340302001002002"]
    assert lookups.search(session, "%", EFFECTIVE) == []
    assert len(lookups.search(session, "合成", EFFECTIVE, limit=3)) == 3


def test_areas_without_outline_are_named_once_at_their_top(session: Session) -> None:
    gridded_town(session)
    zone = [
        AreaDraft("340371000000", "开发区", None),
        AreaDraft("340371001000", "区内街道", None),
        AreaDraft("340302001099", "无图社区", None),
    ]
    register_areas(session, zone, valid_from=FOUNDED)
    assert [row.code for row in lookups.areas_without_outline(session, EFFECTIVE)] == ["340302001099", "340371000000"]


def test_counts(session: Session) -> None:
    town_with_doors(session)
    row = lookups.ground_counts(session, EFFECTIVE)
    assert (row.grids, row.communities_with_grids, row.communities, row.blocks, row.doors) == (4, 2, 2, 4, 7)
    assert row.areas == len({CITY, DISTRICT, STREET}) + 2
