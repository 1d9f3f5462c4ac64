"""Accounts as administrators see them: list, make, edit, disable, one-time passwords, lost phones."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import accounts, passwords
from gridsvc.access.accounts import AccountDraft, AccountFilter
from gridsvc.access.tables import Account
from gridsvc.api import deps
from gridsvc.api.actors import forget_when_stored
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag
from gridsvc.api.pagination import Page, Pages
from gridsvc.core.errors import InvalidInput
from gridsvc.people import accounts as workers

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"], route_class=StrictRoute)

Username = Annotated[str, Field(min_length=1, max_length=64, pattern=accounts.USERNAME)]
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]
NodeCode = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.-]+$")]
Words = Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$", description="Part of either name.")]

ONE: dict[str, Any] = {
    "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
    "username": "wang.li",
    "display_name": "王丽（示例）",
    "node": "340302001000",
    "roles": ["dispatcher"],
    "state": "active",
    "must_change_password": False,
    "created_at": "2026-11-21T08:00:00Z",
    "disabled_at": None,
    "revision": 3,
}


class AccountItem(BaseModel):
    """An account. `node` is the node of the management tree whose administrators look after it; null: the city's."""

    model_config = ConfigDict(json_schema_extra={"example": ONE})

    id: UUID
    username: str
    display_name: str
    node: str | None = None
    roles: list[str] = Field(description="The roles held now.")
    state: Literal["active", "disabled"]
    must_change_password: bool
    created_at: datetime
    disabled_at: datetime | None = None
    revision: int


class MadeAccount(BaseModel):
    """A new account. The one-time password is shown here and never again; null when a password was given."""

    model_config = ConfigDict(json_schema_extra={"example": {"account": ONE, "one_time_password": "k7mq-9xwp-3trd"}})

    account: AccountItem
    one_time_password: str | None = None


class OneTimePassword(BaseModel):
    """A password for one login, within 14 days; it must be changed then. Shown here and never again."""

    model_config = ConfigDict(json_schema_extra={"example": {"one_time_password": "k7mq-9xwp-3trd"}})

    one_time_password: str


class EndedSessions(BaseModel):
    """How many logins were ended."""

    ended: int = Field(examples=[2])


class NewAccount(BaseModel):
    """An account to be made. Without a password it gets a one-time one. `worker` is the number of its grid worker."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"username": "wang.li", "display_name": "王丽（示例）", "node": "340302001000"}},
    )

    username: Username
    display_name: Name
    node: NodeCode | None = None
    password: Annotated[str, Field(min_length=1, max_length=passwords.LONGEST)] | None = None
    worker: Annotated[str, Field(min_length=1, max_length=64)] | None = None


class AccountChange(BaseModel):
    """What is to be different; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"display_name": "王丽（示例）"}})

    display_name: Name = ""
    node: NodeCode | None = None


@router.get("", summary="Accounts")
def list_accounts(
    actor: deps.CurrentActor,
    session: deps.Reading,
    pages: Pages,
    q: Words = None,
    state: Annotated[Literal["active", "disabled"] | None, Query()] = None,
    role: Annotated[str | None, Query(max_length=64, pattern=r"^\w+$", description="A role held now.")] = None,
) -> Page[AccountItem]:
    """Accounts that one looks after, by user name."""
    wanted = AccountFilter(q or None, None if state is None else state == "disabled", role)
    after = pages.after(str)
    at = deps.now()
    rows = accounts.list_accounts(
        session, actor, wanted, after=after[0] if after else None, limit=pages.limit + 1, now=at
    )
    held = accounts.roles_held(session, rows, at)
    return pages.page(rows, lambda row: _out(row, held.get(row.id, set())), key=lambda row: (row.username,))


@router.post("", status_code=201, summary="Make an account")
def create_account(
    wanted: NewAccount, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> MadeAccount:
    """The account has no role yet; see `POST …/grants`. Sent twice, the second is refused: the user name is taken."""
    draft = AccountDraft(wanted.username, wanted.display_name, wanted.node, wanted.password)
    account, one_time = accounts.make_account(session, actor, draft, now=deps.now())
    if wanted.worker is not None:
        workers.give_account(session, actor.by("accounts.manage").scope, wanted.worker, account.id)
    response.headers["Location"] = f"/api/v1/accounts/{account.id}"
    tag(response, account.revision)
    return MadeAccount(account=_out(account, set()), one_time_password=one_time)


@router.get("/{account_id}", summary="One account")
def get_account(account_id: UUID, response: Response, actor: deps.CurrentActor, session: deps.Reading) -> AccountItem:
    """An account that one looks after; 404 for any other."""
    account = accounts.find_account(session, actor, account_id, now=deps.now())
    return _shown(session, response, account)


@router.patch("/{account_id}", summary="Edit an account")
def edit_account(
    account_id: UUID,
    wanted: AccountChange,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> AccountItem:
    """Another name to be shown, another node. Who administers the account follows the node."""
    changes = wanted.model_dump(exclude_unset=True)
    if not changes:
        raise InvalidInput("Nothing is to be changed.")
    account = accounts.edit_account(session, actor, account_id, changes, expected, now=deps.now())
    return _shown(session, response, account)


@router.post("/{account_id}/disable", summary="Disable an account")
def disable_account(
    account_id: UUID,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> AccountItem:
    """Nobody can use it from this moment on: its logins end, its programs' tokens are refused. Nothing is erased."""
    account = accounts.disable_account(session, actor, account_id, expected, now=deps.now())
    forget_when_stored(session, held, account_id)
    return _shown(session, response, account)


@router.post("/{account_id}/enable", summary="Enable an account")
def enable_account(
    account_id: UUID,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> AccountItem:
    """It can be used again, with the password and the tokens it had."""
    account = accounts.enable_account(session, actor, account_id, expected, now=deps.now())
    forget_when_stored(session, held, account_id)
    return _shown(session, response, account)


@router.post("/{account_id}/reset-password", summary="Give a one-time password")
def reset_password(
    account_id: UUID, actor: deps.CurrentActor, session: deps.Writing, held: deps.AppState
) -> OneTimePassword:
    """The old password no longer works, every login ends and the account's tokens are revoked.

    The new one is good for one login within 14 days, which chooses another.
    """
    _, one_time = accounts.reset_password(session, actor, account_id, now=deps.now())
    forget_when_stored(session, held, account_id)
    return OneTimePassword(one_time_password=one_time)


@router.post("/{account_id}/revoke-sessions", summary="End every login of an account")
def revoke_sessions(
    account_id: UUID, actor: deps.CurrentActor, session: deps.Writing, held: deps.AppState
) -> EndedSessions:
    """For a lost phone: whoever has it is logged out with their next request. The password stays."""
    ended = accounts.revoke_sessions(session, actor, account_id, now=deps.now())
    forget_when_stored(session, held, account_id)
    return EndedSessions(ended=ended)


def _shown(session: Session, response: Response, account: Account) -> AccountItem:
    tag(response, account.revision)
    return _out(account, accounts.roles_held(session, [account], deps.now()).get(account.id, set()))


def _out(account: Account, roles: set[str]) -> AccountItem:
    return AccountItem(
        id=account.id,
        username=account.username,
        display_name=account.display_name,
        node=account.node_code,
        roles=sorted(roles),
        state="active" if account.disabled_at is None else "disabled",
        must_change_password=account.must_change_password,
        created_at=account.created_at,
        disabled_at=account.disabled_at,
        revision=account.revision,
    )
