"""What is told about every request: a number, a line in the log and a figure; never who or what was asked for."""

import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridsvc.infra.db import new_id
from gridsvc.infra.logs import REQUESTS, during_request
from gridsvc.infra.metrics import Metrics

log = logging.getLogger(REQUESTS)

# A proxy's number is kept so that its log and ours can be read together; other texts might be anything.
NUMBER = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Telemetry:
    """Numbers requests, and tells how each of them ended. Streams pass through untouched."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        number = given if NUMBER.fullmatch(given) else str(new_id())
        began = time.perf_counter()
        status = 500
        scope.setdefault("state", {})

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = number
            await send(message)

        with during_request(number), self.metrics.working.track_inprogress():
            try:
                await self.app(scope, receive, send_numbered)
            finally:
                self._tell(scope, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route = route_of(scope)
        self.metrics.observe(method, route, status, seconds)
        if log.isEnabledFor(logging.INFO):
            account = scope["state"].get("account_id")
            facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            log.info("request", extra=facts | ({"account": str(account)} if account else {}))


def route_of(scope: Scope) -> str:
    """The route's template, such as /api/v1/grids/{code}: the path itself may hold what a log must not."""
    template = getattr(scope.get("route"), "path", None)
    if template:
        return str(template)
    return "/static" if scope["path"].startswith("/static/") else "unmatched"
