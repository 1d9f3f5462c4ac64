"""The world of the authorization matrix: the small net, one thing of each kind in its community 1, and who looks at it.

Whoever adds an operation on a thing that has an address adds the thing to `THINGS`: a function that puts one into
community 1 (grid A, worker A) and returns the names under which rows of `expectations.py` speak of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor, token_hash
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.access.roles import ROLE_CODES
from gridsvc.access.tables import Account, Delegation, Grant, ManagementNode, SessionToken
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import new_id
from gridsvc.patrols.duty_tables import DutyPause, Patrol, PatrolRoute
from gridsvc.patrols.tables import RegisterCorrection, Visit
from gridsvc.people.tables import Responsibility, Worker
from gridsvc.plans.drafts import open_plan
from tests.api.matrix_people import put_care, put_handover, put_leave, put_station
from tests.fixtures.small_net import (
    CITY_NODE,
    CODES,
    COMMUNITY_1,
    COMMUNITY_2,
    DISTRICT,
    FOUNDED,
    SmallNet,
    grow_tree,
    lay_small_net,
    middle,
)

# Where an actor's jurisdiction lies as seen from it: the thing is in one's own, in that of a sibling, in a child's
# (one's own is above it), in the parent's (one's own is a part of it that does not hold the thing).
# Beside these four, one holds each role over the whole city; a worker is responsible for grids and for no node.
RELATIONS = ("own", "sibling", "child", "parent", "city")
BELOW = "below-community-1"
NODE_OF_RELATION = {"own": COMMUNITY_1, "sibling": COMMUNITY_2, "child": DISTRICT, "parent": BELOW, "city": CITY_NODE}
WORKER = "worker"
# Who holds each role over the sibling's part may see the whole city by this one, which allows next to nothing.
ELSEWHERE = "auditor"


@dataclass(frozen=True)
class Principal:
    """Somebody who asks: a role and where it is held, or a reason why nobody is known behind the token.

    `also` is a second role, held over the whole city.
    """

    role: str | None
    relation: str
    token: str | None
    also: str | None = None

    @property
    def sees(self) -> bool:
        """Whether community 1 lies in their jurisdiction."""
        return self.relation in ("own", "child", "city")

    def __str__(self) -> str:
        return f"{self.role or 'stranger'}/{self.relation}" + (f" and {self.also}/city" if self.also else "")


@dataclass(frozen=True)
class World:
    """Who asks, and what rows of the table may speak of."""

    principals: tuple[Principal, ...]
    things: Mapping[str, str]


def build_world(session: Session) -> World:
    """Put everything in; the caller commits."""
    net = lay_small_net(session)
    _add_nodes(session)
    things: dict[str, str] = {}
    for put in THINGS:
        things |= put(session, net)
    held = [(role, relation) for role in ROLE_CODES for relation in RELATIONS if (role, relation) != (WORKER, "city")]
    known = [_principal(session, net, role, relation) for role, relation in held]
    mixed = [_mixed(session, role) for role in ROLE_CODES if role not in (WORKER, ELSEWHERE)]
    strangers = [Principal(None, "anonymous", None), _disabled(session), _expired(session)]
    session.flush()
    return World((*known, *mixed, *strangers), things)


def _add_nodes(session: Session) -> None:
    grow_tree(session)
    session.add(ManagementNode(code=BELOW, name="a part without communities", parent_code=COMMUNITY_1, area_code=None))
    session.flush()


def _principal(session: Session, net: SmallNet, role: str, relation: str) -> Principal:
    account = _account(session, f"{role}-{relation}")
    node = None if role == WORKER else NODE_OF_RELATION[relation]
    session.add(Grant(account_id=account, role_code=role, node_code=node, valid=Range(FOUNDED, None)))
    if role == WORKER:
        _make_worker(session, net, account, relation)
    return Principal(role, relation, _log_in(session, account))


def _mixed(session: Session, role: str) -> Principal:
    """Somebody whose two roles reach differently far."""
    account = _account(session, f"{role}-sibling-{ELSEWHERE}")
    for held, relation in ((role, "sibling"), (ELSEWHERE, "city")):
        node = NODE_OF_RELATION[relation]
        session.add(Grant(account_id=account, role_code=held, node_code=node, valid=Range(FOUNDED, None)))
    return Principal(role, "sibling", _log_in(session, account), also=ELSEWHERE)


def _make_worker(session: Session, net: SmallNet, account: UUID, relation: str) -> None:
    """A worker's jurisdiction is what they answer for: grid A, grid C, grid A as backup, or nothing."""
    held = {"own": "A", "sibling": "C"}.get(relation)
    if held:
        session.execute(update(Worker).where(Worker.id == net.workers[held]).values(account_id=account))
        return
    worker = Worker(id=new_id(), number=f"W-{relation}", name=relation, community_code=COMMUNITY_1, account_id=account)
    session.add(worker)
    session.flush()
    if relation == "child":
        session.add(
            Responsibility(
                grid_id=net.grids["A"],
                worker_id=worker.id,
                role="backup",
                valid=Range(FOUNDED, None),
                recorded=Range(FOUNDED, None),
            )
        )


def _disabled(session: Session) -> Principal:
    account = _account(session, "disabled", disabled_at=FOUNDED)
    session.add(Grant(account_id=account, role_code="administrator", node_code=DISTRICT, valid=Range(FOUNDED, None)))
    return Principal(None, "disabled", _log_in(session, account))


def _expired(session: Session) -> Principal:
    account = _account(session, "expired")
    session.add(Grant(account_id=account, role_code="administrator", node_code=DISTRICT, valid=Range(FOUNDED, None)))
    return Principal(None, "expired", _log_in(session, account, lives_h=-1))


def _account(session: Session, name: str, disabled_at: datetime | None = None) -> UUID:
    account = Account(
        id=new_id(),
        username=name,
        display_name=name,
        password_hash="none opens it",
        disabled_at=disabled_at,
        node_code=COMMUNITY_1,
    )
    session.add(account)
    session.flush()
    return account.id


def _log_in(session: Session, account: UUID, lives_h: float = 1) -> str:
    """A login without a password: its token."""
    now, token = datetime.now(UTC), f"matrix-{uuid4()}"
    session.add(
        SessionToken(
            token_hash=token_hash(token),
            account_id=account,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=lives_h),
        )
    )
    return token


def _put_net(_: Session, net: SmallNet) -> dict[str, str]:
    return {
        "grid": CODES["A"],
        "grid_id": str(net.grids["A"]),
        "net_version": str(net.net_version_id),
        "community": COMMUNITY_1,
        "node": COMMUNITY_1,
        "door": str(net.doors["A0"]),
        "worker": str(net.workers["A"]),
    }


def _put_incident(session: Session, _: SmallNet) -> dict[str, str]:
    x, y = middle("A")
    report = Report(
        client_id=new_id(), channel="phone", category="dirty_road", x=x, y=y, crs="EPSG:4326", synthetic=True
    )
    return {"incident": str(take_in(session, report, actor=CITY).id)}


def _put_account(session: Session, _: SmallNet) -> dict[str, str]:
    account = _account(session, "looked-after")
    grant = Grant(
        id=new_id(), account_id=account, role_code="handler", node_code=COMMUNITY_1, valid=Range(FOUNDED, None)
    )
    session.add(grant)
    return {"account": str(account), "grant": str(grant.id)}


def _put_delegation(session: Session, _: SmallNet) -> dict[str, str]:
    office = "office-of-community-1"
    session.add(ManagementNode(code=office, name="an office", parent_code=COMMUNITY_1, area_code=None))
    session.flush()
    made = Delegation(id=new_id(), node_code=office, parent_code=COMMUNITY_1, valid=Range(FOUNDED, None))
    session.add(made)
    return {"office": office, "delegation": str(made.id)}


CITY = Actor(
    account_id=UUID(int=1),
    username="city",
    display_name="City",
    roles=frozenset({"dispatcher"}),
    permissions=frozenset({"incidents.create", "incidents.read"}),
    scope=WHOLE_CITY,
)


def _put_patrols(session: Session, net: SmallNet) -> dict[str, str]:
    """A flagged visit with a correction of the register, a pause, a planned round and one under way, all in grid A."""
    now = datetime.now(UTC)
    grid, worker, made = net.grids["A"], net.workers["A"], {name: new_id() for name in PATROL_THINGS}
    common = {"grid_id": grid, "kind": "care_visit"}
    session.add(
        Visit(
            id=made["visit"], client_id=new_id(), worker_id=worker, net_version_id=net.net_version_id,
            occurred_at=now, received_at=now, result="done", flags=["far_from_place"], synthetic=True, **common,
        )
    )  # fmt: skip
    session.flush()
    session.add(
        RegisterCorrection(
            id=made["register_correction"], visit_id=made["visit"], kind="gone", door_id=net.doors["A3"],
            grid_id=grid, community_code=COMMUNITY_1, reported_at=now,
        )
    )  # fmt: skip
    session.add(
        DutyPause(
            id=made["duty_pause"], grid_id=grid, reason="test", valid=Range(FOUNDED, None), entered_by="test",
            entered_at=now,
        )
    )  # fmt: skip
    session.add(PatrolRoute(id=made["patrol_route"], name="round", stops=[], **common))
    session.flush()
    session.add(
        Patrol(
            id=made["patrol"], client_id=new_id(), route_id=made["patrol_route"], route_revision=1, name="round",
            worker_id=worker, started_at=now, received_at=now, **common,
        )
    )  # fmt: skip
    session.flush()
    return {name: str(value) for name, value in made.items()}


def _put_plan(session: Session, net: SmallNet) -> dict[str, str]:
    """A draft over community 1, drawn as its grids are."""
    planner = Actor(_account(session, "draws"), "draws", "draws", frozenset(), frozenset({"plans.edit"}), WHOLE_CITY)
    plan = open_plan(session, planner, title="示例", reason="示例", communities=[COMMUNITY_1])
    return {"plan": str(plan.id)}


PATROL_THINGS = ("visit", "register_correction", "duty_pause", "patrol_route", "patrol")

THINGS: list[Callable[[Session, SmallNet], dict[str, str]]] = [
    _put_net,
    _put_incident,
    _put_account,
    put_care,
    put_leave,
    put_station,
    put_handover,
    _put_delegation,
    _put_patrols,
    _put_plan,
]
