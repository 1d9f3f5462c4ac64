"""Figures of the running service, for Prometheus."""

from fastapi import APIRouter, Request, Response

from gridsvc.api import deps
from gridsvc.api.gates import is_loopback
from gridsvc.core.errors import Unauthenticated
from gridsvc.infra.settings import Settings

router = APIRouter(tags=["system"])

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OF_PROXIES = ("x-forwarded-for", "forwarded", "via", "x-real-ip")


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
def metrics(request: Request, who: deps.Visitor, config: deps.Config) -> Response:
    """Whoever has `metrics.read` may see them; where the setting allows it, also any program on the same machine."""
    if who is not None:
        who.require("metrics.read")
    elif not may_come_without_session(request, config):
        raise Unauthenticated
    return Response(request.app.state.metrics.text(), media_type=MEDIA_TYPE)


def may_come_without_session(request: Request, config: Settings) -> bool:
    """Whether it is a program on this machine that nobody outside stands behind, and the setting lets it in."""
    if config.metrics_access != "loopback" or not is_loopback(request.scope):
        return False
    return not any(name in request.headers for name in OF_PROXIES)
