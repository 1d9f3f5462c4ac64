"""Who is behind a session or a program's token, asked of the database and remembered for a few seconds."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from gridsvc.access import identity, jurisdiction, tokens
from gridsvc.access.identity import Actor, Login, SessionLimits
from gridsvc.access.queries import logins
from gridsvc.api.state import State
from gridsvc.people import queries as people


def recognise(held: State, token: str, lives: SessionLimits, *, is_program: bool = False) -> Actor:
    """The actor behind a token, of a session or of a program; raises Unauthenticated."""
    began = time.monotonic()
    at = datetime.now(UTC)
    with Session(held.engine) as session, session.begin():
        if is_program:
            made = tokens.acting(session, token, now=at)
        else:
            made = resolve_actor(session, identity.who_is(session, token, now=at, limits=lives))
    held.actors.put(token, made, began)
    return made


def resolve_actor(session: Session, login: Login) -> Actor:
    """What a login may do and see at this moment; a worker who serves also sees the grids they hold or cover."""
    at = datetime.now(UTC)
    roles, permissions = logins.roles_and_permissions(session, login.account_id, at)
    worker = people.worker_of_account(session, login.account_id)
    if worker is not None and worker.left_at is not None and worker.left_at <= at:
        worker = None
    grids = people.grids_of_worker(session, worker.id, at) if worker else ()
    held = frozenset(grid.grid_id for grid in grids)
    scope = jurisdiction.resolve_scope(session, login.account_id, at, held, worker.id if worker else None)
    several = len(roles) > 1
    scopes = jurisdiction.scopes_by_right(session, login.account_id, at, permissions, scope) if several else {}
    made = Actor(login.account_id, login.username, login.display_name, roles, permissions, scope, scopes=scopes)
    return replace(made, session_id=login.session_id, must_change_password=login.must_change_password)


def forget_when_stored(session: Session, held: State, account_id: UUID | None) -> None:
    """Once the change is committed, ask the database anew for every login and program of the account (None: of all).

    Not before: a request in between would remember again what is about to change.
    """
    event.listen(session, "after_commit", lambda _: held.actors.forget_account(account_id), once=True)


def forget_login_when_stored(session: Session, held: State, token: str) -> None:
    """The same for one login, which has ended."""
    event.listen(session, "after_commit", lambda _: held.actors.forget(token), once=True)
