"""The people of the matrix's world: one thing of each kind that concerns them, all of community 1."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.handover.tables import GridMove, Handover
from gridsvc.infra.db import new_id
from gridsvc.people.care_tables import CareClass, CarePairing, CareSubject
from gridsvc.people.tables import Leave, Post, Station, Supervision, TeamMember, TeamRole
from tests.fixtures.small_net import COMMUNITY_1, FOUNDED, SmallNet

CLASS = "matrix_class"


def put_care(session: Session, net: SmallNet) -> dict[str, str]:
    """Somebody to be visited, paired with worker A."""
    session.add(CareClass(code=CLASS, name_zh="示例", name_en="Example", sensitive=False))
    session.flush()
    subject = CareSubject(
        id=new_id(),
        number="M-1",
        class_code=CLASS,
        name="示例",
        community_code=COMMUNITY_1,
        door_id=net.doors["A0"],
        registered=Range(FOUNDED, None),
        synthetic=True,
    )
    session.add(subject)
    session.flush()
    pairing = CarePairing(id=new_id(), worker_id=net.workers["A"], subject_id=subject.id, valid=Range(FOUNDED, None))
    session.add(pairing)
    return {"subject": str(subject.id), "pairing": str(pairing.id), "care_class": CLASS}


def put_leave(session: Session, net: SmallNet) -> dict[str, str]:
    """A leave that worker A has asked for."""
    begins = datetime.now(UTC) + timedelta(days=30)
    leave = Leave(
        id=new_id(),
        request_id=new_id(),
        worker_id=net.workers["A"],
        reason="示例",
        state="requested",
        valid=Range(begins, begins + timedelta(days=2)),
    )
    session.add(leave)
    return {"leave": str(leave.request_id)}


def put_handover(session: Session, net: SmallNet) -> dict[str, str]:
    """Work that worker A hands over to B, work that B has confirmed to A, and a change of many grids."""
    made = {"handover": new_id(), "given_handover": new_id()}
    for name, handover_id in made.items():
        given = name == "given_handover"
        session.add(
            Handover(
                id=handover_id,
                kind="transfer",
                state="given" if given else "open",
                from_worker_id=net.workers["B" if given else "A"],
                to_worker_id=net.workers["A" if given else "B"],
                community_code=COMMUNITY_1,
                is_whole=False,
                reason="示例",
                effective_at=FOUNDED,
                opened_by="matrix",
                opened_at=FOUNDED,
                given_at=FOUNDED if given else None,
                given_by="matrix" if given else None,
            )
        )
    move = GridMove(
        id=new_id(),
        from_worker_id=net.workers["A"],
        to_worker_id=net.workers["B"],
        community_code=COMMUNITY_1,
        grid_ids=[net.grids["A"]],
        reason="示例",
        effective_at=FOUNDED,
        state="previewed",
        account_id=new_id(),
        asked_by="matrix",
        asked_at=FOUNDED,
    )
    session.add(move)
    names = {name: str(each) for name, each in made.items()}
    return names | {"grid_move": str(move.id), "colleague": str(net.workers["B"])}


def put_station(session: Session, net: SmallNet) -> dict[str, str]:
    """A station with a post and a record of supervision, and somebody in the team of grid A."""
    station = Station(id=new_id(), code="matrix-station", name="示例", area_code=COMMUNITY_1, opened_at=FOUNDED)
    session.add(station)
    session.flush()
    session.add(Post(id=new_id(), number="matrix-post", community_code=COMMUNITY_1, station_id=station.id))
    held = Supervision(
        id=new_id(),
        station_id=station.id,
        supervisor="示例",
        held=Range(FOUNDED, FOUNDED + timedelta(hours=2)),
        recorded_by="matrix",
    )
    role = session.query(TeamRole).order_by(TeamRole.place).first()
    assert role is not None
    member = TeamMember(id=new_id(), grid_id=net.grids["A"], role_key=role.key, name="示例", valid=Range(FOUNDED, None))
    session.add_all([held, member])
    return {
        "station": station.code,
        "post": "matrix-post",
        "supervision": str(held.id),
        "member": str(member.id),
        "team_role": role.key,
        "worker_number": "W-A",
    }
