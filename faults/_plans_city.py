"""A small demo city for the trials of plans: planners log in to its service, which can be killed and started again."""

import http.client
import json
import signal
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import Engine, text

from faults._sync_service import PASSWORD, PATIENCE_S, Restarted
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY

RIGHTS = frozenset({"plans.read", "plans.edit", "plans.publish", "plans.withdraw", "incidents.create"})
COMMUNITIES = text(
    "SELECT community_code FROM grid_version WHERE upper_inf(valid) GROUP BY community_code ORDER BY community_code"
)
APPROVE = text("UPDATE plan SET status = 'approved', effective_at = NULL WHERE id = :plan")


class PlanCity(Restarted):
    """The service and its accounts."""

    def log_in(self, username: str) -> str:
        """The cookie of a fresh session."""
        status, cookie, _ = self._send("POST", "/api/v1/session", "", {"username": username, "password": PASSWORD}, "")
        if status != http.client.OK:
            raise RuntimeError(f"login failed: {status}")
        return cookie.split(";")[0]

    def ask(self, method: str, path: str, cookie: str, body: Any = None, if_match: str = "*") -> tuple[int, Any]:
        """The status and the JSON of an answer; 0 when there is none because the service died."""
        try:
            status, _, content = self._send(method, path, cookie, body, if_match)
        except (OSError, http.client.HTTPException):
            return 0, None
        return status, json.loads(content or b"null")

    def kill(self) -> None:
        """End the API process at once (-9) and start it again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.kills += 1
        self._start()

    def communities(self) -> list[str]:
        """The communities that have grids."""
        with self.engine() as engine, engine.connect() as connection:
            return list(connection.scalars(COMMUNITIES))

    def open_plan(self, cookie: str, communities: list[str]) -> UUID:
        """A draft over communities."""
        body = {"title": "示例方案", "reason": "试验", "communities": communities}
        status, told = self.ask("POST", "/api/v1/plans", cookie, body)
        if status != http.client.CREATED:
            raise RuntimeError(f"open: {status} {told}")
        return UUID(told["id"])

    def draw(self, cookie: str, plan: UUID, community: str, operation: Any, if_match: str = "*") -> tuple[int, Any]:
        """One operation on a community of a plan."""
        body = {"operation": operation, "confirmed": True}
        return self.ask("POST", f"/api/v1/plans/{plan}/communities/{community}/operations", cookie, body, if_match)

    def grids_of(self, cookie: str, plan: UUID, community: str) -> dict[str, Any]:
        """The shapes of a community as it is drawn, by key."""
        _, told = self.ask("GET", f"/api/v1/plans/{plan}/communities/{community}", cookie)
        return {feature["id"]: shapely.geometry.shape(feature["geometry"]) for feature in told["grids"]["features"]}

    def _send(self, method: str, path: str, cookie: str, body: Any, if_match: str) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Cookie": cookie, "X-Gridsvc": "faults", "Content-Type": "application/json", "If-Match": if_match}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, str(response.headers["set-cookie"] or ""), response.read()
        finally:
            connection.close()


def approve(engine: Engine, plan: UUID) -> None:
    """Let a plan be approved, past its chain."""
    with engine.begin() as connection:
        connection.execute(APPROVE, {"plan": plan})


def planner_of(engine: Engine) -> Actor:
    """The planner of the demo city, for use cases called in this process."""
    with engine.connect() as connection:
        row = connection.execute(text("SELECT id, username FROM account WHERE username = 'planner'")).one()
    return Actor(row.id, row.username, row.username, frozenset({"planner"}), RIGHTS, WHOLE_CITY)


def neighbours(grids: dict[str, Any]) -> tuple[str, str]:
    """Two grids that share a line, each in one part."""
    keys = [key for key, shape in grids.items() if shape.geom_type == "Polygon" or len(shape.geoms) == 1]
    for first in keys:
        for second in keys:
            if first < second and shapely.length(shapely.intersection(grids[first].boundary, grids[second].boundary)):
                return first, second
    raise RuntimeError("no grid has a neighbour")


def through(shape: Any) -> dict[str, Any]:
    """A line from west to east through the middle of a grid, beyond its borders."""
    west, _, east, _ = shape.bounds
    y = shapely.point_on_surface(shape).y
    reach = (east - west) * 0.05
    return {"type": "LineString", "coordinates": [[west - reach, y], [east + reach, y]]}
