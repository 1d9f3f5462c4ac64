"""The health report shows every place where the net is no coverage, and says so in figures."""

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.health import check_net
from tests.core.pictures import draw
from tests.fixtures.towns import EFFECTIVE, community_code, found_town, gridded_town
from tests.geography.test_blocks_doors_lines import BLOCKS


def test_a_net_as_published_is_healthy(session: Session) -> None:
    gridded_town(session, "AABB/AABB", "abcd/abcd")
    report = check_net(session, at=EFFECTIVE)
    assert report.is_healthy
    assert report.summary["grids"] == 4
    assert report.feature_collection()["features"] == []


def test_villages_without_grids_are_listed_not_held_against_the_net(session: Session) -> None:
    found_town(session)
    report = check_net(session, at=EFFECTIVE)
    assert report.is_healthy
    assert report.communities_without_grids == (community_code(1), community_code(2))


def test_damage_behind_our_back_becomes_features(session: Session) -> None:
    gridded_town(session, "AABB/AABB", "abcd/abcd")
    smaller = shapely.to_wkt(draw("b.../....")["b"])
    session.execute(
        text("UPDATE grid_version SET geom = ST_Multi(ST_GeomFromText(:wkt, 4326)) WHERE code = '340302001001002'"),
        {"wkt": smaller},
    )
    report = check_net(session, at=EFFECTIVE)
    assert not report.is_healthy
    collection = report.feature_collection()
    kinds = {feature["properties"]["kind"] for feature in collection["features"]}
    assert {"gap", "overlap"} <= kinds
    assert all(feature["geometry"] for feature in collection["features"])
    gap = next(feature for feature in collection["features"] if feature["properties"]["kind"] == "gap")
    assert gap["properties"]["size_m2"] > 10_000
    assert collection["summary"]["faults"] == report.faults > 0


def test_blocks_are_checked_as_advice(session: Session) -> None:
    gridded_town(session, "AABB/AABB", "abcd/abcd")
    register_blocks(session, BLOCKS)
    report = check_net(session, at=EFFECTIVE, with_blocks=True)
    assert report.is_healthy
    session.execute(text("DELETE FROM block WHERE code = 'B2'"))
    lacking = check_net(session, at=EFFECTIVE, with_blocks=True)
    assert lacking.is_healthy
    assert "gap" in {finding.kind.value for finding in lacking.block_findings}
