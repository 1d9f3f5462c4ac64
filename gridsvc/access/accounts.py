"""Accounts as administrators look after them: made, edited, disabled, given a one-time password, logged out.

An account belongs to a node of the management tree (none: to the whole city) and is looked after by whoever manages
accounts there. Somebody with rights beyond one's own part is out of hand even if the account belongs to it: resetting
such a password would be a way to rights that one was not given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit, passwords
from gridsvc.access.identity import Actor
from gridsvc.access.queries import accounts as queries
from gridsvc.access.queries import logins
from gridsvc.access.reach import Reach, reach_of
from gridsvc.access.tables import Account
from gridsvc.core.errors import Conflict, Fault, Forbidden, InvalidInput, LastAdministrator, NotFound
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.infra.db import new_id

PERMISSION = "accounts.manage"
# Letters of any script, digits and a few signs: what can be typed on a telephone and read out.
USERNAME = r"^[\w.@+-]+$"
ONE_TIME_GOOD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class AccountDraft:
    """An account to be made, belonging to a node or to the whole city; without a password it gets a one-time one."""

    username: str
    display_name: str
    node: str | None = None
    password: str | None = None


@dataclass(frozen=True)
class AccountFilter:
    """Which accounts are listed."""

    words: str | None = None
    is_disabled: bool | None = None
    role: str | None = None


def find_account(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> Account:
    """An account that the actor looks after; raises NotFound for any other."""
    account = queries.account(session, account_id)
    if account is None or not reach_of(session, actor, PERMISSION, now).covers(account.node_code):
        raise NotFound
    return account


def account_named(session: Session, actor: Actor, username: str, *, now: datetime) -> Account:
    """The account of a user name that the actor looks after; raises NotFound for any other."""
    found = logins.account_by_name(session, username)
    if found is None or not reach_of(session, actor, PERMISSION, now).covers(found.node_code):
        raise NotFound(f"There is no account {username}.")
    return found


def list_accounts(
    session: Session, actor: Actor, wanted: AccountFilter, *, after: str | None, limit: int, now: datetime
) -> Sequence[Account]:
    """Accounts that the actor looks after, by user name."""
    reach = reach_of(session, actor, PERMISSION, now)
    return queries.page(
        session,
        nodes=reach.nodes_or_all,
        words=wanted.words,
        is_disabled=wanted.is_disabled,
        role=wanted.role,
        at=now,
        after=after,
        limit=limit,
    )


def roles_held(session: Session, found: Sequence[Account], now: datetime) -> Mapping[UUID, set[str]]:
    """The roles that these accounts hold now."""
    return queries.roles_held(session, [account.id for account in found], now)


def make_account(session: Session, actor: Actor, draft: AccountDraft, *, now: datetime) -> tuple[Account, str | None]:
    """A new account, and its one-time password unless the draft brought one.

    Refuses a user name that is taken, a weak password, and a node out of reach.
    """
    reach = reach_of(session, actor, PERMISSION, now)
    reach.require_node(session, draft.node, place="body.node")
    if queries.taken_names(session, [draft.username]):
        raise Conflict(faults=[Fault("body.username", "username_taken", "The user name is in use.")])
    if draft.password is not None:
        passwords.check(draft.password, draft.username)
    one_time = passwords.one_time() if draft.password is None else None
    kept = passwords.one_time_hashed(one_time) if one_time else passwords.hashed(draft.password or "")
    account = Account(
        id=new_id(),
        username=draft.username,
        display_name=draft.display_name,
        password_hash=kept,
        created_at=now,
        node_code=draft.node,
        must_change_password=one_time is not None,
        password_until=now + ONE_TIME_GOOD_FOR if one_time else None,
        revision=1,
    )
    session.add(account)
    session.flush()
    audit.record(session, actor, "account.create", "account", account.id, detail={"node": draft.node})
    return account, one_time


def edit_account(
    session: Session,
    actor: Actor,
    account_id: UUID,
    changes: Mapping[str, str | None],
    expected: Expected,
    *,
    now: datetime,
) -> Account:
    """Give the account another display name (`display_name`) or move it to another node (`node`)."""
    account = to_change(session, actor, account_id, expected, now=now)
    if "node" in changes:
        reach_of(session, actor, PERMISSION, now).require_node(session, changes["node"], place="body.node")
        account.node_code = changes["node"]
    if (name := changes.get("display_name")) is not None:
        account.display_name = name
    return _changed(session, actor, account, "account.edit", fields=sorted(changes))


def disable_account(session: Session, actor: Actor, account_id: UUID, expected: Expected, *, now: datetime) -> Account:
    """Let nobody use the account any more: its logins end, its programs' tokens are refused."""
    queries.one_at_a_time(session)
    account = to_change(session, actor, account_id, expected, now=now)
    if account.id == actor.account_id:
        raise InvalidInput("Nobody can disable their own account.")
    account.disabled_at = account.disabled_at or now
    ended = logins.end_sessions_of(session, account.id)
    session.flush()
    refuse_nobody_left(session, actor, now)
    return _changed(session, actor, account, "account.disable", sessions_ended=ended)


def enable_account(session: Session, actor: Actor, account_id: UUID, expected: Expected, *, now: datetime) -> Account:
    """Let the account be used again, with the password it had."""
    account = to_change(session, actor, account_id, expected, now=now)
    account.disabled_at = None
    return _changed(session, actor, account, "account.enable")


def reset_password(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> tuple[Account, str]:
    """A password for one login within 14 days, which then chooses another.

    Every login of the account ends and its programs' tokens are revoked: whoever had the old password may have made
    some.
    """
    account = to_change(session, actor, account_id, ANYTHING, now=now)
    one_time = passwords.one_time()
    account.password_hash = passwords.one_time_hashed(one_time)
    account.must_change_password, account.password_until = True, now + ONE_TIME_GOOD_FOR
    return _taken_back(session, actor, account, "account.reset_password", now), one_time


def set_password(session: Session, actor: Actor, account_id: UUID, password: str, *, now: datetime) -> Account:
    """Give the account a password that was chosen for it, and looked at by the caller; all else as with a reset."""
    account = to_change(session, actor, account_id, ANYTHING, now=now)
    account.password_hash = passwords.hashed(password)
    account.must_change_password, account.password_until = False, None
    return _taken_back(session, actor, account, "account.set_password", now)


def revoke_sessions(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> int:
    """End every login of the account, as when a phone is lost; how many there were."""
    account = to_change(session, actor, account_id, ANYTHING, now=now)
    ended = logins.end_sessions_of(session, account.id)
    audit.record(session, actor, "account.revoke_sessions", "account", account.id, detail={"sessions_ended": ended})
    return ended


def to_change(session: Session, actor: Actor, account_id: UUID, expected: Expected, *, now: datetime) -> Account:
    """The account, locked, for a change made on an expected revision.

    Raises NotFound out of reach, Forbidden for somebody whose rights go beyond the actor's part, Stale.
    """
    reach = reach_of(session, actor, PERMISSION, now)
    account = queries.account(session, account_id, to_change=True)
    if account is None or not reach.covers(account.node_code):
        raise NotFound
    if not _is_in_hand(session, reach, account.id, now):
        raise Forbidden("This account has rights beyond the part that you administer.")
    expected.check(account.revision)
    return account


def _is_in_hand(session: Session, reach: Reach, account_id: UUID, now: datetime) -> bool:
    if reach.everything:
        return True
    return all(reach.covers(node) for node in queries.nodes_held_from(session, account_id, now))


def refuse_nobody_left(session: Session, actor: Actor, now: datetime) -> None:
    """Raise LastAdministrator when nobody could manage accounts and rights any more; commands can always mend that."""
    if not actor.is_operator and not queries.full_administrators(session, now):
        raise LastAdministrator


def _taken_back(session: Session, actor: Actor, account: Account, action: str, now: datetime) -> Account:
    """Leave nothing open to whoever used the account before."""
    ended = logins.end_sessions_of(session, account.id)
    revoked = logins.revoke_tokens_of(session, account.id, now)
    return _changed(session, actor, account, action, sessions_ended=ended, tokens_revoked=revoked)


def _changed(session: Session, actor: Actor, account: Account, action: str, **detail: object) -> Account:
    account.revision += 1
    session.flush()
    audit.record(session, actor, action, "account", account.id, detail=detail)
    return account
