"""Personal data goes when its time is over, nothing goes before, and the audit keeps the proof."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access.retention import PERIODS, forget_in_time
from gridsvc.infra.db import new_id, unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.patrols.tables import Photo, Visit, VisitPhoto
from gridsvc.people.care_tables import CareSubject
from gridsvc.people.tables import TeamMember
from tests.fixtures.small_net import COMMUNITY_1, FOUNDED, SmallNet, lay_small_net

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = Settings(
    database_url=None, position_kept_days=180, photo_kept_days=730, reporter_kept_days=365, former_kept_days=365
)


@pytest.fixture
def net(fresh_engine: Engine) -> SmallNet:
    """The small net with one thing on each side of each period."""
    with unit_of_work(fresh_engine) as session:
        made = lay_small_net(session)
        session.execute(text("UPDATE worker SET phone = '000-0000-0001'"))
        for days, letter in ((800, "A"), (181, "A"), (179, "B")):
            a_visit(session, made, letter, NOW - days * DAY)
        for days in (366, 364):
            closed_incident(session, NOW - days * DAY)
            gone_subject(session, f"S-{days}", NOW - days * DAY)
            gone_member(session, made, NOW - days * DAY)
        for days, letter in ((366, "A"), (364, "B")):
            values = {"at": NOW - days * DAY, "id": made.workers[letter]}
            session.execute(text("UPDATE worker SET left_at = :at WHERE id = :id"), values)
    return made


def a_visit(session: Session, net: SmallNet, letter: str, at: datetime) -> UUID:
    visit = Visit(
        id=new_id(), client_id=new_id(), worker_id=net.workers[letter], kind="care_visit", grid_id=net.grids[letter],
        door_id=net.doors[f"{letter}0"], raw_x=117.4, raw_y=32.9, raw_crs="EPSG:4326", accuracy_m=9.0,
        occurred_at=at, received_at=at, result="done", synthetic=True,
    )  # fmt: skip
    photo = Photo(
        hash=str(visit.id), source_hash="-", size_bytes=1, width_px=1, height_px=1, account_id=new_id(), stored_at=at
    )
    session.add_all([visit, photo])
    session.flush()
    session.add(VisitPhoto(visit_id=visit.id, photo_hash=photo.hash))
    return visit.id


def closed_incident(session: Session, at: datetime) -> None:
    session.execute(
        text(
            "INSERT INTO incident (id, client_id, channel, category, placement, occurred_at, received_at, closed_at, "
            "reporter_name, reporter_phone, synthetic) VALUES (gen_random_uuid(), gen_random_uuid(), 'phone', 'noise', "
            "'unlocated', :at, :at, :at, '示例', '000', true)"
        ),
        {"at": at},
    )


def gone_subject(session: Session, number: str, until: datetime) -> None:
    session.add(
        CareSubject(
            id=new_id(), number=number, class_code="elderly_alone", name="示例", phone="000", id_number="000",
            community_code=COMMUNITY_1, registered=Range(FOUNDED - 900 * DAY, until), synthetic=True,
        )
    )  # fmt: skip


def gone_member(session: Session, net: SmallNet, until: datetime) -> None:
    role = session.scalar(text("SELECT key FROM team_role LIMIT 1"))
    session.add(
        TeamMember(
            id=new_id(), grid_id=net.grids["A"], role_key=str(role), name="示例", phone="000", synthetic=True,
            valid=Range(FOUNDED - 900 * DAY, until),
        )
    )  # fmt: skip


def left(engine: Engine, asked: str) -> int:
    with unit_of_work(engine) as session:
        return int(session.scalar(text(asked)) or 0)


def test_each_kind_goes_when_its_time_is_over_and_not_before(fresh_engine: Engine, net: SmallNet) -> None:
    counts = forget_in_time(fresh_engine, SETTINGS, now=NOW, bite=1)
    assert counts == {"positions": 2, "photos": 1, "reporters": 1, "people_visited": 1, "workers": 1, "team": 1}
    assert left(fresh_engine, "SELECT count(*) FROM visit WHERE raw_x IS NOT NULL") == 1
    assert left(fresh_engine, "SELECT count(*) FROM visit_photo") == 2
    assert left(fresh_engine, "SELECT count(*) FROM incident WHERE reporter_name IS NOT NULL") == 1
    assert left(fresh_engine, "SELECT count(*) FROM care_subject WHERE id_number IS NOT NULL AND name <> '-'") == 1
    assert left(fresh_engine, "SELECT count(*) FROM worker WHERE phone IS NULL AND number = 'W-A'") == 1


def test_figures_stay_as_they_were(fresh_engine: Engine, net: SmallNet) -> None:
    before = left(fresh_engine, "SELECT count(*) FROM door_day")
    forget_in_time(fresh_engine, SETTINGS, now=NOW)
    assert left(fresh_engine, "SELECT count(*) FROM door_day") == before
    assert left(fresh_engine, "SELECT count(*) FROM visit WHERE grid_id IS NOT NULL") == 3


def test_every_run_leaves_its_proof_also_when_there_was_nothing(fresh_engine: Engine, net: SmallNet) -> None:
    forget_in_time(fresh_engine, SETTINGS, now=NOW)
    forget_in_time(fresh_engine, SETTINGS, now=NOW)
    with unit_of_work(fresh_engine) as session:
        rows = session.scalars(text("SELECT detail FROM audit WHERE action = 'retention.run' ORDER BY id")).all()
    first, second = rows
    assert first["forgotten"]["positions"] == 2
    assert set(second["forgotten"].values()) == {0}
    assert second["kept_days"]["positions"] == 180
    assert set(second["forgotten"]) == set(PERIODS)
