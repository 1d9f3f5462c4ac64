"""Queries on accounts, the roles granted to them and their programs' tokens, as administrators see them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session, undefer

from gridsvc.access.tables import Account, ApiToken, Grant, Role

_FULL_ADMINISTRATORS = text(
    """
    SELECT count(DISTINCT account.id) FROM account
    JOIN grant_ ON grant_.account_id = account.id AND grant_.valid @> CAST(:at AS timestamptz)
    JOIN management_node node ON node.code = grant_.node_code
    WHERE account.disabled_at IS NULL AND (node.parent_code IS NULL OR node.area_code LIKE '%00000000')
      AND (SELECT count(*) FROM role_permission cell WHERE cell.role_code = grant_.role_code AND cell.allowed
           AND cell.permission IN ('accounts.manage', 'rights.edit')) = 2
    """
)
# One change of the kind that could leave nobody at a time; each then sees what the other did.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('gridsvc administrators', 0))")


def account(session: Session, account_id: UUID, *, to_change: bool = False) -> Account | None:
    """An account; locked when it is to be changed, so that two editors see each other's revision."""
    statement = select(Account).where(Account.id == account_id).execution_options(populate_existing=True)
    if to_change:
        statement = statement.options(undefer(Account.password_hash)).with_for_update()
    return session.scalars(statement).one_or_none()


def taken_names(session: Session, usernames: Iterable[str]) -> set[str]:
    """Which of these user names are in use."""
    return set(session.scalars(select(Account.username).where(Account.username.in_(list(usernames)))))


def page(
    session: Session,
    *,
    nodes: Iterable[str] | None,
    words: str | None = None,
    is_disabled: bool | None = None,
    role: str | None = None,
    at: datetime,
    after: str | None,
    limit: int,
) -> Sequence[Account]:
    """Accounts by user name, of some nodes or of all; `words` are part of a name, `role` is one held at a moment."""
    statement = select(Account).order_by(Account.username).limit(limit)
    if nodes is not None:
        statement = statement.where(Account.node_code.in_(list(nodes)))
    if words:
        found = or_(*(column.icontains(words, autoescape=True) for column in (Account.username, Account.display_name)))
        statement = statement.where(found)
    if is_disabled is not None:
        statement = statement.where(Account.disabled_at.is_not(None) if is_disabled else Account.disabled_at.is_(None))
    if role is not None:
        held = select(Grant.account_id).where(Grant.role_code == role, Grant.valid.op("@>")(at))
        statement = statement.where(Account.id.in_(held))
    if after is not None:
        statement = statement.where(Account.username > after)
    return session.scalars(statement).all()


def roles_held(session: Session, account_ids: Sequence[UUID], at: datetime) -> dict[UUID, set[str]]:
    """The roles that accounts hold at a moment."""
    rows = session.execute(
        select(Grant.account_id, Grant.role_code).where(Grant.account_id.in_(account_ids), Grant.valid.op("@>")(at))
    )
    held: dict[UUID, set[str]] = {}
    for row in rows:
        held.setdefault(row.account_id, set()).add(row.role_code)
    return held


def grants_of(session: Session, account_id: UUID) -> Sequence[Grant]:
    """Every grant of an account, past ones too, in the order of their beginning."""
    statement = select(Grant).where(Grant.account_id == account_id)
    return session.scalars(statement.order_by(func.lower(Grant.valid), Grant.id)).all()


def nodes_held_from(session: Session, account_id: UUID, now: datetime) -> set[str]:
    """The nodes over which an account holds a role now or later."""
    later = func.upper_inf(Grant.valid) | (func.upper(Grant.valid) > now)
    statement = select(Grant.node_code).where(Grant.account_id == account_id, Grant.node_code.is_not(None), later)
    return {code for code in session.scalars(statement) if code}


def grant(session: Session, grant_id: UUID) -> Grant | None:
    """One grant, locked until the end of the transaction."""
    return session.scalars(select(Grant).where(Grant.id == grant_id).with_for_update()).one_or_none()


def same_grant(session: Session, wanted: Grant) -> bool:
    """Whether the account holds that role over that node at some of the time already."""
    statement = select(Grant.id).where(
        Grant.account_id == wanted.account_id,
        Grant.role_code == wanted.role_code,
        Grant.node_code.is_not_distinct_from(wanted.node_code),
        Grant.valid.op("&&")(wanted.valid),
        Grant.id != wanted.id,
    )
    return session.scalars(statement.limit(1)).one_or_none() is not None


def role(session: Session, code: str) -> Role | None:
    """A role."""
    return session.get(Role, code)


def one_at_a_time(session: Session) -> None:
    """Wait for whoever else is taking rights away, until the end of the transaction."""
    session.execute(_ONE_AT_A_TIME)


def full_administrators(session: Session, at: datetime) -> int:
    """How many living accounts may manage accounts and rights of the whole city at a moment."""
    return session.scalar(_FULL_ADMINISTRATORS, {"at": at}) or 0


def tokens_of(session: Session, account_id: UUID | None, nodes: Iterable[str] | None) -> Sequence[Any]:
    """Tokens of one account, or of the accounts of some nodes or all: (token, username), the newest first."""
    statement = select(ApiToken, Account.username).join(Account, Account.id == ApiToken.account_id)
    if account_id is not None:
        statement = statement.where(ApiToken.account_id == account_id)
    elif nodes is not None:
        statement = statement.where(Account.node_code.in_(list(nodes)))
    return session.execute(statement.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()


def token(session: Session, token_id: UUID) -> ApiToken | None:
    """One token, ended or not."""
    return session.get(ApiToken, token_id)
