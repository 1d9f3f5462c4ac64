"""The demo accounts: one for each kind of user, one password for all, kept in a file only its owner can read."""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import identity
from gridsvc.access.accounts import set_password
from gridsvc.core.errors import NotFound
from gridsvc.demo import queries
from gridsvc.infra.settings import Settings

FILE_NAME = "demo-accounts.json"
WORKER = "worker"


@dataclass(frozen=True)
class DemoAccount:
    """A user name, the name shown, the role, and where it acts: in the whole city, a district, or the own grids."""

    username: str
    display_name: str
    role: str
    acts_in: Literal["city", "district", "own"] = "city"


ACCOUNTS = (
    DemoAccount("admin", "演示管理员", "administrator"),
    DemoAccount("planner", "演示规划员", "planner"),
    DemoAccount("approver", "演示审批人", "approver"),
    DemoAccount("dispatcher", "演示派遣员", "dispatcher"),
    DemoAccount("commander", "演示指挥长", "commander"),
    DemoAccount("supervisor", "演示督导员", "supervisor", "district"),
    DemoAccount(WORKER, "演示网格员", "worker", "own"),
)


def create_accounts(
    session: Session, password: str, *, city_code: str, community_code: str, since: datetime
) -> dict[str, UUID]:
    """Add the demo accounts with their roles and return their ids by user name.

    `community_code` is where the worker belongs; the supervisor acts in its district.
    """
    places = {"city": city_code, "district": f"{community_code[:6]}000000", "own": community_code}
    ids = {}
    for account in ACCOUNTS:
        node = places[account.acts_in]
        made = identity.create_account(
            session,
            username=account.username,
            display_name=account.display_name,
            password=password,
            node=node,
        )
        identity.grant(session, made, role=account.role, node=None if account.acts_in == "own" else node, since=since)
        ids[account.username] = made
    return ids


def change_passwords(session: Session, password: str) -> None:
    """Give every demo account this password. Raises NotFound if they are not there."""
    for account in ACCOUNTS:
        known = queries.account_id(session, account.username)
        if known is None:
            raise NotFound(f"There is no demo account {account.username} in this database.")
        set_password(session, identity.operator("demo"), known, password, now=datetime.now(UTC))


def wanted_password(settings: Settings) -> str:
    """The password set for the demo, else the one used so far, else a new one."""
    return settings.demo_password or known_password(settings.home) or secrets.token_urlsafe(9)


def known_password(home: Path) -> str | None:
    """The password of the demo accounts as the file in the home says, None where it does not."""
    try:
        told = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
        return str(told["accounts"][0]["password"])
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None


def write_file(home: Path, password: str) -> Path:
    """Write user names and password where only the owner of the home can read them; returns the place."""
    place = home / FILE_NAME
    fresh = place.with_name(f".{FILE_NAME}.new")
    told = {
        "note": "Demo accounts of a synthetic city. Never use them for real data.",
        "accounts": [
            {"username": account.username, "password": password, "role": account.role} for account in ACCOUNTS
        ],
    }
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
    fresh.replace(place)
    return place
