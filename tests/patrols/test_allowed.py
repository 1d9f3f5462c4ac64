"""What a city switches off is held by the service: left out of what comes in, and no visit is lost by it."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import policy
from gridsvc.access.identity import operator
from gridsvc.infra.files import FileStore
from gridsvc.patrols.allowed import NotDoneHere
from gridsvc.patrols.logged import IncidentDraft, RegisterDraft
from gridsvc.patrols.photos import store_photo
from gridsvc.people.contact import heard_from
from tests.fixtures.small_net import CLERK, CODES, SmallNet, lay_small_net, middle
from tests.patrols.test_photos import jpeg
from tests.patrols.test_visits import at_point, record, visit

NOW = datetime.now(UTC)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def switch(session: Session, key: str, *, is_on: bool) -> None:
    policy.switch(session, operator("chief"), key, is_on=is_on, reason="示例", now=NOW)


def stored(session: Session, visit_id: UUID) -> tuple[object, ...]:
    asked = text("SELECT point IS NULL, raw_x IS NULL, raw_crs IS NULL, accuracy_m IS NULL FROM visit WHERE id = :id")
    return tuple(session.execute(asked, {"id": visit_id}).one())


def test_a_position_is_stored_where_the_city_lets_it_be_added(session: Session, net: SmallNet) -> None:
    made = record(session, net, at_point("A", accuracy_m=12.0))
    assert stored(session, made.id) == (False, False, False, False)


def test_where_it_does_not_the_position_says_the_grid_and_is_forgotten(session: Session, net: SmallNet) -> None:
    switch(session, "position", is_on=False)
    sent = at_point("D", accuracy_m=12.0)
    made = record(session, net, sent)
    assert (made.grid_code, made.flags) == (CODES["D"], ())
    assert stored(session, made.id) == (True, True, True, True)
    assert record(session, net, sent).repeated, "sent again it is the same visit"
    switch(session, "position", is_on=True)
    assert stored(session, record(session, net, at_point("D")).id)[0] is False


def test_an_incident_found_then_is_where_the_door_is(session: Session, net: SmallNet) -> None:
    switch(session, "position", is_on=False)
    x, y = middle("A")
    sent = visit(door_code="A0", x=x, y=y, crs="EPSG:4326", incident=IncidentDraft("dirty_road"))
    made = record(session, net, sent)
    assert made.incident_id is not None
    assert stored(session, made.id)[0] is True


def test_the_place_of_a_door_that_is_missing_is_kept_for_it_is_the_doors(session: Session, net: SmallNet) -> None:
    switch(session, "position", is_on=False)
    made = record(session, net, at_point("A", register=RegisterDraft("missing", address="示例路9号（合成）")))
    assert made.register_id is not None
    assert stored(session, made.id)[0] is False


def test_where_photos_are_not_taken_none_is_stored_and_visits_go_without(
    session: Session, net: SmallNet, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    before = store_photo(session, files, jpeg("blue"), now=NOW, actor=CLERK)
    switch(session, "photo", is_on=False)
    with pytest.raises(NotDoneHere):
        store_photo(session, files, jpeg("red"), now=NOW, actor=CLERK)
    made = record(session, net, visit(photos=(before.hash,)))
    assert session.scalar(text("SELECT count(*) FROM visit_photo WHERE visit_id = :id"), {"id": made.id}) == 0
    assert session.scalar(text("SELECT count(*) FROM photo")) == 1


def test_what_looks_odd_is_always_kept_and_marked_for_a_person(session: Session, net: SmallNet) -> None:
    x, y = middle("D")
    made = record(session, net, visit(door_code="A0", x=x, y=y, crs="EPSG:4326"))
    assert "far_from_place" in made.flags
    assert session.scalar(text("SELECT void_at IS NULL FROM visit WHERE id = :id"), {"id": made.id})


def test_only_the_last_contact_of_a_phone_is_kept_and_nothing_is_added_up(session: Session, net: SmallNet) -> None:
    for _ in range(3):
        heard_from(session, net.workers["A"], datetime.now(UTC))
    assert session.scalar(text("SELECT count(*) FROM device_contact")) == 1
    columns = session.scalars(
        text("SELECT column_name FROM information_schema.columns WHERE table_name = 'device_contact'")
    )
    assert set(columns) == {"worker_id", "heard_at"}
