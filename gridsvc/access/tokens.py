"""Tokens of programs: a part of an account's rights, over a part of its area, until a day. Shown once, kept hashed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import TOUCH_AFTER, Actor, token_hash
from gridsvc.access.jurisdiction import resolve_scope, scope_of_nodes, scopes_by_right, within_both
from gridsvc.access.queries import accounts, logins
from gridsvc.access.reach import reach_of
from gridsvc.access.roles import PERMISSIONS
from gridsvc.access.tables import ApiToken
from gridsvc.core.errors import Fault, Forbidden, InvalidInput, NotFound, TokenExpired, TokenRevoked, Unauthenticated
from gridsvc.infra.db import new_id

LONGEST = timedelta(days=366)
# So that whoever finds one in a file or a log knows what it is; scanners for secrets look for such beginnings.
PREFIX = "gridsvc_"
# No program gives rights away or makes further tokens: that stays with people, who can be asked.
FOR_PEOPLE_ONLY = frozenset({"accounts.manage", "tokens.manage", "rights.edit", "personal.unmask"})


@dataclass(frozen=True)
class TokenDraft:
    """A token to be made; without a node it reaches as far as its maker."""

    name: str
    permissions: frozenset[str]
    node: str | None
    until: datetime


def make_token(session: Session, actor: Actor, draft: TokenDraft, *, now: datetime) -> tuple[ApiToken, str]:
    """A token that acts for its maker, and its secret, which is never shown again.

    Refuses rights that the maker lacks or that no program has, a node outside the maker's reach, and more than a year.
    """
    actor = actor.by("tokens.manage")
    return _made(session, actor, actor, draft, now)


def make_token_for(
    session: Session, by: Actor, username: str, draft: TokenDraft, *, now: datetime
) -> tuple[ApiToken, str]:
    """A token that acts for another account, for whoever works on this machine by command.

    It is bounded as if the account had made it, but for the right to make tokens, which programs' accounts need not
    have. Raises Forbidden for anybody else, NotFound for an unknown or disabled account.
    """
    if not by.is_operator:
        raise Forbidden
    account = logins.account_by_name(session, username)
    if account is None or account.disabled_at is not None:
        raise NotFound(f"There is no account {username} that can be used.")
    _, permissions = logins.roles_and_permissions(session, account.id, now)
    owner = Actor(account.id, account.username, account.display_name, frozenset(), permissions)
    return _made(session, by, owner, draft, now)


def _made(session: Session, by: Actor, owner: Actor, draft: TokenDraft, now: datetime) -> tuple[ApiToken, str]:
    _check(owner, draft, now)
    if draft.node is not None:
        reach_of(session, by, "tokens.manage", now).require_node(session, draft.node, place="body.node")
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken(
        id=new_id(),
        token_hash=token_hash(secret),
        account_id=owner.account_id,
        name=draft.name,
        permissions=sorted(draft.permissions),
        node_code=draft.node,
        created_at=now,
        expires_at=draft.until,
    )
    session.add(made)
    session.flush()
    detail = {"permissions": made.permissions, "node": draft.node, "until": draft.until.isoformat()}
    if owner is not by:
        detail["account"] = owner.username
    audit.record(session, by, "token.create", "token", made.id, detail=detail)
    return made, secret


def _check(actor: Actor, draft: TokenDraft, now: datetime) -> None:
    faults = []
    lacking = draft.permissions - actor.permissions
    if lacking:
        # What is no permission at all is somebody's text and not said again.
        known = ", ".join(sorted(lacking & PERMISSIONS.keys())) or "this permission"
        faults.append(Fault("body.permissions", "not_yours", f"You do not have {known} yourself."))
    kept = sorted(draft.permissions & FOR_PEOPLE_ONLY)
    if kept:
        faults.append(Fault("body.permissions", "for_people_only", f"No program may have {', '.join(kept)}."))
    if not now < draft.until <= now + LONGEST:
        faults.append(Fault("body.until", "out_of_range", "A token ends in the future, within a year."))
    if faults:
        raise InvalidInput(faults=faults)


def visible_tokens(session: Session, actor: Actor, *, now: datetime) -> Sequence[Any]:
    """One's own tokens, and for whoever manages accounts those of the accounts in their reach: (token, username)."""
    actor.require("tokens.manage")
    if "accounts.manage" not in actor.permissions:
        return accounts.tokens_of(session, actor.account_id, None)
    reach = reach_of(session, actor, "accounts.manage", now)
    return accounts.tokens_of(session, None, reach.nodes_or_all)


def revoke_token(session: Session, actor: Actor, token_id: UUID, *, now: datetime) -> ApiToken:
    """End a token now; ending it again changes nothing. NotFound for a token that one does not see."""
    seen = {row.ApiToken.id: row.ApiToken for row in visible_tokens(session, actor, now=now)}
    if token_id not in seen:
        raise NotFound
    token: ApiToken = seen[token_id]
    if token.revoked_at is None:
        token.revoked_at = now
        session.flush()
        audit.record(session, actor, "token.revoke", "token", token_id)
    return token


def acting(session: Session, secret: str, *, now: datetime) -> Actor:
    """Who a program acts for, with what is left of its maker's rights; raises Unauthenticated and says why."""
    row = logins.api_token(session, token_hash(secret))
    if row is None or row.disabled_at is not None:
        raise Unauthenticated("This token is not known.")
    if row.revoked_at is not None:
        raise TokenRevoked
    if row.expires_at <= now:
        raise TokenExpired
    if row.last_used_at is None or row.last_used_at < now - TOUCH_AFTER:
        logins.touch_token(session, row.token_id, now)
    roles, permissions = logins.roles_and_permissions(session, row.id, now)
    scope = resolve_scope(session, row.id, now)
    scopes = scopes_by_right(session, row.id, now, permissions, scope) if len(roles) > 1 else {}
    if row.node_code is not None:
        part = scope_of_nodes(session, [row.node_code], now)
        scope = within_both(scope, part)
        scopes = {permission: within_both(reached, part) for permission, reached in scopes.items()}
    allowed = permissions & frozenset(row.permissions) - FOR_PEOPLE_ONLY
    made = Actor(row.id, row.username, row.display_name, roles, allowed, scope)
    return replace(made, token_id=row.token_id, token_node=row.node_code, scopes=scopes)
