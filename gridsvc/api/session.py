"""Logging in and out, and who one is."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import identity
from gridsvc.access.identity import Actor
from gridsvc.api import cookies, deps
from gridsvc.api.body import StrictRoute
from gridsvc.infra.settings import Settings
from gridsvc.people import queries as people

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=StrictRoute)


class Credentials(BaseModel):
    """A user name and its password."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"username": "worker", "password": "…"}})

    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]


class WorkerOut(BaseModel):
    """The worker that an account belongs to."""

    id: str
    name: str


class AccountOut(BaseModel):
    """An account and what it may do."""

    username: str
    display_name: str
    roles: list[str]
    permissions: list[str]
    worker: WorkerOut | None


class SessionOut(BaseModel):
    """Who is logged in, and how the city counts its days."""

    account: AccountOut
    city_timezone: str
    locale: str


@router.post("", summary="Log in")
def log_in(
    credentials: Credentials,
    request: Request,
    response: Response,
    session: deps.Writing,
    config: deps.Config,
    lives: deps.Limits,
) -> SessionOut:
    """Start a session; its token is an http-only cookie that scripts cannot read."""
    token = identity.log_in(
        session, username=credentials.username, password=credentials.password, now=deps.now(), limits=lives
    )
    cookies.set_session(request, response, token, max_age_s=int(lives.absolute.total_seconds()))
    login = identity.who_is(session, token, now=deps.now(), limits=lives)
    return _session_out(session, deps.resolve_actor(session, login), config)


@router.delete("", status_code=204, summary="Log out")
def log_out(request: Request, response: Response, session: deps.Writing, held: deps.AppState) -> None:
    """End the session."""
    token = cookies.session_token(request)
    if token:
        deps.check_same_site(request)
        identity.log_out(session, token)
        held.actors.forget(token)
    cookies.clear_session(request, response)


@router.get("", summary="Who am I")
def who_am_i(actor: deps.CurrentActor, session: deps.Reading, config: deps.Config) -> SessionOut:
    """The account behind the session."""
    return _session_out(session, actor, config)


def _session_out(session: Session, actor: Actor, config: Settings) -> SessionOut:
    worker = people.worker_of_account(session, actor.account_id)
    account = AccountOut(
        username=actor.username,
        display_name=actor.display_name,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        worker=WorkerOut(id=str(worker.id), name=worker.name) if worker else None,
    )
    return SessionOut(account=account, city_timezone=config.city_timezone, locale=config.locale)
