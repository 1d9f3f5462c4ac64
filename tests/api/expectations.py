"""The one table of who may do what over HTTP. The authorization matrix (`test_matrix.py`) is made from it.

Whoever adds an operation to the API adds its row here, or the matrix fails. The key is "METHOD /path" as in OpenAPI.
A row is an `Expect`:

* `permission`  the right that the operation requires; None: any session will do.
* `public`      answers without a session (then nothing else counts); also in `gridsvc/api/public.py`.
* `scoped`      the thing named in the path lies in a jurisdiction: 404 for whoever's jurisdiction it is not in.
                Rows without it are lists (filtered by scope, shown elsewhere) or belong to the whole city.
* `only_for`    the roles that pass although others have the permission too (`("worker",)`: needs a worker's account).
* `path`        values for path parameters. A value in braces is a thing of the matrix's world (`{"code": "{grid}"}`),
                see `THINGS` in `matrix_world.py`, which lies in the community that is "own"; any other is taken as is.
* `query`, `body`, `headers`   what is sent besides (braces too); by default the examples of OpenAPI for required
                parameters and the body, and `If-Match: *` where it is taken.
* `missing`     the path names nothing that exists in the matrix's world: who may do it gets 404 (weaker: add a thing).
* `stream`      the answer never ends: only refusals are asked for.
* `or_permission`   rights of which one is enough instead.
* `and_permission`  rights that are required besides.
* `own_worker`  the thing is worker A's own: A reaches it whatever the right, other workers never (403 or 404).
* `city_wide`   only for those whose jurisdiction is the whole city; others with the right get 403.

The expectation for a principal follows: without a living session 401; without the permission 403 (or 404, where the
thing is out of sight as well); scoped and out of sight 404; otherwise anything but 401, 403, 404 and 5xx. What is
written is rolled back after each request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, kw_only=True)
class Expect:
    """What one operation asks of whoever calls it; see the head of this module."""

    permission: str | None = None
    public: bool = False
    scoped: bool = False
    only_for: tuple[str, ...] = ()
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: bool = False
    stream: bool = False
    city_wide: bool = False
    own_worker: bool = False
    or_permission: tuple[str, ...] = ()
    and_permission: tuple[str, ...] = ()


GRID = {"code": "{grid}"}
SUBJECT = {"subject_id": "{subject}"}
WORKER = {"worker_id": "{worker}"}
LEAVE = {"leave_id": "{leave}"}
STATION = {"code": "{station}"}
STATION_BODY = {"code": "matrix-new", "name": "示例", "area_code": "{community}"}
ASKED = {
    "worker_id": "{worker}",
    "since": "2027-03-01T00:00:00+08:00",
    "until": "2027-03-03T00:00:00+08:00",
    "reason": "示例",
}
PLAN = {"plan_id": "{plan}"}
DRAWN = PLAN | {"community": "{community}"}
VISIT = {"visit_id": "{visit}"}
ROUTE = {"route_id": "{patrol_route}"}
HANDOVER = {"handover_id": "{handover}"}
MOVE = {"move_id": "{grid_move}"}
MOVED = {
    "from_worker_id": "{worker}",
    "to_worker_id": "{colleague}",
    "effective_at": "2027-01-01T00:00:00+08:00",
    "reason": "示例",
}
HANDED = MOVED | {"grid_codes": ["{grid}"]}
ACCOUNT = {"account_id": "{account}"}
NODE = {"code": "{node}"}

EXPECTATIONS: dict[str, Expect] = {
    # system
    "GET /health": Expect(public=True),
    "GET /ready": Expect(public=True),
    "GET /metrics": Expect(permission="metrics.read"),
    "GET /api/v1/system": Expect(permission="system.read"),
    "GET /api/v1/problems": Expect(public=True),
    "GET /api/v1/catalogue": Expect(permission="map.read"),
    # session
    "POST /api/v1/session": Expect(public=True),
    "DELETE /api/v1/session": Expect(public=True),
    "GET /api/v1/session": Expect(),
    "POST /api/v1/session/password": Expect(body={"old_password": "not the one", "new_password": "some other words"}),
    "GET /api/v1/sessions": Expect(),
    "DELETE /api/v1/sessions/{session_id}": Expect(missing=True),
    # accounts, tokens, rights
    "GET /api/v1/accounts": Expect(permission="accounts.manage"),
    "POST /api/v1/accounts": Expect(permission="accounts.manage"),
    "POST /api/v1/accounts/import": Expect(permission="accounts.manage", body={"file": ""}),
    "GET /api/v1/accounts/{account_id}": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "PATCH /api/v1/accounts/{account_id}": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "POST /api/v1/accounts/{account_id}/disable": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "POST /api/v1/accounts/{account_id}/enable": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "POST /api/v1/accounts/{account_id}/reset-password": Expect(
        permission="accounts.manage", scoped=True, path=ACCOUNT
    ),
    "POST /api/v1/accounts/{account_id}/revoke-sessions": Expect(
        permission="accounts.manage", scoped=True, path=ACCOUNT
    ),
    "GET /api/v1/accounts/{account_id}/grants": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "POST /api/v1/accounts/{account_id}/grants": Expect(permission="accounts.manage", scoped=True, path=ACCOUNT),
    "PATCH /api/v1/accounts/{account_id}/grants/{grant_id}": Expect(
        permission="accounts.manage", scoped=True, path=ACCOUNT | {"grant_id": "{grant}"}
    ),
    "DELETE /api/v1/accounts/{account_id}/grants/{grant_id}": Expect(
        permission="accounts.manage", scoped=True, path=ACCOUNT | {"grant_id": "{grant}"}
    ),
    "GET /api/v1/tokens": Expect(permission="tokens.manage"),
    "POST /api/v1/tokens": Expect(permission="tokens.manage"),
    "DELETE /api/v1/tokens/{token_id}": Expect(permission="tokens.manage", missing=True),
    "GET /api/v1/rights": Expect(permission="rights.read"),
    "PUT /api/v1/rights/{role}/{permission}": Expect(permission="rights.edit", city_wide=True),
    "GET /api/v1/settings": Expect(permission="settings.read"),
    "PATCH /api/v1/settings": Expect(permission="settings.edit", city_wide=True),
    # management tree
    "GET /api/v1/management-nodes": Expect(permission="rights.read"),
    "POST /api/v1/management-nodes": Expect(permission="accounts.manage"),
    "GET /api/v1/management-nodes/{code}": Expect(permission="rights.read", scoped=True, path=NODE),
    "PATCH /api/v1/management-nodes/{code}": Expect(permission="accounts.manage", scoped=True, path=NODE),
    "POST /api/v1/management-nodes/{code}/delegations": Expect(permission="accounts.manage", scoped=True, path=NODE),
    "DELETE /api/v1/management-nodes/{code}/delegations/{delegation_id}": Expect(
        permission="accounts.manage", scoped=True, path={"code": "{office}", "delegation_id": "{delegation}"}
    ),
    # map and geography
    "GET /api/v1/locate": Expect(permission="map.read"),
    "GET /api/v1/grids": Expect(permission="map.read"),
    "GET /api/v1/grids/{code}": Expect(permission="grids.read_card", scoped=True, path=GRID),
    "GET /api/v1/grids/{code}/doors": Expect(permission="doors.read", scoped=True, path=GRID),
    "GET /api/v1/blocks": Expect(permission="map.read"),
    "GET /api/v1/search": Expect(permission="map.read"),
    "GET /api/v1/net/check": Expect(permission="net.check"),
    "GET /api/v1/documents/{kind}/{name}.json": Expect(
        permission="map.read", path={"kind": "grids", "name": "{net_version}"}
    ),
    "GET /api/v1/view": Expect(permission="map.read"),
    "GET /api/v1/status": Expect(permission="map.read"),
    "GET /api/v1/stats": Expect(permission="map.read"),
    # incidents
    "GET /api/v1/incidents": Expect(permission="incidents.read"),
    "POST /api/v1/incidents": Expect(permission="incidents.create"),
    "GET /api/v1/incidents/points": Expect(permission="incidents.read"),
    "GET /api/v1/incidents/{incident_id}": Expect(
        permission="incidents.read", scoped=True, path={"incident_id": "{incident}"}
    ),
    # imports
    "POST /api/v1/imports/{layer}": Expect(permission="imports.run", city_wide=True, path={"layer": "areas"}),
    # patrols
    "POST /api/v1/visits": Expect(permission="visits.create", only_for=("worker",)),
    "GET /api/v1/visit-kinds": Expect(permission="map.read"),
    "GET /api/v1/me/grids": Expect(permission="map.read", only_for=("worker",)),
    "GET /api/v1/me/visits": Expect(permission="visits.read", only_for=("worker",)),
    "PUT /api/v1/visit-kinds/{key}": Expect(
        permission="catalogue.edit",
        city_wide=True,
        path={"key": "care_visit"},
        body={"group": "service", "name_zh": "走访", "name_en": "Visit"},
    ),
    "POST /api/v1/visits/batch": Expect(
        permission="visits.create",
        only_for=("worker",),
        body={"visits": [{"client_id": NOBODY, "kind": "care_visit", "grid_code": "{grid}"}]},
    ),
    "GET /api/v1/visits": Expect(permission="visits.read"),
    "GET /api/v1/visits/{visit_id}": Expect(permission="visits.read", scoped=True, path=VISIT),
    "POST /api/v1/visits/{visit_id}/review": Expect(
        permission="visits.review", scoped=True, path=VISIT, body={"verdict": "counts"}
    ),
    "POST /api/v1/photos": Expect(permission="visits.create", body={}),
    "GET /api/v1/visits/{visit_id}/photos/{name}": Expect(
        permission="visits.read", path=VISIT | {"name": "0" * 64}, missing=True
    ),
    "GET /api/v1/register-corrections": Expect(permission="doors.read"),
    "POST /api/v1/register-corrections/{correction_id}/decision": Expect(
        permission="register.confirm",
        scoped=True,
        path={"correction_id": "{register_correction}"},
        body={"is_right": True},
    ),
    # duties
    "GET /api/v1/me/duties": Expect(permission="duties.read", only_for=("worker",)),
    "GET /api/v1/visit-norms": Expect(permission="map.read"),
    "PUT /api/v1/visit-norms/{target}/{class_key}": Expect(
        permission="norms.edit",
        city_wide=True,
        path={"target": "grid", "class_key": "all"},
        body={"every": 1, "unit": "week"},
    ),
    "GET /api/v1/calendar": Expect(permission="map.read", query={"start": "2026-10-01"}),
    "PUT /api/v1/calendar/{day}": Expect(
        permission="norms.edit",
        city_wide=True,
        path={"day": "2026-12-25"},
        body={"is_working": False, "name": "停工"},
    ),
    "DELETE /api/v1/calendar/{day}": Expect(
        permission="norms.edit", city_wide=True, path={"day": "2026-12-24"}, missing=True
    ),
    "POST /api/v1/duty-pauses": Expect(
        permission="duties.edit",
        scoped=True,
        body={"grid_id": "{grid_id}", "reason": "改造", "since": "2026-11-20T00:00:00+08:00"},
    ),
    "POST /api/v1/duty-pauses/{pause_id}/end": Expect(
        permission="duties.edit", scoped=True, path={"pause_id": "{duty_pause}"}
    ),
    "POST /api/v1/care-changes": Expect(
        permission="care.read",
        scoped=True,
        own_worker=True,
        body={"subject_id": "{subject}", "happened_at": "2026-11-20T00:00:00+08:00"},
    ),
    "GET /api/v1/patrol-routes": Expect(permission="duties.read"),
    "POST /api/v1/patrol-routes": Expect(permission="duties.edit"),
    "GET /api/v1/patrol-routes/{route_id}": Expect(permission="duties.read", scoped=True, path=ROUTE),
    "PUT /api/v1/patrol-routes/{route_id}": Expect(
        permission="duties.edit", scoped=True, path=ROUTE, headers={"If-Match": "*"}
    ),
    "POST /api/v1/patrols": Expect(
        permission="visits.create", only_for=("worker",), body={"client_id": NOBODY, "route_id": NOBODY}, missing=True
    ),
    "GET /api/v1/patrols/{patrol_id}": Expect(permission="duties.read", scoped=True, path={"patrol_id": "{patrol}"}),
    "POST /api/v1/patrols/{patrol_id}/finish": Expect(
        permission="visits.create", only_for=("worker",), path={"patrol_id": NOBODY}, body={}, missing=True
    ),
    "GET /api/v1/sync": Expect(permission="visits.create", and_permission=("duties.read",), only_for=("worker",)),
    # coverage
    "GET /api/v1/coverage": Expect(permission="duties.read"),
    "GET /api/v1/coverage/figures.xlsx": Expect(permission="duties.read"),
    "GET /api/v1/coverage/grids": Expect(permission="duties.read"),
    "GET /api/v1/coverage/doors": Expect(permission="doors.read"),
    "GET /api/v1/coverage/duties": Expect(permission="duties.read"),
    "GET /api/v1/coverage/patrol-stops": Expect(permission="duties.read"),
    # plans
    "GET /api/v1/plans": Expect(permission="plans.read"),
    "POST /api/v1/plans": Expect(permission="plans.edit", body={"title": "示例", "communities": ["{community}"]}),
    "GET /api/v1/plans/{plan_id}": Expect(permission="plans.read", scoped=True, path=PLAN),
    "PATCH /api/v1/plans/{plan_id}": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/submit": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/approve": Expect(permission="plans.approve", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/send-back": Expect(permission="plans.approve", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/take-back": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/discard": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/communities/{community}": Expect(permission="plans.read", scoped=True, path=DRAWN),
    "GET /api/v1/plans/{plan_id}/communities/{community}/blocks": Expect(
        permission="plans.read", scoped=True, path=DRAWN
    ),
    "POST /api/v1/plans/{plan_id}/communities/{community}/operations": Expect(
        permission="plans.edit", scoped=True, path=DRAWN
    ),
    "POST /api/v1/plans/{plan_id}/undo": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/redo": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/operations": Expect(permission="plans.read", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/findings": Expect(permission="plans.read", scoped=True, path=PLAN),
    # audit
    "GET /api/v1/audit": Expect(permission="audit.read", city_wide=True),
    "GET /api/v1/audit/export": Expect(permission="audit.export", city_wide=True),
    # people to be visited
    "GET /api/v1/care-classes": Expect(permission="care.read"),
    "GET /api/v1/care-subjects": Expect(permission="care.read"),
    "POST /api/v1/care-subjects": Expect(permission="care.edit"),
    "GET /api/v1/care-subjects/{subject_id}": Expect(
        permission="care.read", scoped=True, path=SUBJECT, own_worker=True
    ),
    "PATCH /api/v1/care-subjects/{subject_id}": Expect(permission="care.edit", scoped=True, path=SUBJECT),
    "POST /api/v1/care-subjects/{subject_id}/unmask": Expect(
        permission="personal.unmask", and_permission=("care.read",), scoped=True, path=SUBJECT, own_worker=True
    ),
    "POST /api/v1/care-subjects/{subject_id}/pairings": Expect(permission="care.edit", scoped=True, path=SUBJECT),
    "DELETE /api/v1/care-subjects/{subject_id}/pairings/{pairing_id}": Expect(
        permission="care.edit", scoped=True, path=SUBJECT | {"pairing_id": "{pairing}"}
    ),
    # workers and who answers
    "GET /api/v1/workers": Expect(permission="people.read"),
    "POST /api/v1/workers": Expect(permission="people.edit", scoped=True),
    "GET /api/v1/workers/{worker_id}": Expect(permission="people.read", scoped=True, path=WORKER),
    "PATCH /api/v1/workers/{worker_id}": Expect(permission="people.edit", scoped=True, path=WORKER),
    "PUT /api/v1/workers/{worker_id}/functions": Expect(permission="people.edit", scoped=True, path=WORKER),
    "POST /api/v1/workers/{worker_id}/leave-service": Expect(permission="people.edit", scoped=True, path=WORKER),
    "POST /api/v1/responsibilities": Expect(permission="people.edit", scoped=True),
    "GET /api/v1/grids/{code}/responsibilities": Expect(permission="people.read", scoped=True, path=GRID),
    "GET /api/v1/grids/{code}/team": Expect(permission="grids.read_card", scoped=True, path=GRID),
    "POST /api/v1/grids/{code}/team": Expect(permission="people.edit", scoped=True, path=GRID),
    "DELETE /api/v1/team/{member_id}": Expect(permission="people.edit", scoped=True, path={"member_id": "{member}"}),
    # leave
    "GET /api/v1/leaves": Expect(permission="people.read"),
    "POST /api/v1/leaves": Expect(permission="leave.request", scoped=True, own_worker=True, body=ASKED),
    "GET /api/v1/leaves/calendar": Expect(permission="people.read"),
    "GET /api/v1/leaves/{leave_id}": Expect(permission="people.read", scoped=True, path=LEAVE),
    "POST /api/v1/leaves/{leave_id}/approve": Expect(permission="leave.approve", scoped=True, path=LEAVE),
    "POST /api/v1/leaves/{leave_id}/refuse": Expect(permission="leave.approve", scoped=True, path=LEAVE),
    "POST /api/v1/leaves/{leave_id}/cancel": Expect(permission="leave.approve", scoped=True, path=LEAVE),
    "PUT /api/v1/leaves/{leave_id}/cover": Expect(permission="leave.approve", scoped=True, path=LEAVE),
    "GET /api/v1/me/leaves": Expect(permission="leave.request", only_for=("worker",)),
    "POST /api/v1/me/leaves/{leave_id}/withdraw": Expect(
        permission="leave.request", only_for=("worker",), path={"leave_id": NOBODY}, missing=True
    ),
    # posts, stations, norms
    "GET /api/v1/posts": Expect(permission="people.read"),
    "POST /api/v1/posts": Expect(permission="people.edit", scoped=True),
    "GET /api/v1/posts/quota": Expect(permission="people.read"),
    "PUT /api/v1/posts/{number}/worker": Expect(
        permission="people.edit", scoped=True, path={"number": "{post}"}, body={"worker_number": "{worker_number}"}
    ),
    "GET /api/v1/stations": Expect(permission="people.read"),
    "POST /api/v1/stations": Expect(permission="people.edit", scoped=True, body=STATION_BODY),
    "PATCH /api/v1/stations/{code}": Expect(permission="people.edit", scoped=True, path=STATION),
    "GET /api/v1/stations/{code}/supervision": Expect(permission="people.read", scoped=True, path=STATION),
    "POST /api/v1/stations/{code}/supervision": Expect(permission="people.edit", scoped=True, path=STATION),
    "POST /api/v1/supervision/{supervision_id}/void": Expect(
        permission="people.edit", scoped=True, path={"supervision_id": "{supervision}"}
    ),
    "GET /api/v1/norms": Expect(permission="people.read"),
    "POST /api/v1/norms": Expect(permission="norms.edit", city_wide=True),
    "GET /api/v1/norms/breaches": Expect(permission="people.read"),
    "POST /api/v1/people/import": Expect(permission="people.import", body={"file": ""}),
    "GET /api/v1/people/export.xlsx": Expect(permission="personal.export"),
    "POST /api/v1/plans/{plan_id}/communities/{community}/division": Expect(
        permission="plans.edit", scoped=True, path=DRAWN
    ),
    "POST /api/v1/plans/{plan_id}/publish": Expect(permission="plans.publish", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/withdraw": Expect(permission="plans.withdraw", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/rebase": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/revert": Expect(permission="plans.edit", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/handover": Expect(permission="plans.read", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/handover.xlsx": Expect(permission="plans.read", scoped=True, path=PLAN),
    "GET /api/v1/plans/{plan_id}/carry-over": Expect(permission="plans.read", scoped=True, path=PLAN),
    "POST /api/v1/plans/{plan_id}/carry-over/{grid_id}/confirm": Expect(
        permission="people.edit", path=PLAN | {"grid_id": NOBODY}, missing=True
    ),
    # history
    "GET /api/v1/grids/{code}/life": Expect(permission="net.history", path=GRID),
    "GET /api/v1/grid-codes": Expect(permission="net.history"),
    "GET /api/v1/net-versions": Expect(permission="net.history"),
    "GET /api/v1/concordance": Expect(permission="net.history"),
    "GET /api/v1/concordance.{form}": Expect(permission="net.history", path={"form": "csv"}),
    "GET /api/v1/compare": Expect(permission="net.history"),
    "GET /api/v1/compare/handover.xlsx": Expect(permission="plans.read"),
    # handing over
    "GET /api/v1/handovers": Expect(permission="handover.read"),
    "POST /api/v1/handovers": Expect(permission="handover.manage", scoped=True, body=HANDED),
    "GET /api/v1/me/handovers": Expect(permission="handover.read", only_for=("worker",)),
    "GET /api/v1/handovers/{handover_id}": Expect(
        permission="handover.read", scoped=True, path=HANDOVER, own_worker=True
    ),
    "GET /api/v1/handovers/{handover_id}/list.xlsx": Expect(
        permission="handover.read", scoped=True, path=HANDOVER, own_worker=True
    ),
    "POST /api/v1/handovers/{handover_id}/give": Expect(
        permission="handover.confirm", scoped=True, path=HANDOVER, own_worker=True
    ),
    "POST /api/v1/handovers/{handover_id}/take": Expect(
        permission="handover.confirm", scoped=True, path={"handover_id": "{given_handover}"}, own_worker=True
    ),
    "POST /api/v1/handovers/{handover_id}/cancel": Expect(permission="handover.manage", scoped=True, path=HANDOVER),
    "PUT /api/v1/handovers/{handover_id}/taker": Expect(
        permission="handover.manage", scoped=True, path=HANDOVER, body={"to_worker_id": "{colleague}"}
    ),
    "POST /api/v1/leaves/{leave_id}/handovers": Expect(permission="handover.manage", scoped=True, path=LEAVE),
    "GET /api/v1/workers/{worker_id}/open-work": Expect(
        permission="handover.read", scoped=True, path=WORKER, own_worker=True
    ),
    "POST /api/v1/incidents/{incident_id}/accept": Expect(
        permission="handover.confirm", scoped=True, only_for=("worker",), path={"incident_id": "{incident}"}
    ),
    "GET /api/v1/incidents/{incident_id}/holders": Expect(
        permission="incidents.read", scoped=True, path={"incident_id": "{incident}"}
    ),
    "GET /api/v1/me/cases": Expect(permission="incidents.read", only_for=("worker",)),
    "GET /api/v1/moves": Expect(permission="handover.manage"),
    "POST /api/v1/moves": Expect(permission="handover.manage", scoped=True, body=MOVED),
    "GET /api/v1/moves/{move_id}": Expect(permission="handover.manage", scoped=True, path=MOVE),
    "POST /api/v1/moves/{move_id}/run": Expect(permission="handover.manage", scoped=True, path=MOVE),
    "POST /api/v1/moves/{move_id}/undo": Expect(permission="handover.manage", scoped=True, path=MOVE),
    "GET /api/v1/policy": Expect(),
    "PUT /api/v1/policy/{key}": Expect(permission="settings.edit", city_wide=True, path={"key": "position"}),
    # news
    "GET /api/v1/live": Expect(permission="map.read", stream=True),
}
