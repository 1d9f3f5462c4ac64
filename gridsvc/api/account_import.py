"""Accounts from a table over HTTP: tried out with every wrong row named, or made, all or none."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import account_file
from gridsvc.access.account_file import Checked, ImportedAccount, Workers
from gridsvc.access.accounts import PERMISSION
from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.sheetform import FORM, sheet_for
from gridsvc.people import accounts as people

# Before the router of accounts, whose /{account_id} would take the word for an account.
router = APIRouter(prefix="/api/v1/accounts/import", tags=["accounts"])

LISTED = 200


class RowFault(BaseModel):
    """What is wrong with a row."""

    place: str = Field(examples=["row 7, role"])
    code: str = Field(examples=["unknown_role"])
    message: str


class RowAccount(BaseModel):
    """What a row makes. Id and one-time password are there when it was made; the password is never shown again."""

    row: int
    username: str
    display_name: str
    role: str
    node: str | None = None
    over: str | None = Field(None, description="The node of the role; null: the own grids.")
    worker: str | None = None
    account_id: UUID | None = None
    one_time_password: str | None = None


class AccountImport(BaseModel):
    """What became of a table, or would; with one rejected row nothing is stored."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "dry_run": True,
                "read": 2,
                "accepted": 1,
                "rejected": 1,
                "accounts": [
                    {
                        "row": 2,
                        "username": "wang.li",
                        "display_name": "王丽（示例）",
                        "role": "worker",
                        "node": "340302001001",
                        "over": None,
                        "worker": "W0001",
                        "account_id": None,
                        "one_time_password": None,
                    }
                ],
                "faults": [{"place": "row 3, role", "code": "unknown_role", "message": "There is no such role."}],
                "faults_total": 1,
            }
        }
    )

    dry_run: bool
    read: int
    accepted: int
    rejected: int
    accounts: list[RowAccount]
    faults: list[RowFault]
    faults_total: int


@router.post(
    "",
    status_code=201,
    responses={200: {"model": AccountImport, "description": "Tried out; nothing was stored."}},
    openapi_extra=FORM,
    summary="Make accounts from a table",
)
def import_accounts(
    sheet: Annotated[Any, Depends(sheet_for(PERMISSION))],
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    config: deps.Config,
    dry_run: Annotated[bool, Query(description="Only look at the rows.")] = False,
) -> AccountImport:
    """Each row is an account with its role; it gets a one-time password.

    Columns: username 用户名, display_name 姓名, role 角色; if wanted node 所属, over 管辖, until 有效期至, worker 工号.
    """
    at = deps.now()
    workers = workers_for(session, actor)
    checked = account_file.check_accounts(session, actor, sheet, workers, now=at, timezone=config.city_timezone)
    if dry_run:
        response.status_code = 200
        return _report(checked, {}, dry_run=True)
    made = account_file.import_accounts(session, actor, checked, workers, now=at)
    return _report(checked, {each.row: each for each in made}, dry_run=False)


def workers_for(session: Session, actor: Actor) -> Workers:
    """How rows are linked to workers where the actor manages accounts."""
    scope = actor.by("accounts.manage").scope
    return Workers(
        linkable=lambda numbers: people.linkable(session, scope, numbers),
        link=lambda number, account_id: people.give_account(session, scope, number, account_id),
    )


def _report(checked: Checked, made: dict[int, ImportedAccount], *, dry_run: bool) -> AccountImport:
    return AccountImport(
        dry_run=dry_run,
        read=checked.read,
        accepted=len(checked.rows),
        rejected=checked.read - len(checked.rows),
        accounts=[
            RowAccount(
                row=row.number,
                username=row.username,
                display_name=row.display_name,
                role=row.role,
                node=row.node,
                over=row.over,
                worker=row.worker,
                account_id=made[row.number].account_id if row.number in made else None,
                one_time_password=made[row.number].one_time_password if row.number in made else None,
            )
            for row in checked.rows
        ],
        faults=[RowFault(place=f.place, code=f.code, message=f.message) for f in checked.faults[:LISTED]],
        faults_total=len(checked.faults),
    )
