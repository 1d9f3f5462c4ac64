"""The HTTP application: its state, its routes, its errors and its headers, put together."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from threading import Event as ThreadEvent
from threading import Thread
from typing import Any
from uuid import UUID

from anyio import to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.gzip import GZipMiddleware

from gridsvc import __version__
from gridsvc.api import (
    account_import,
    accounts,
    audit,
    care,
    cases,
    catalogue,
    city_settings,
    codes,
    coverage,
    documents,
    drawing,
    duties,
    geography,
    grants,
    grids,
    handover,
    history,
    imports,
    incidents,
    leave,
    live,
    locate,
    management,
    maps,
    metrics,
    moves,
    norms,
    pages,
    patrols,
    people_files,
    photos,
    plan_handover,
    plans,
    policy,
    problems,
    publishing,
    rebasing,
    rights,
    rounds,
    session,
    sessions,
    staffing,
    stations,
    status,
    sync,
    system,
    team,
    tokens,
    upkeep,
    visit_records,
    visits,
)
from gridsvc.api.gates import ProxyOnly, StorageGate
from gridsvc.api.headers import DefaultHeaders, OwnPagesOnly, headers_for
from gridsvc.api.limits import BodyLimit
from gridsvc.api.origin import TellOrigin
from gridsvc.api.state import State
from gridsvc.api.telemetry import Telemetry
from gridsvc.core.errors import InstallationFault
from gridsvc.geography import locating
from gridsvc.infra import logs
from gridsvc.infra.databases import own_server
from gridsvc.infra.db import ReadSession, make_engine
from gridsvc.infra.metrics import Metrics
from gridsvc.infra.reserve import Reserve
from gridsvc.infra.settings import Settings, get_settings
from gridsvc.infra.sight import WHOLE_CITY, seeing
from gridsvc.people.answer import who_answers

# The driver prepares a statement when it comes again and again, and PostgreSQL then keeps one plan for it.
ASKED_BEFORE_PLANNED = 12
SWITCH_S = 0.0005

DESCRIPTION = "Grid management for community governance (社区网格化服务管理)."
# The fixed path /incidents/points is tried before /incidents/{incident_id}.
ROUTERS = (
    session,
    sessions,
    account_import,
    accounts,
    grants,
    tokens,
    rights,
    management,
    audit,
    city_settings,
    codes,
    catalogue,
    locate,
    geography,
    grids,
    documents,
    imports,
    status,
    incidents,
    patrols,
    visits,
    visit_records,
    photos,
    duties,
    rounds,
    coverage,
    sync,
    staffing,
    leave,
    stations,
    team,
    norms,
    people_files,
    care,
    handover,
    cases,
    moves,
    policy,
    plans,
    drawing,
    publishing,
    plan_handover,
    rebasing,
    history,
    live,
    maps,
    metrics,
    system,
    pages,
)


class Service(FastAPI):
    """The application; its description is complete."""

    def openapi(self) -> dict[str, Any]:
        """The description of the API, made once."""
        from gridsvc.api.openapi import complete  # its models serve nothing else

        if self.openapi_schema is None:
            self.openapi_schema = complete(super().openapi())
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """The name of an operation in generated clients: that of its function, which may not occur twice."""
    return route.name


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application on the database that the settings name; the supervisor sets it for its children."""
    config = settings or get_settings()
    if config.database_url is None:
        raise InstallationFault("The API needs a database; start it with `gridsvc serve`.")
    logs.set_up(config)
    app = Service(
        title="gridsvc",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=problems.RESPONSES,
        generate_unique_id_function=operation_id,
        lifespan=_lifespan,
    )
    app.state.gridsvc = make_state(config, own_server(config.database_url).url)
    problems.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.mount("/static", pages.static_files(), name="static")
    app.add_middleware(TellOrigin)
    app.add_middleware(BodyLimit)
    app.add_middleware(StorageGate, reserve=Reserve(config))
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(OwnPagesOnly)
    if config.trusted_proxy and not config.is_loopback and config.tls_cert is None:
        app.add_middleware(ProxyOnly)
    held: State = app.state.gridsvc
    app.add_middleware(DefaultHeaders, defaults=lambda: headers_for(held.settings.tile_url))
    app.state.metrics = Metrics(app.state.gridsvc.engine)
    app.add_middleware(Telemetry, metrics=app.state.metrics)
    return app


def make_state(settings: Settings, url: str) -> State:
    """The application's state: engines that connect when first used."""
    engine = make_engine(
        url,
        timezone=settings.city_timezone,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        guarded=True,
    )
    return State(settings, engine, _reading(engine), _instant(engine), url)


def _reading(engine: Engine) -> Engine:
    """The same connections, in transactions that see one state of the data and cannot write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _instant(engine: Engine) -> Engine:
    """The same connections without transactions: two round trips fewer, where every statement names its moment."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """As many routes run at once as there are lasting connections: more would only open others and wait for them."""
    held: State = app.state.gridsvc
    to_thread.current_default_thread_limiter().total_tokens = held.settings.pool_size
    ended = ThreadEvent()
    await to_thread.run_sync(upkeep.follow_city, held)
    keeping_up = Thread(target=upkeep.keep_up, args=(held, ended), daemon=True)
    keeping_up.start()
    warming = Thread(target=_warm_up, args=(held,), daemon=True)
    warming.start()
    # What is loaded now stays; looking through it for garbage again and again would stop every request for a while.
    # What requests leave behind is freed when they end; the search for cycles can wait for a moment of rest.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)
    # A route waits for the interpreter after every word with the database; the default lets others keep it for 5 ms.
    sys.setswitchinterval(SWITCH_S)
    yield
    gc.unfreeze()
    ended.set()
    keeping_up.join()
    warming.join()
    held.engine.dispose()


def _warm_up(held: State) -> None:
    """Open the lasting connections and let each load PostGIS and plan what is asked most, so that no visitor waits."""
    at = datetime.now(UTC)
    with ExitStack() as opened, suppress(SQLAlchemyError):  # without a database /ready says so
        for _ in range(held.settings.pool_size):
            session = opened.enter_context(ReadSession(held.read_engine, info=seeing(WHOLE_CITY)))
            for _ in range(ASKED_BEFORE_PLANNED):
                locating.locate(session, 0.0, 0.0, at=at, band_m=0.0)
                locating.area_chain(session, 0.0, 0.0, at=at)
                who_answers(session, at, [UUID(int=0)])
