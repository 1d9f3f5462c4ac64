"""Logging in and out, who one is, and one's own password and logins."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import identity, logins, passwords
from gridsvc.access.identity import Actor
from gridsvc.api import cookies, deps
from gridsvc.api.actors import forget_login_when_stored, resolve_actor
from gridsvc.api.body import StrictRoute
from gridsvc.core.errors import Fault, InvalidInput, WrongCredentials
from gridsvc.infra.db import unit_of_work
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
    city_wide: bool = Field(description="Whether one's jurisdiction is the whole city.")
    must_change_password: bool = Field(
        False, description="The password was for one use: nothing else is allowed before POST /api/v1/session/password."
    )


class SessionOut(BaseModel):
    """Who is logged in, and how the city counts its days."""

    account: AccountOut
    city_timezone: str
    locale: str


@router.post("", summary="Log in", dependencies=[deps.PasswordTurn])
def log_in(
    credentials: Credentials,
    request: Request,
    response: Response,
    session: deps.Writing,
    held: deps.AppState,
    lives: deps.Limits,
) -> SessionOut:
    """Start a session; its token is an http-only cookie that scripts cannot read. A former session here ends.

    Too many failures under a name or from an address make the next attempt wait (429 with `Retry-After`).
    """
    former = cookies.session_token(request)
    given = _attempt(credentials, request, former)
    # A unit of work of its own: failures are stored although the request is then refused.
    with logins.delays_recorded(held.engine, given.username, given.address), unit_of_work(held.engine) as counted:
        token = logins.attempt(counted, given, now=deps.now(), limits=lives)
    if token is None:
        raise WrongCredentials
    if former:
        held.actors.forget(former)
    cookies.set_session(request, response, token, max_age_s=int(lives.absolute.total_seconds()))
    login = identity.who_is(session, token, now=deps.now(), limits=lives)
    return _session_out(session, resolve_actor(session, login), held.settings)


def _attempt(credentials: Credentials, request: Request, former: str | None) -> logins.Attempt:
    return logins.Attempt(
        username=credentials.username,
        password=credentials.password,
        address=_address(request),
        client=request.headers.get("user-agent", ""),
        former_token=former,
    )


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


@router.delete("", status_code=204, summary="Log out")
def log_out(request: Request, response: Response, session: deps.Writing, held: deps.AppState) -> None:
    """End the session."""
    token = cookies.session_token(request)
    if token:
        deps.check_same_site(request)
        if logins.log_out(session, token, now=deps.now()):
            forget_login_when_stored(session, held, token)
    cookies.clear_session(request, response)


@router.get("", summary="Who am I")
def who_am_i(actor: deps.CurrentActor, session: deps.Reading, config: deps.Config) -> SessionOut:
    """The account behind the session."""
    return _session_out(session, actor, config)


class NewPassword(BaseModel):
    """The password one had and the one to have from now on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"old_password": "k7mq-9xwp-3trd", "new_password": "long and only yours"}},
    )

    old_password: Annotated[str, Field(min_length=1, max_length=passwords.LONGEST)]
    new_password: Annotated[str, Field(min_length=passwords.SHORTEST, max_length=passwords.LONGEST)]


@router.post("/password", status_code=204, summary="Choose another password", dependencies=[deps.PasswordTurn])
def change_my_password(wanted: NewPassword, request: Request, actor: deps.CurrentActor, held: deps.AppState) -> None:
    """The other logins of the account end. A wrong old password counts like a failed login."""
    address = _address(request)
    delays = logins.delays_recorded(held.engine, actor.username, address, actor)
    with delays, unit_of_work(held.engine) as counted:
        is_right = logins.change_own_password(
            counted,
            actor,
            old=wanted.old_password,
            new=wanted.new_password,
            address=address,
            now=deps.now(),
        )
    if not is_right:
        raise InvalidInput(faults=[Fault("body.old_password", "wrong_password", "This is not your password.")])
    held.actors.forget_account(actor.account_id)


def _session_out(session: Session, actor: Actor, config: Settings) -> SessionOut:
    worker = people.worker_of_account(session, actor.account_id)
    account = AccountOut(
        username=actor.username,
        display_name=actor.display_name,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        worker=WorkerOut(id=str(worker.id), name=worker.name) if worker else None,
        city_wide=actor.scope.city_wide,
        must_change_password=actor.must_change_password,
    )
    return SessionOut(account=account, city_timezone=config.city_timezone, locale=config.locale)
