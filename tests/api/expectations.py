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


GRID = {"code": "{grid}"}
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
    "GET /api/v1/me/grids": Expect(only_for=("worker",)),
    "GET /api/v1/me/visits": Expect(only_for=("worker",)),
    # news
    "GET /api/v1/live": Expect(stream=True),
}
