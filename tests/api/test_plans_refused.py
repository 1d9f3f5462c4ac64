"""What a planner cannot draw: each refusal over HTTP has a code and shows its place, and the draft stays as it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access.identity import token_hash
from gridsvc.access.tables import Account, Grant, SessionToken
from gridsvc.core.redraw.drawn import MAX_VERTICES
from gridsvc.geography.blocks import BlockBatch, register_blocks
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, new_id, unit_of_work
from gridsvc.infra.settings import get_settings
from tests.core.pictures import cell, corner
from tests.fixtures.in_process import Ask, asking, service_on
from tests.fixtures.plans import a_town
from tests.fixtures.towns import CITY, FOUNDED

HERE, OTHER, NOT_THERE = "340302001001", "340302001002", "340302001777"
WEST, EAST, THEIRS = f"{HERE}001", f"{HERE}002", f"{OTHER}001"
Shape = dict[str, Any]
Send = Callable[..., httpx.Response]


def line(*places: tuple[float, float]) -> Shape:
    return {"type": "LineString", "coordinates": [list(corner(*place)) for place in places]}


def box(west: float, north: float, east: float, south: float) -> Shape:
    ring = [(west, north), (west, south), (east, south), (east, north), (west, north)]
    return {"type": "Polygon", "coordinates": [[list(corner(*place)) for place in ring]]}


def split(shape: Any, key: str = WEST) -> Shape:
    return {"kind": "split", "key": key, "line": shape}


@pytest.fixture(scope="module")
def plans_database(server: Database, template: Database) -> Iterator[Database]:
    yield databases.create_database(server, "plans_refused", template=template.name)
    databases.drop_database(server, "plans_refused")


@pytest.fixture(scope="module")
def send(plans_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Send]:
    """Requests of a planner of the whole synthetic town."""
    engine = make_engine(plans_database.url)
    with unit_of_work(engine) as session:
        laid = a_town(session)
        theirs = BlockBatch(["theirs"], [laid.codes["B"]], [cell(4, 0)], [{"households": 10}], ["示例邻区小区"])
        register_blocks(session, theirs)
        tokens = {role: _logged_in(session, role) for role in ("planner", "approver")}
    engine.dispose()
    app = service_on(plans_database.url, tmp_path_factory.mktemp("plans-refused"))
    ask: Ask = asking(app)

    def sent(method: str, url: str, *, role: str = "planner", revision: int | None = None, **more: Any) -> Any:
        headers = {"X-Gridsvc": "test", "Cookie": f"gridsvc_session={tokens[role]}"} | more.pop("headers", {})
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return ask(method, url, headers=headers, **more)

    yield sent
    app.state.gridsvc.engine.dispose()
    get_settings.cache_clear()


def _logged_in(session: Session, role: str) -> str:
    account, token, now = new_id(), str(uuid4()), datetime.now(UTC)
    session.add(Account(id=account, username=role, display_name="示例", password_hash="none opens it"))
    session.flush()
    session.add(Grant(account_id=account, role_code=role, node_code=CITY, valid=Range(FOUNDED, None)))
    lives = {"created_at": now, "last_seen_at": now, "expires_at": now + timedelta(hours=1)}
    session.add(SessionToken(token_hash=token_hash(token), account_id=account, **lives))
    return token


@pytest.fixture
def plan(send: Send) -> UUID:
    made = send("POST", "/api/v1/plans", json={"title": "示例", "communities": [HERE]})
    assert made.status_code == 201, made.text
    return UUID(made.json()["id"])


def draw(send: Send, plan: UUID, operation: Any, *, revision: int = 1, community: str = HERE, **more: Any) -> Any:
    url = f"/api/v1/plans/{plan}/communities/{community}/operations"
    return send("POST", url, revision=revision, json={"operation": operation} | more)


def state(send: Send, plan: UUID) -> Any:
    """Everything that there is of a draft."""
    drawn = send("GET", f"/api/v1/plans/{plan}/communities/{HERE}").json()
    log = send("GET", f"/api/v1/plans/{plan}/operations").json()
    shown = send("GET", f"/api/v1/plans/{plan}").json()
    return drawn["grids"], drawn["revision"], log, {name: shown[name] for name in ("status", "position", "updated_at")}


def places(problem: dict[str, Any]) -> list[Any]:
    """The geometries that a problem document shows."""
    return [fault["geometry"] for fault in problem.get("faults", []) if fault.get("geometry")]


FAR = [list(corner(0.1 * place, 0.5 + 0.001 * (place % 2))) for place in range(MAX_VERTICES + 1)]

DRAWN_BADLY = {
    "a line that crosses itself": (split(line((-0.5, 0.5), (1.5, 1.5), (1.5, 0.5), (-0.5, 1.5))), "self_crossing"),
    "a line that is closed": (split(line((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 0.5))), "self_crossing"),
    "a doubled vertex": (split(line((-0.5, 1), (1, 1), (1, 1), (2.5, 1))), "duplicate_vertex"),
    "a line that misses the grid": (split(line((2.5, -0.5), (2.5, 2.5))), "line_misses_grid"),
    "a line that ends inside": (split(line((0.5, 0.4), (1.5, 0.6))), "line_ends_inside"),
    "a line along a border": (split(line((2, -0.5), (2, 2.5))), "line_along_border"),
    "a line along the community's border": (split(line((0, -0.5), (0, 2.5))), "line_along_border"),
    "a sliver": ({"kind": "carve", "area": box(0.5, 0.5, 0.504, 0.504)}, "sliver"),
    "an area that crosses itself": (
        {
            "kind": "carve",
            "area": {
                "type": "Polygon",
                "coordinates": [[list(corner(*each)) for each in ((0, 0), (1, 1), (1, 0), (0, 1), (0, 0))]],
            },
        },
        "invalid_geometry",
    ),
    "an area outside the community": ({"kind": "carve", "area": box(5.2, 0.2, 5.8, 0.8)}, "outside_community"),
    "a shift that leaves nothing": (
        {"kind": "shift", "source": WEST, "target": EAST, "area": box(-0.5, -0.5, 2.5, 2.5)},
        "grid_vanishes",
    ),
    "a border moved over another": (
        {"kind": "move_border", "left": WEST, "right": EAST, "line": line((2, 0.5), (5, 0.7), (2, 1.5))},
        "crosses_border",
    ),
    "a frozen vertex": (
        {"kind": "move_vertices", "moves": [{"place": corner(0, 0), "to": corner(0.1, 0.1)}]},
        "frozen_border",
    ),
    "a vertex that is not there": (
        {"kind": "move_vertices", "moves": [{"place": corner(0.5, 0.5), "to": corner(0.6, 0.6)}]},
        "unknown_vertex",
    ),
    "too many vertices": (split({"type": "LineString", "coordinates": FAR}), "drawing_too_large"),
    "a line to another city": (split(line((-0.5, 1), (900, 1))), "drawing_too_large"),
}

ELSEWHERE = {
    "another community's grid": (split(line((-0.5, 1), (2.5, 1)), THEIRS), "unknown_grid"),
    "a merger with another community's grid": ({"kind": "merge", "keys": [EAST, THEIRS]}, "community_change"),
    "a piece for another community": (
        {"kind": "shift", "source": EAST, "target": THEIRS, "area": box(3, -0.5, 4.5, 2.5)},
        "community_change",
    ),
    "a border between communities": (
        {"kind": "move_border", "left": EAST, "right": THEIRS, "line": line((4, 0.5), (5, 0.7), (4, 1.5))},
        "community_change",
    ),
    "blocks for another community": (
        {"kind": "reassign_blocks", "block_ids": ["30"], "key": THEIRS},
        "community_change",
    ),
    "blocks of another community": ({"kind": "carve", "block_ids": ["30", "theirs"]}, "community_change"),
}

NOT_UNDERSTOOD = {
    "a block that is not there": ({"kind": "reassign_blocks", "block_ids": ["99"], "key": EAST}, "unknown_block"),
    "one point": (split({"type": "LineString", "coordinates": [list(corner(1, 1))]}), "invalid_geometry"),
    "words for numbers": (split({"type": "LineString", "coordinates": [["a", "b"], [1, 2]]}), "invalid_geometry"),
    "degrees off the globe": (split({"type": "LineString", "coordinates": [[32.9, 117], [400, 1]]}), None),
    "a polygon for a line": (split(box(0, 0, 1, 1)), "invalid_input"),
    "no shape at all": (split({}), "invalid_geometry"),
    "an operation nobody knows": ({"kind": "explode", "key": WEST}, "invalid_input"),
    "an argument nobody knows": (split(line((-0.5, 1), (2.5, 1))) | {"force": True}, "invalid_input"),
    "a merger of one": ({"kind": "merge", "keys": [WEST]}, "invalid_input"),
    "neither area nor blocks": ({"kind": "carve"}, "invalid_input"),
    "a division without some blocks": ({"kind": "divide", "grids": [["00"], ["10", "10"]]}, "invalid_input"),
    "going on as a grid elsewhere": ({"kind": "decide", "key": WEST, "goes_on_as": THEIRS}, "invalid_input"),
    "an unlike vertex count": (split({"type": "LineString", "coordinates": [[0, 0]] * 10_001}), "invalid_geometry"),
}


@pytest.mark.parametrize("case", DRAWN_BADLY | ELSEWHERE)
def test_what_is_drawn_badly_is_shown_and_changes_nothing(send: Send, plan: UUID, case: str) -> None:
    operation, code = (DRAWN_BADLY | ELSEWHERE)[case]
    before = state(send, plan)
    refused = draw(send, plan, operation, confirmed=True)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, code), refused.text
    assert places(problem), refused.text
    assert state(send, plan) == before


@pytest.mark.parametrize("case", NOT_UNDERSTOOD)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(send: Send, plan: UUID, case: str) -> None:
    operation, code = NOT_UNDERSTOOD[case]
    before = state(send, plan)
    refused = draw(send, plan, operation, confirmed=True)
    assert refused.status_code == 422, refused.text
    assert code in (None, refused.json()["code"]), refused.text
    assert state(send, plan) == before


def test_a_community_that_the_plan_is_not_about_is_refused(send: Send, plan: UUID) -> None:
    for community in (OTHER, NOT_THERE):
        refused = draw(send, plan, split(line((4, 1), (6, 1)), THEIRS), community=community)
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_community")


def test_a_line_through_compounds_names_and_shows_them_and_asks(send: Send, plan: UUID) -> None:
    before = state(send, plan)
    refused = draw(send, plan, split(line((-0.5, 0.5), (2.5, 0.5))))
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "cuts_blocks"), refused.text
    assert problem["block_ids"] == ["00", "10"]
    assert places(problem)
    assert state(send, plan) == before
    assert draw(send, plan, split(line((-0.5, 0.5), (2.5, 0.5))), confirmed=True).status_code == 200


def test_a_change_on_another_revision_is_refused_with_what_was_done(send: Send, plan: UUID) -> None:
    merge = {"kind": "merge", "keys": [WEST, EAST]}
    assert draw(send, plan, merge).status_code == 200
    before = state(send, plan)
    for refused in (
        draw(send, plan, merge),
        send("POST", f"/api/v1/plans/{plan}/undo", revision=1),
        send("POST", f"/api/v1/plans/{plan}/rebase", revision=1),
    ):
        problem = refused.json()
        assert (refused.status_code, problem["code"], problem["revision"]) == (412, "stale", 2)
        assert [done["kind"] for done in problem["changed"]["operations"]] == ["merge"]
    assert state(send, plan) == before


def test_a_change_without_a_revision_is_refused(send: Send, plan: UUID) -> None:
    url = f"/api/v1/plans/{plan}/communities/{HERE}/operations"
    refused = send("POST", url, json={"operation": {"kind": "merge", "keys": [WEST, EAST]}})
    assert refused.status_code == 428, refused.text


def test_there_is_nothing_to_undo_in_a_new_draft(send: Send, plan: UUID) -> None:
    for way in ("undo", "redo"):
        refused = send("POST", f"/api/v1/plans/{plan}/{way}", revision=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")


def test_a_plan_in_review_or_published_is_not_drawn_on(send: Send, plan: UUID) -> None:
    address = f"/api/v1/plans/{plan}"
    assert draw(send, plan, {"kind": "merge", "keys": [WEST, EAST]}).status_code == 200
    revision = send("POST", f"{address}/submit", revision=2).json()["revision"]
    _refused_by_state(send, plan, revision)
    for _ in range(3):
        approved = send("POST", f"{address}/approve", role="approver", revision=revision, json={})
        revision = approved.json()["revision"]
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    published = send("POST", f"{address}/publish", revision=revision, json={"effective_at": soon})
    assert published.status_code == 200, published.text
    revision = published.json()["revision"]
    _refused_by_state(send, plan, revision)
    again = send("POST", f"{address}/publish", revision=revision, json={"effective_at": soon})
    assert (again.status_code, again.json()["code"]) == (409, "wrong_plan_state")
    assert send("POST", f"{address}/withdraw", revision=revision).status_code == 200


def _refused_by_state(send: Send, plan: UUID, revision: int) -> None:
    before = state(send, plan)
    for refused in (
        draw(send, plan, split(line((-0.5, 1), (2.5, 1))), revision=revision),
        send("POST", f"/api/v1/plans/{plan}/undo", revision=revision),
        send("POST", f"/api/v1/plans/{plan}/rebase", revision=revision),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_plan_state"), refused.text
    assert state(send, plan) == before


def test_a_body_beyond_the_limit_is_refused(send: Send, plan: UUID) -> None:
    many = split({"type": "LineString", "coordinates": [[117.38123456, 32.92123456]] * 120_000})
    assert draw(send, plan, many).status_code == 413
    assert state(send, plan)[1] == 1


def test_a_plan_that_is_handed_in_too_early_shows_what_must_be_mended(send: Send, plan: UUID) -> None:
    refused = send("POST", f"/api/v1/plans/{plan}/submit", revision=1)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "plan_has_faults"), refused.text
    assert [(finding["kind"], finding["blocking"]) for finding in problem["findings"]] == [("empty", True)]
