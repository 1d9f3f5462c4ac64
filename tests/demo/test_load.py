"""The small demo city as it is loaded: it obeys the rules of the service and shows every state a real city has."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.demo.staff import POSTS_PER_GRID
from gridsvc.patrols.coverage import patrol_status
from gridsvc.people.answer import who_answers

CYCLE_DAYS, DUE_SOON = 30.0, 0.75


def one(engine: Engine, sql: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(sql)).scalar_one())


def test_the_city_has_its_grids_posts_and_doors(demo_engine: Engine) -> None:
    grids = one(demo_engine, "SELECT count(*) FROM grid_version")
    assert grids == 120
    assert one(demo_engine, "SELECT count(*) FROM post") == round(grids * POSTS_PER_GRID)
    assert one(demo_engine, "SELECT count(*) FROM post WHERE id NOT IN (SELECT post_id FROM post_holding)") > 0
    counted = one(demo_engine, "SELECT sum((counts->>'doors')::int) FROM grid_version")
    assert one(demo_engine, "SELECT count(*) FROM door") == counted


def test_every_door_lies_in_its_block(demo_engine: Engine) -> None:
    doors = "SELECT count(*) FROM door JOIN block ON block.id = door.block_id"
    assert one(demo_engine, f"{doors} WHERE NOT ST_Covers(block.geom, door.point)") == 0


def test_villages_and_zones_are_there_without_grids(demo_engine: Engine) -> None:
    villages = "SELECT code FROM area WHERE kind = 'villagers_committee'"
    assert one(demo_engine, f"SELECT count(*) FROM ({villages}) village") == 2
    assert one(demo_engine, f"SELECT count(*) FROM grid_version WHERE community_code IN ({villages})") == 0
    assert one(demo_engine, "SELECT count(*) FROM area WHERE level = 3 AND geom IS NULL") == 2


def test_every_state_of_staffing_occurs(demo_engine: Engine) -> None:
    with Session(demo_engine) as session:
        answers = who_answers(session, datetime.now(UTC))
    assert len(answers) == 120
    assert {answer.staffing for answer in answers.values()} == {
        "main_backup",
        "main_only",
        "covered",
        "uncovered",
        "vacant",
    }
    assert {answer.role for answer in answers.values()} >= {"main", "backup", "cover", None}


def test_some_workers_hold_several_grids_and_some_none(demo_engine: Engine) -> None:
    held = "SELECT worker_id, count(*) AS grids FROM responsibility WHERE role = 'main' GROUP BY worker_id"
    assert one(demo_engine, f"SELECT count(*) FROM ({held}) held WHERE worker_id IS NOT NULL AND grids > 1") > 0
    assert one(demo_engine, "SELECT count(*) FROM worker WHERE id NOT IN (SELECT worker_id FROM responsibility "
               "WHERE worker_id IS NOT NULL)") > 0  # fmt: skip


def test_every_patrol_status_occurs_and_most_grids_are_on_time(demo_engine: Engine) -> None:
    with Session(demo_engine) as session:
        status = patrol_status(session, datetime.now(UTC), cycle_days=CYCLE_DAYS, due_soon_share=DUE_SOON)
    kinds = [grid.status for grid in status.values()]
    assert set(kinds) == {"on_time", "due_soon", "overdue", "never", "unknown"}
    assert kinds.count("on_time") > len(kinds) / 2


def test_reports_come_by_every_channel_and_datum_and_wait_in_every_queue(demo_engine: Engine) -> None:
    with demo_engine.connect() as connection:
        found = connection.execute(text("SELECT placement, count(*) FROM incident GROUP BY 1")).all()
        placements = {row[0]: row[1] for row in found}
        datums = set(connection.execute(text("SELECT DISTINCT raw_crs FROM incident")).scalars())
        channels = set(connection.execute(text("SELECT DISTINCT channel FROM incident")).scalars())
    assert set(placements) == {"routed", "outside", "unlocated"}
    assert datums == {None, "EPSG:4326", "EPSG:4490", "EPSG:4548", "GCJ-02", "BD-09"}
    assert len(channels) == 7
    assert sum(placements.values()) > 5000
    assert one(demo_engine, "SELECT count(*) FROM routing WHERE distance_to_border_m = 0") > 0


def test_a_year_of_reports_lies_inside_the_life_of_the_net(demo_engine: Engine) -> None:
    outside = "SELECT count(*) FROM incident WHERE received_at < (SELECT min(effective_at) FROM net_version)"
    assert one(demo_engine, outside) == 0
    with demo_engine.connect() as connection:
        first, last = connection.execute(text("SELECT min(received_at), max(received_at) FROM incident")).one()
    assert timedelta(days=350) < last - first < timedelta(days=366)
    assert last <= datetime.now(UTC)


def test_a_small_share_of_the_reports_is_still_open(demo_engine: Engine) -> None:
    still_open = one(demo_engine, "SELECT count(*) FROM incident WHERE closed_at IS NULL")
    assert 0.004 < still_open / one(demo_engine, "SELECT count(*) FROM incident") < 0.03


def test_a_visit_counts_for_the_grid_its_worker_was_given_it_for(demo_engine: Engine) -> None:
    assert one(demo_engine, "SELECT count(*) FROM visit") > 12_000
    strangers = one(
        demo_engine,
        """
        SELECT count(*) FROM visit WHERE NOT EXISTS (
            SELECT FROM responsibility held WHERE held.grid_id = visit.grid_id AND held.worker_id = visit.worker_id
        ) AND NOT EXISTS (SELECT FROM leave WHERE leave.cover_worker_id = visit.worker_id)
        """,
    )
    assert strangers == 0


def test_persons_are_synthetic_and_say_so(demo_engine: Engine) -> None:
    assert one(demo_engine, "SELECT count(*) FROM worker WHERE NOT synthetic OR name NOT LIKE '%示例%'") == 0
    assert one(demo_engine, "SELECT count(*) FROM worker WHERE phone NOT LIKE '000-%'") == 0
    for table in ("block", "door", "line"):
        assert one(demo_engine, f"SELECT count(*) FROM {table} WHERE NOT synthetic") == 0
    before_any_login = "received_at < (SELECT coalesce(min(created_at), now()) FROM session_token)"
    for table in ("incident", "visit"):  # other tests report some of their own, once they have logged in
        assert one(demo_engine, f"SELECT count(*) FROM {table} WHERE NOT synthetic AND {before_any_login}") == 0
