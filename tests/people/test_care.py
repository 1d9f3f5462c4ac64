"""People to be visited: who sees whom, and every step on record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Conflict, Forbidden, InvalidInput, NotFound, Stale
from gridsvc.core.revisions import Expected
from gridsvc.people import care
from gridsvc.people.care import SubjectDraft
from gridsvc.people.queries.care import CareFilter
from tests.fixtures.small_net import CLERK, COMMUNITY_1, COMMUNITY_2, SmallNet, lay_small_net, middle

NOW = datetime.now(UTC)
HERE = Scope(community_codes=frozenset({COMMUNITY_1}))
CARER = replace(
    CLERK,
    roles=frozenset({"supervisor"}),
    permissions=frozenset({"care.read", "care.read_sensitive", "care.edit", "personal.unmask"}),
    scope=HERE,
)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def draft(number: str = "1", **more: str | None) -> SubjectDraft:
    values = {"class_code": "elderly_alone", "name": "张示例", "community_code": COMMUNITY_1, "door_code": "A1"}
    return SubjectDraft(number=number, **(values | more))  # type: ignore[arg-type]


def numbers(session: Session, actor: Actor, **wanted: object) -> list[str]:
    asked = CareFilter(**wanted)  # type: ignore[arg-type]
    return [row.number for row in care.subjects(session, actor, asked, at=NOW, now=NOW)]


def worker(net: SmallNet, letter: str, *grids: str) -> Actor:
    scope = Scope(grid_ids=frozenset(net.grids[grid] for grid in grids), worker_id=net.workers[letter])
    return replace(CLERK, roles=frozenset({"worker"}), permissions=frozenset({"care.read"}), scope=scope)


def test_a_subject_lies_in_the_grid_of_its_door(session: Session, net: SmallNet) -> None:
    made = care.register(session, CARER, draft(), now=NOW)
    row = care.subject(session, CARER, made, at=NOW, now=NOW)
    assert (row.grid_code[-3:], row.door_code, row.address, row.is_paired) == ("001", "A1", "No. 1", False)
    assert numbers(session, CARER, grid_id=net.grids["A"], community_code=COMMUNITY_1) == ["1"]
    assert numbers(session, CARER, grid_id=net.grids["B"], community_code=COMMUNITY_1) == []
    assert numbers(session, CARER, class_code="disabled") == []


@pytest.mark.usefixtures("net")
def test_without_a_door_a_place_can_be_given(session: Session) -> None:
    x, y = middle("B")
    made = care.register(session, CARER, replace(draft(door_code=None), point=(x, y)), now=NOW)
    row = care.subject(session, CARER, made, at=NOW, now=NOW)
    assert (row.x, row.y, row.grid_code[-3:]) == (x, y, "002")


@pytest.mark.usefixtures("net")
def test_a_subject_elsewhere_is_not_seen_and_cannot_be_made(session: Session) -> None:
    everywhere = replace(CARER, scope=Scope(city_wide=True))
    made = care.register(session, everywhere, draft(community_code=COMMUNITY_2, door_code="C1"), now=NOW)
    assert numbers(session, everywhere) == ["1"]
    assert numbers(session, CARER) == []
    for act in (
        lambda: care.subject(session, CARER, made, at=NOW, now=NOW),
        lambda: care.unmask(session, CARER, made, "a good reason", now=NOW),
        lambda: care.amend(session, CARER, made, {"name": "李示例"}, expected=Expected(anything=True), now=NOW),
        lambda: care.pair(session, CARER, made, "W-A", now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(InvalidInput) as refused:
        care.register(session, CARER, draft(community_code=COMMUNITY_2, door_code="C1"), now=NOW)
    assert refused.value.faults[0].place == "body.community_code"


def test_a_worker_sees_the_subjects_of_the_own_grids(session: Session, net: SmallNet) -> None:
    care.register(session, CARER, draft("1", door_code="A1"), now=NOW)
    care.register(session, CARER, draft("2", door_code="B1"), now=NOW)
    care.register(session, CARER, draft("3", door_code=None), now=NOW)
    assert numbers(session, worker(net, "A", "A")) == ["1"]
    assert numbers(session, worker(net, "A", "A", "B")) == ["1", "2"]


def test_a_sensitive_class_is_seen_by_pairing_and_not_by_area(session: Session, net: SmallNet) -> None:
    made = care.register(session, CARER, draft(class_code="community_correction"), now=NOW)
    nearby, paired = worker(net, "A", "A", "B"), worker(net, "C", "C")
    assert numbers(session, CARER) == ["1"]
    assert numbers(session, replace(CARER, permissions=frozenset({"care.read"}))) == []
    assert numbers(session, nearby) == numbers(session, paired) == []
    everywhere = replace(CARER, scope=Scope(city_wide=True))
    care.pair(session, everywhere, made, "W-C", now=NOW)
    assert numbers(session, nearby) == []
    assert numbers(session, paired) == ["1"]
    assert care.subject(session, paired, made, at=NOW, now=NOW).is_paired


def test_a_pairing_that_has_ended_shows_nothing_any_more(session: Session, net: SmallNet) -> None:
    made = care.register(session, CARER, draft(class_code="released"), now=NOW - timedelta(days=9))
    pairing = care.pair(session, CARER, made, "W-A", now=NOW - timedelta(days=2))
    with pytest.raises(Conflict):
        care.pair(session, CARER, made, "W-A", now=NOW - timedelta(days=1))
    care.end_pairing(session, CARER, made, pairing, now=NOW - timedelta(hours=1))
    assert numbers(session, worker(net, "A", "A")) == []
    with pytest.raises(NotFound):
        care.end_pairing(session, CARER, made, pairing, now=NOW)


@pytest.mark.usefixtures("net")
def test_unmasking_needs_the_right_and_a_reason_and_is_on_record(session: Session) -> None:
    made = care.register(session, CARER, draft(phone="13800000001"), now=NOW)
    with pytest.raises(Forbidden):
        care.unmask(session, replace(CARER, permissions=frozenset({"care.read"})), made, "a good reason", now=NOW)
    with pytest.raises(Forbidden):
        care.unmask(session, replace(CARER, permissions=frozenset({"personal.unmask"})), made, "a good reason", now=NOW)
    with pytest.raises(InvalidInput):
        care.unmask(session, CARER, made, " x ", now=NOW)
    assert care.unmask(session, CARER, made, "moved to hospital", now=NOW).phone == "13800000001"
    (row,) = session.execute(text("SELECT * FROM audit WHERE action = 'care.unmask'"))
    assert (row.reason, row.object_id) == ("moved to hospital", str(made))


@pytest.mark.usefixtures("net")
def test_the_audit_never_holds_a_value(session: Session) -> None:
    made = care.register(session, CARER, draft(phone="13800000001", id_number="340302199001011234"), now=NOW)
    care.amend(session, CARER, made, {"name": "李示例", "phone": None}, expected=Expected(frozenset({1})), now=NOW)
    care.pair(session, CARER, made, "W-A", now=NOW)
    kept = " ".join(session.scalars(text("SELECT audit::text FROM audit")))
    assert "care.change" in kept
    assert not [value for value in ("张示例", "李示例", "13800000001", "340302199001011234") if value in kept]


@pytest.mark.usefixtures("net")
def test_a_change_is_made_on_the_revision_one_has_read(session: Session) -> None:
    made = care.register(session, CARER, draft(), now=NOW)
    care.amend(session, CARER, made, {"door_code": "B2"}, expected=Expected(frozenset({1})), now=NOW)
    row = care.subject(session, CARER, made, at=NOW, now=NOW)
    assert (row.door_code, row.grid_code[-3:], row.revision) == ("B2", "002", 2)
    with pytest.raises(Stale):
        care.amend(session, CARER, made, {"name": "李示例"}, expected=Expected(frozenset({1})), now=NOW)


def test_who_is_no_longer_registered_is_not_listed(session: Session, net: SmallNet) -> None:
    began = NOW - timedelta(days=9)
    made = care.register(session, CARER, draft(), now=began)
    care.pair(session, CARER, made, "W-A", now=began)
    until = {"registered_until": NOW - timedelta(days=1)}
    care.amend(session, CARER, made, until, expected=Expected(anything=True), now=NOW)
    assert numbers(session, CARER) == []
    assert numbers(session, worker(net, "A")) == []


@pytest.mark.usefixtures("net")
@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"class_code": "unheard_of"}, "body.class_code"),
        ({"door_code": "Z9"}, "body.door_code"),
        ({"door_code": "C1"}, "body.door_code"),
        ({"name": " "}, "body.name"),
        ({"name": "x" * 101}, "body.name"),
        ({"phone": "\0"}, "body.phone"),
    ],
)
def test_a_bad_field_is_named(session: Session, wrong: dict[str, str], place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        care.register(session, CARER, draft(**wrong), now=NOW)
    assert [fault.place for fault in refused.value.faults] == [place]


@pytest.mark.usefixtures("net")
def test_a_number_is_given_once_in_a_community(session: Session) -> None:
    care.register(session, CARER, draft("7"), now=NOW)
    with pytest.raises(Conflict):
        care.register(session, CARER, draft("7"), now=NOW)
    everywhere = replace(CARER, scope=Scope(city_wide=True))
    care.register(session, everywhere, draft("7", community_code=COMMUNITY_2, door_code="C0"), now=NOW)
    assert numbers(session, everywhere) == ["7", "7"]
