"""Grids are published as an exact coverage, numbered as one reads a page; a code is never given twice."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import shapely
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.errors import (
    CodesExhausted,
    CodeTaken,
    Conflict,
    InvalidCode,
    InvalidInput,
    NetHasFaults,
    UnknownCommunity,
)
from gridsvc.geography import nets
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.nets import CommunityHasGrids, GridDraft, PublishedNet, VersionTooEarly, publish_grids
from gridsvc.geography.queries import nets as net_queries
from gridsvc.infra.db import unit_of_work
from tests.core.pictures import corner, draw, move_vertex
from tests.fixtures.towns import EFFECTIVE, community_code, found_town, grid_drafts, gridded_town
from tests.geography.test_blocks_doors_lines import BLOCKS


def publish(session: Session, drafts: list[GridDraft], **options: Any) -> PublishedNet:
    return publish_grids(session, drafts, effective_at=EFFECTIVE, by="test", **options)


def test_grids_are_numbered_west_to_east_then_north_to_south(session: Session) -> None:
    found_town(session, "AAA/AAA")
    drafts = [GridDraft(shape) for shape in draw("abc/def").values()]
    published = publish(session, [*reversed(drafts)])
    assert list(published.codes) == [f"340302001001{number:03d}" for number in (6, 5, 4, 3, 2, 1)]
    names = session.execute(text("SELECT name FROM grid_version ORDER BY code")).scalars().all()
    assert names[:2] == ["第一网格", "第二网格"]


def test_each_community_has_its_own_numbers(session: Session) -> None:
    town = gridded_town(session)
    assert town.net is not None
    assert town.net.codes == ("340302001001001", "340302001001002", "340302001002001", "340302001002002")
    assert town.net.number == 1


def test_counts_are_summed_from_the_blocks_inside(session: Session) -> None:
    found_town(session)
    register_blocks(session, BLOCKS)
    publish(session, grid_drafts("aabc/aabc"))
    counts = session.execute(text("SELECT counts FROM grid_version ORDER BY code")).scalars().all()
    assert counts == [
        {"households": 30, "organisations": 2},
        {"households": 30, "organisations": 1},
        {"households": 40, "organisations": 1},
    ]


def test_areas_are_in_square_metres(session: Session) -> None:
    gridded_town(session)
    ours = session.execute(text("SELECT area_m2, ST_Area(geom::geography) FROM grid_version LIMIT 1")).one()
    assert ours[0] == pytest.approx(ours[1], rel=1e-3)


@pytest.mark.parametrize(
    ("grids", "kind"),
    [
        ({"a": "aab./aab.", "b": ""}, "gap"),
        ({"a": "aaab/aaab", "b": "..bb/..bb"}, "overlap"),
    ],
)
def test_a_net_with_gaps_or_overlaps_is_refused_with_the_place(
    session: Session, grids: dict[str, str], kind: str
) -> None:
    found_town(session, "AAAA/AAAA")
    shapes = [draw(grids["a"])["a"], draw(grids["b"])["b"] if grids["b"] else draw(grids["a"])["b"]]
    with pytest.raises(NetHasFaults) as error:
        publish(session, [GridDraft(shape) for shape in shapes])
    found = [fault for fault in error.value.faults if fault.code == kind]
    assert found
    assert found[0].geometry is not None
    assert "m²" in found[0].message
    assert session.execute(text("SELECT count(*) FROM net_version")).scalar_one() == 0


def test_a_border_that_does_not_match_is_refused(session: Session) -> None:
    found_town(session, "AA/AA/AA")
    shapes = draw("ab/ab/ab")
    moved = move_vertex(shapes["a"], corner(1, 1), corner(1.001, 1))
    with pytest.raises(NetHasFaults) as error:
        publish(session, [GridDraft(moved), GridDraft(shapes["b"])])
    assert {fault.code for fault in error.value.faults} <= {"unmatched_border", "overlap"}


def test_a_grid_that_leaves_its_community_is_refused(session: Session) -> None:
    found_town(session)
    drafts = [GridDraft(shape, community_code=community_code(1)) for shape in draw("aabb/aabb").values()]
    with pytest.raises(NetHasFaults) as error:
        publish(session, drafts)
    assert "outside_community" in {fault.code for fault in error.value.faults}


def test_broken_features_are_told_by_number(session: Session) -> None:
    found_town(session)
    bow = shapely.Polygon([corner(0, 0), corner(1, 1), corner(1, 0), corner(0, 1)])
    with pytest.raises(InvalidInput) as error:
        publish(session, [*grid_drafts("a"), GridDraft(bow), GridDraft(None, kind="odd", counts={"households": -1})])
    assert {(fault.place, fault.code) for fault in error.value.faults} == {
        ("feature 2", "invalid_geometry"),
        ("feature 3", "missing"),
        ("feature 3", "unknown_kind"),
        ("feature 3", "invalid_count"),
    }
    with pytest.raises(InvalidInput, match="no grids"):
        publish(session, [])


def test_an_unknown_community_is_refused(session: Session) -> None:
    found_town(session)
    with pytest.raises(UnknownCommunity, match="340302001099"):
        publish(session, grid_drafts("a", "340302001099"))
    with pytest.raises(UnknownCommunity, match="lies in no registered community"):
        publish(session, [GridDraft(shapely.box(110, 30, 110.1, 30.1))])


def test_before_the_communities_exist_they_are_unknown(session: Session) -> None:
    found_town(session)
    with pytest.raises(UnknownCommunity):
        publish_grids(session, grid_drafts("aabb/aabb"), effective_at=EFFECTIVE - timedelta(days=999), by="test")


def test_a_community_without_outline_cannot_be_divided(session: Session) -> None:
    found_town(session, "AA/AA", outlines=False)
    with pytest.raises(UnknownCommunity, match="no outline"):
        publish(session, grid_drafts("aa/aa", community_code(1)))


def test_a_community_that_has_grids_is_changed_by_plans_only(session: Session) -> None:
    gridded_town(session)
    with pytest.raises(CommunityHasGrids):
        publish_grids(session, grid_drafts("aabb/aabb"), effective_at=EFFECTIVE + timedelta(days=1), by="test")


def test_versions_are_numbered_in_the_order_of_their_effect(session: Session) -> None:
    found_town(session)
    publish(session, grid_drafts("ab../ab.."))
    rest = [GridDraft(shape) for shape in draw("..cd/..cd").values()]
    with pytest.raises(VersionTooEarly):
        publish(session, rest)
    second = publish_grids(session, rest, effective_at=EFFECTIVE + timedelta(seconds=1), by="test")
    assert second.number == 2


def test_without_a_moment_the_net_takes_effect_behind_the_gate(session: Session) -> None:
    found_town(session)
    net = publish_grids(session, grid_drafts("aabb/aabb"), effective_at=None, by="test")
    row = session.execute(text("SELECT effective_at, published_at FROM net_version")).one()
    assert row.effective_at == row.published_at == net.effective_at


def give_code(session: Session, code: str, sequence: int | None, scheme: str = "standard15") -> None:
    """A code that some grid had long ago; the grid is gone, the code stays given."""
    session.execute(
        text(
            "WITH n AS (INSERT INTO net (id, key, name) VALUES (gen_random_uuid(), 'old', '旧') RETURNING id), "
            "g AS (INSERT INTO grid (id, net_id) SELECT gen_random_uuid(), id FROM n RETURNING id) "
            "INSERT INTO grid_code (scheme, code, grid_id, community_code, sequence) "
            "SELECT :scheme, :code, id, :community, :sequence FROM g"
        ),
        {"scheme": scheme, "code": code, "community": community_code(1), "sequence": sequence},
    )


def test_the_highest_number_ever_given_is_never_given_again(session: Session) -> None:
    found_town(session)
    give_code(session, "340302001001041", 41)
    assert publish(session, grid_drafts("ab../ab..")).codes == ("340302001001042", "340302001001043")


def test_codes_that_come_with_the_file_are_checked(session: Session) -> None:
    found_town(session)
    give_code(session, "340302001001041", 41)
    a, b = draw("ab../ab..").values()
    with pytest.raises(CodeTaken):
        publish(session, [GridDraft(a, code="340302001001041"), GridDraft(b)])
    with pytest.raises(InvalidCode, match="begin with its community"):
        publish(session, [GridDraft(a, code="340302001002001"), GridDraft(b)])
    with pytest.raises(InvalidCode, match="stands at feature 1"):
        publish(session, [GridDraft(a, code="340302001001042"), GridDraft(b, code="340302001001042")])
    with pytest.raises(InvalidCode, match="no code scheme"):
        publish(session, [GridDraft(a), GridDraft(b)], scheme="unheard")
    mixed = publish(session, [GridDraft(a), GridDraft(b, code="340302001001050")])
    assert mixed.codes == ("340302001001051", "340302001001050")


def test_local_codes_are_any_text_but_given_by_people(session: Session) -> None:
    found_town(session)
    a, b = draw("ab../ab..").values()
    with pytest.raises(InvalidCode, match="given by people"):
        publish(session, [GridDraft(a), GridDraft(b)], scheme="local")
    named = [GridDraft(a, code="龙湖-甲"), GridDraft(b, code="龙湖-乙", name="乙格")]
    assert publish(session, named, scheme="local").codes == ("龙湖-甲", "龙湖-乙")
    assert session.execute(text("SELECT name FROM grid_version ORDER BY name")).scalars().all() == ["乙格", "龙湖-甲"]


def test_past_999_the_community_has_no_numbers_left(session: Session) -> None:
    found_town(session)
    give_code(session, "340302001001998", 998)
    with pytest.raises(CodesExhausted, match="999"):
        publish(session, grid_drafts("ab../ab.."))


def raced(engine: Engine, pictures: tuple[str, str]) -> list[object]:
    """Two connections publish at once, from a barrier on; what each of them got."""
    barrier, outcomes = threading.Barrier(2, timeout=30), list[object]([None, None])

    def run(place: int) -> None:
        barrier.wait()
        try:
            with unit_of_work(engine) as session:
                outcomes[place] = publish_grids(session, grid_drafts(pictures[place]), effective_at=None, by="race")
        except Exception as error:  # the outcome is judged by the test
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def prepared(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE grid_version DISABLE TRIGGER grid_version_main_without_gap"))
    with unit_of_work(engine) as session:
        found_town(session)
        net_queries.ensure_net(session, "base", "base")  # making it would be a lock of its own


def given_codes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT code FROM grid_code ORDER BY code")).scalars())


def test_of_two_who_divide_one_community_at_once_one_is_refused(fresh_engine: Engine) -> None:
    prepared(fresh_engine)
    outcomes = raced(fresh_engine, ("ab../ab..", "aabb/aabb"))
    assert sum(isinstance(outcome, PublishedNet) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, CommunityHasGrids) for outcome in outcomes) == 1


def test_two_who_divide_two_communities_at_once_both_succeed(fresh_engine: Engine) -> None:
    prepared(fresh_engine)
    outcomes = raced(fresh_engine, ("ab../ab..", "..cd/..cd"))
    assert sorted(outcome.number for outcome in outcomes if isinstance(outcome, PublishedNet)) == [1, 2]
    assert len(given_codes(fresh_engine)) == 4


def test_without_the_lock_the_race_is_lost(fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both read the same highest number, and only the database's own constraints stop one."""
    prepared(fresh_engine)
    met = threading.Barrier(2, timeout=30)
    measured = nets._measured
    monkeypatch.setattr(net_queries, "lock_net", lambda session, net: None)

    def wait_for_the_other(*args: Any) -> Any:
        made = measured(*args)
        met.wait()
        return made

    monkeypatch.setattr(nets, "_measured", wait_for_the_other)
    outcomes = raced(fresh_engine, ("ab../ab..", "aabb/aabb"))
    refused = [outcome for outcome in outcomes if not isinstance(outcome, PublishedNet)]
    assert not any(isinstance(outcome, CommunityHasGrids) for outcome in outcomes)
    assert len(refused) == 1
    assert type(refused[0]) is Conflict  # from the primary key of the codes, by luck of having one
