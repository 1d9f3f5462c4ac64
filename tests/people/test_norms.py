"""Staffing norms on figures that were published, and on a small net: each breach says its numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.identity import operator
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Conflict, InvalidInput
from gridsvc.people.catalogue import NORM_PROFILES
from gridsvc.people.norm_rules import KINDS, NEEDED, AreaFacts, Facts, Finding, StationFacts, WorkerFacts, apply
from gridsvc.people.norms import add_version, evaluate, last_whole_month, rule_faults
from gridsvc.people.staffing import PostDraft, register_posts
from gridsvc.people.stations import (
    StationDraft,
    SupervisionDraft,
    found_station,
    open_station,
    record_supervision,
    void_supervision,
)
from tests.fixtures.ground import COMMUNITY, SINCE
from tests.people.team import DAY, NOW, OTHER_COMMUNITY, PLANNER, SUPERVISOR, Team, actor_of, lay_team

CHIEF = operator("chief")
CITY_TIME = "Asia/Shanghai"
STREET = "340302001000"
BENGBU = AreaFacts("340300000000", "蚌埠市", 2, quota=2744, filled=2600, grids=2461)


def rules_of(key: str) -> dict[str, dict[str, Any]]:
    return {rule["kind"]: rule for profile in NORM_PROFILES if profile.key == key for rule in profile.rules}


def test_bengbu_has_more_posts_than_grids() -> None:
    rule = {"kind": "posts_per_grid", "min": 1.0, "levels": [2]}
    [found] = apply(rule, Facts(areas=[BENGBU]))
    assert found.measured == pytest.approx(1.115, abs=1e-3)
    assert not found.is_breach
    [strict] = apply(rule | {"min": 1.2}, Facts(areas=[BENGBU]))
    assert strict.sentence("zh-CN") == "蚌埠市有网格 2,461 个、岗位 2,744 个，平均每格 1.115 个，低于标准 1.2 个。"
    assert strict.sentence("en") == "蚌埠市 has 2,744 posts for 2,461 grids, 1.115 a grid; 1.2 are asked."
    [filled] = apply(rule | {"measure": "filled", "min": 1.1}, Facts(areas=[BENGBU]))
    assert filled.is_breach


@pytest.mark.parametrize(("people", "is_breach"), [(3, True), (4, False), (8, False), (9, True)])
def test_the_plan_asks_for_four_to_eight_people_a_station(people: int, is_breach: bool) -> None:
    station = StationFacts("S1", "示例镇社工站", "441802100000", filled={"service": people})
    [found] = apply(rules_of("double_hundred_plan")["posts_per_station"], Facts(stations=[station]))
    assert found.is_breach is is_breach


def test_a_town_with_fifteen_villages_needs_seventeen_posts_by_the_project() -> None:
    rule = rules_of("double_hundred_project")["station_posts_by_village"]
    units = {"villagers_committee": 15}
    enough = StationFacts("S1", "示例镇社工站", "441802100000", {"clerical": 2, "service": 15}, units=units)
    [found] = apply(rule, Facts(stations=[enough]))
    assert (found.least, found.measured, found.is_breach) == (17, 17, False)
    lopsided = StationFacts("S1", "示例镇社工站", "441802100000", {"clerical": 6, "service": 12}, units=units)
    [found] = apply(rule, Facts(stations=[lopsided]))
    assert (found.least, found.measured, found.is_breach) == (17, 14, True)
    assert "应有岗位 17 个（文职 2、服务 15）" in found.sentence("zh-CN")
    [plan] = apply(rules_of("double_hundred_plan")["posts_per_station"], Facts(stations=[enough]))
    assert plan.is_breach, "the project's seventeen are more than the plan's four to eight"


def test_of_1611_stations_407_exist() -> None:
    province = AreaFacts("440000000000", "广东省", 1, stations_planned=1611, stations_open=407)
    [found] = apply({"kind": "stations_open", "min": 1.0, "levels": [1]}, Facts(areas=[province]))
    assert found.is_breach
    assert found.sentence("zh-CN") == "广东省规划站点 1,611 个，已建成 407 个（25.3%），还缺 1,204 个。"


def test_nothing_to_divide_by_measures_nothing() -> None:
    empty = AreaFacts("340302001001", "一社区", 5)
    for rule in ({"kind": "posts_per_grid", "min": 1}, {"kind": "stations_open", "min": 1}):
        [found] = apply(rule, Facts(areas=[empty]))
        assert (found.measured, found.is_breach, found.sentence("en")) == (None, False, "")
    lonely = StationFacts("S1", "站", "441802100000")
    [found] = apply(rules_of("double_hundred_project")["station_posts_by_village"], Facts(stations=[lonely]))
    assert (found.measured, found.is_breach) == (None, False)


def test_the_workload_is_bounded_on_both_sides() -> None:
    rule = {"kind": "households_per_worker", "min": 100, "max": 1000}
    loads = [(None, False), (99, True), (100, False), (1000, False), (1001, True)]
    for households, is_breach in loads:
        worker = WorkerFacts("W1", "示例", "340302001001", ("340302001001001",), households)
        [found] = apply(rule, Facts(workers=[worker]))
        assert found.is_breach is is_breach
    assert apply(rule, Facts(workers=[WorkerFacts("W1", "示例", "340302001001")])) == []


def test_every_kind_of_rule_has_its_numbers_and_its_sentences() -> None:
    assert KINDS.keys() == NEEDED.keys()
    for profile in NORM_PROFILES:
        assert [fault for rule in profile.rules for fault in rule_faults(rule, "rule")] == []


def test_the_month_that_counts_is_the_last_one_that_is_over() -> None:
    at = datetime(2026, 10, 31, 17, tzinfo=UTC)  # already November in Bengbu
    since, until = last_whole_month(at, CITY_TIME)
    assert (since.isoformat(), until.isoformat()) == ("2026-10-01T00:00:00+08:00", "2026-11-01T00:00:00+08:00")


@pytest.fixture
def team(session: Session) -> Team:
    team = lay_team(session)
    areas: list[tuple[str, int, str, str, str | None]] = [
        (STREET, 4, "一街道", "street", None),
        (COMMUNITY, 5, "一社区", "residents_committee", STREET),
        (OTHER_COMMUNITY, 5, "二村", "villagers_committee", STREET),
    ]
    for code, level, name, kind, parent in areas:
        session.execute(
            text(
                "INSERT INTO area (id, code, level, name, kind, parent_code, pilot, synthetic, valid) "
                "VALUES (gen_random_uuid(), :code, :level, :name, :kind, :parent, false, true, tstzrange(:at, NULL))"
            ),
            {"code": code, "level": level, "name": name, "kind": kind, "parent": parent, "at": SINCE},
        )
    register_posts(session, [PostDraft("P1", COMMUNITY, "A", since=SINCE)])
    found_station(session, PLANNER, StationDraft("S1", "一街道社工站", STREET, opened_at=SINCE))
    found_station(session, PLANNER, StationDraft("S2", "待建站", STREET))
    stated = [
        PostDraft("P2", STREET, "D", "clerical", "S1", SINCE),
        PostDraft("P3", STREET, None, "service", "S1", SINCE),
    ]
    register_posts(session, stated)
    return team


def breaches(session: Session, kind: str, at: datetime = NOW, **more: Any) -> list[Finding]:
    made = evaluate(session, more.pop("actor", PLANNER), at=at, timezone=CITY_TIME, **more)
    return [finding for evaluation in made for finding in evaluation.breaches if finding.kind == kind]


def test_a_community_with_fewer_posts_than_grids_shows_its_grids(session: Session, team: Team) -> None:
    [found] = breaches(session, "posts_per_grid")
    assert (found.area_code, found.measured) == (COMMUNITY, 0.5)
    assert found.grid_codes == (f"{COMMUNITY}001", f"{COMMUNITY}002")
    assert breaches(session, "posts_per_grid", SINCE - DAY) == []


def test_a_station_is_measured_by_its_posts_and_the_villages_around_it(session: Session, team: Team) -> None:
    [found] = breaches(session, "station_posts_by_village")
    assert (found.station_code, found.least, found.measured) == ("S1", 4, 2)
    assert [one.measured for one in breaches(session, "posts_per_station")] == [1]


def test_hours_of_supervision_are_counted_from_the_records(session: Session, team: Team) -> None:
    october = datetime(2026, 10, 1, tzinfo=UTC) - timedelta(hours=8)
    [found] = breaches(session, "supervision_hours")
    assert (found.measured, found.least) == (0, 12)
    ids = []
    for day, hours in ((0, 4), (10, 5), (20, 4)):
        began = october + day * DAY
        draft = SupervisionDraft("S1", "示例督导", began, began + timedelta(hours=hours))
        ids.append(record_supervision(session, SUPERVISOR, draft, now=NOW))
    assert breaches(session, "supervision_hours") == []
    with pytest.raises(Conflict):
        record_supervision(session, SUPERVISOR, SupervisionDraft("S1", "示例督导", october, october + DAY), now=NOW)
    void_supervision(session, SUPERVISOR, ids[0], reason="登记有误", now=NOW)
    [found] = breaches(session, "supervision_hours")
    assert found.sentence("zh-CN") == "一街道社工站在 2026-10 督导 9 小时，不足 12 小时。"


def test_hours_beyond_the_month_do_not_count(session: Session, team: Team) -> None:
    month = datetime(2026, 11, 1, tzinfo=UTC) - timedelta(hours=8)
    draft = SupervisionDraft("S1", "示例督导", month - timedelta(hours=3), month + timedelta(hours=9))
    record_supervision(session, SUPERVISOR, draft, now=NOW)
    assert [found.measured for found in breaches(session, "supervision_hours")] == [3]


@pytest.mark.parametrize(("hours", "length"), [(1, 2), (-30, 25), (-1, -1)])
def test_supervision_is_noted_after_it_was_held_and_within_a_day(
    session: Session, team: Team, hours: int, length: int
) -> None:
    began = NOW + timedelta(hours=hours)
    draft = SupervisionDraft("S1", "示例督导", began, began + timedelta(hours=length))
    with pytest.raises(InvalidInput):
        record_supervision(session, SUPERVISOR, draft, now=NOW)


def test_a_station_that_was_closed_is_measured_no_more(session: Session, team: Team) -> None:
    open_station(session, PLANNER, "S1", closed_at=NOW - DAY)
    assert breaches(session, "posts_per_station") == []
    assert len(breaches(session, "posts_per_station", NOW - 2 * DAY)) == 1


def test_every_worker_claims_a_second_function(session: Session, team: Team) -> None:
    assert [found.worker_number for found in breaches(session, "second_function")] == list("ABCDE")
    here = actor_of("planner", Scope(community_codes=frozenset({OTHER_COMMUNITY})))
    assert [found.worker_number for found in breaches(session, "second_function", actor=here)] == ["E"]
    inside = breaches(session, "second_function", area_code=COMMUNITY)
    assert [found.worker_number for found in inside] == list("ABCD")


def test_a_new_version_of_a_profile_holds_from_its_day_on(session: Session, team: Team) -> None:
    rules = [{"kind": "posts_per_grid", "min": 0.5, "levels": [5]}]
    made = add_version(
        session, CHIEF, key="grids", names=("网格员配备", "Staffing"), basis="试行", rules=rules, since=NOW, now=NOW
    )
    assert made.version == 2
    session.expire_all()
    assert len(breaches(session, "posts_per_grid", NOW - DAY)) == 1
    assert breaches(session, "posts_per_grid", NOW) == []
    with pytest.raises(Conflict):
        add_version(session, CHIEF, key="grids", names=("甲", "A"), basis="试行", rules=rules, since=NOW, now=NOW)


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({}, "body.rules.0.kind"),
        ({"kind": "beauty", "min": 1}, "body.rules.0.kind"),
        ({"kind": "posts_per_grid"}, "body.rules.0.min"),
        ({"kind": "posts_per_grid", "min": "one"}, "body.rules.0.min"),
        ({"kind": "posts_per_grid", "min": True}, "body.rules.0.min"),
        ({"kind": "posts_per_station", "min": 8, "max": 4}, "body.rules.0.max"),
        ({"kind": "posts_per_grid", "min": 1, "levels": [9]}, "body.rules.0.levels"),
        ({"kind": "posts_per_grid", "min": 1, "levels": 5}, "body.rules.0.levels"),
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused(session: Session, rule: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidInput) as error:
        add_version(session, CHIEF, key="own", names=("甲", "A"), basis="试行", rules=[rule], since=NOW, now=NOW)
    assert [fault.place for fault in error.value.faults] == [place]
