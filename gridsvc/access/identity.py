"""Accounts and logins: who is asking, with what right, over what part of the city."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import passwords
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope, within_own
from gridsvc.access.queries import accounts, logins, tree
from gridsvc.access.roles import MATRIX
from gridsvc.access.tables import Account, Grant, SessionToken
from gridsvc.core.errors import Conflict, Forbidden, NotFound, Unauthenticated, WrongCredentials
from gridsvc.infra.db import new_id

# A login's last use is written at most this often, so that a busy page does not write on every request.
TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: an account with what it may do and see at this moment.

    `scope` is what all roles reach together. `scopes` says how far each right reaches, for whoever holds several roles.
    `token_id` is set for a program that acts for the account, and `token_node` for one that does so over a node of the
    management tree alone; `session_id` is set for a login of its owner.
    """

    account_id: UUID
    username: str
    display_name: str
    roles: frozenset[str]
    permissions: frozenset[str]
    scope: Scope = field(default_factory=Scope)
    token_id: UUID | None = None
    token_node: str | None = None
    session_id: UUID | None = None
    must_change_password: bool = False
    is_operator: bool = False
    scopes: Mapping[str, Scope] = field(default_factory=dict, hash=False)

    def require(self, permission: str) -> None:
        """Raise Forbidden unless one of the actor's roles allows `permission`."""
        if permission not in self.permissions:
            raise Forbidden(permission=permission)

    def by(self, permission: str) -> "Actor":
        """The same with no more area than the roles reach that allow `permission`; raises Forbidden where none does.

        Who supervises one community and commands the city may not do everywhere what a supervisor may. Of what takes
        two rights only the area counts that both reach.
        """
        self.require(permission)
        return replace(self, scope=within_own(self.scope, self.scopes[permission])) if self.scopes else self

    def holds(self, permission: str) -> bool:
        """Whether a role allows `permission`, and that everywhere in the area that `scope` tells."""
        return permission in self.permissions and self.by(permission).scope == self.scope


@dataclass(frozen=True)
class Login:
    """A living login: the account behind a token."""

    account_id: UUID
    username: str
    display_name: str
    session_id: UUID
    must_change_password: bool = False


@dataclass(frozen=True)
class SessionLimits:
    """How long a login lives unused, and at most."""

    idle: timedelta
    absolute: timedelta


def operator(name: str) -> Actor:
    """Whoever works on this machine by command: may do everything, everywhere."""
    return Actor(
        UUID(int=0), name, name, frozenset({"operator"}), frozenset(MATRIX), scope=WHOLE_CITY, is_operator=True
    )


def create_account(
    session: Session, *, username: str, display_name: str, password: str, node: str | None = None
) -> UUID:
    """Add an account and return its id; the password is kept only as an Argon2 hash."""
    kept = passwords.hashed(password)
    account = Account(id=new_id(), username=username, display_name=display_name, password_hash=kept, node_code=node)
    session.add(account)
    session.flush()
    return account.id


def check_grantable(session: Session, *, username: str, role: str, node: str | None) -> None:
    """Raise Conflict for a user name that is taken, NotFound for a role or a management node that does not exist."""
    if logins.account_by_name(session, username) is not None:
        raise Conflict("There is an account of this name already.")
    if accounts.role(session, role) is None:
        raise NotFound(f"There is no role {role}.")
    if node is not None and tree.node(session, node) is None:
        raise NotFound(f"There is no area {node} in the management tree; import the areas first.")


def grant(session: Session, account_id: UUID, *, role: str, node: str | None, since: datetime) -> None:
    """Let the account act in `role` over the management node from `since` on; without a node, over its own grids."""
    session.add(Grant(account_id=account_id, role_code=role, node_code=node, valid=Range(since, None, bounds="[)")))
    session.flush()


def log_in(
    session: Session, *, username: str, password: str, now: datetime, limits: SessionLimits, client: str = ""
) -> str:
    """Check the password and return a fresh token; raises WrongCredentials without saying which part was wrong.

    A password for one use is used up by it: the login can choose another password, and nobody else logs in with it.
    """
    account = _opened(session, logins.account_by_name(session, username), password, now)
    if account.must_change_password:
        account.password_until = None  # used up
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    logins.end_expired_sessions(session, now, now - limits.idle)
    token = secrets.token_urlsafe(32)
    session.add(
        SessionToken(
            token_hash=token_hash(token),
            account_id=account.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + limits.absolute,
            client=client,
        )
    )
    session.flush()
    return token


def _opened(session: Session, account: Account | None, password: str, now: datetime) -> Account:
    """The account, locked, if the password opens it; raises WrongCredentials."""
    kept = account.password_hash if account else None
    is_right = passwords.matches(password, kept)
    # That takes a while, in which the password may have been changed, or the account disabled, and its logins ended.
    found = accounts.account(session, account.id, to_change=True) if account and is_right else None
    if found is None or found.password_hash != kept or found.disabled_at is not None:
        raise WrongCredentials
    if found.must_change_password and found.password_until is None:
        raise WrongCredentials
    if found.password_until is not None and found.password_until <= now:
        raise WrongCredentials
    return found


def who_is(session: Session, token: str, *, now: datetime, limits: SessionLimits) -> Login:
    """The account behind a token that is neither too old nor unused for too long; raises Unauthenticated."""
    row = logins.session_account(session, token_hash(token), now)
    if row is None or row.last_seen_at < now - limits.idle:
        raise Unauthenticated
    if row.last_seen_at < now - TOUCH_AFTER:
        logins.touch_session(session, token_hash(token), now)
    return Login(row.id, row.username, row.display_name, row.session_id, row.must_change_password)


def token_hash(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
