"""What routes get: a session each, and no more."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from gridsvc.api import deps
from gridsvc.api.app import ROUTERS

SESSIONS = {deps.read_session, deps.map_session, deps.write_session}


def sessions_of(dependant: Dependant) -> Iterator[object]:
    if dependant.call in SESSIONS:
        yield dependant.call
    for each in dependant.dependencies:
        yield from sessions_of(each)


def test_no_route_waits_for_a_second_session_while_it_holds_one() -> None:
    """Two that each hold one and wait for another would wait for ever (decision 0025)."""
    routes = [route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute)]
    taken = {f"{route.methods} {route.path}": set(sessions_of(route.dependant)) for route in routes}
    assert {route: wanted for route, wanted in taken.items() if len(wanted) > 1} == {}
    assert sum(len(wanted) for wanted in taken.values()) > 150
