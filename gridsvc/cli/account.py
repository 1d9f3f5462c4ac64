"""`gridsvc account`: who may log in, in which role, over which part of the city."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridsvc.cli import _tokens
from gridsvc.cli._moments import FROM, UNTIL, meant
from gridsvc.cli._operator import acting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from gridsvc.access.account_file import Workers
    from gridsvc.access.identity import Actor

app = typer.Typer(help="Accounts that can log in.", no_args_is_help=True)

app.add_typer(_tokens.app, name="token")

MOST_FAULTS_SHOWN = 20

Username = Annotated[str, typer.Argument(help="The name to log in with.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Role = Annotated[str, typer.Option(help="administrator, planner, approver, dispatcher, handler, commander …")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command(help="Add an account with a role over an area: city, district, street or community.")
def create(
    username: Username,
    role: Role,
    area: Annotated[
        str | None, typer.Option(help="The node whose affairs it may see; the root of the tree when left out.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The name shown; the user name when left out.")] = None,
    worker: Annotated[str | None, typer.Option(help="The number of the grid worker it belongs to.")] = None,
    one_time: Annotated[bool, typer.Option("--one-time", help="Print a password for one login instead.")] = False,
    password_stdin: FromStdin = False,
) -> None:
    """The account exists from now on; its password is kept only as an Argon2 hash. So the first administrator is made.

    A grid worker's role reaches the grids they are responsible for; the area then says who looks after the account.
    """
    from gridsvc.access import accounts, grants, identity, management
    from gridsvc.people import staffing

    given = None if one_time else _password(username, from_stdin=password_stdin)
    with acting() as (session, actor, now):
        node = area or management.root_of_tree(session)
        identity.check_grantable(session, username=username, role=role, node=node)
        draft = accounts.AccountDraft(username, name or username, node, given)
        made, shown = accounts.make_account(session, actor, draft, now=now)
        over = None if grants.reaches_own_grids_only(session, role) else node
        grants.give_role(session, actor, made.id, grants.GrantDraft(role, over, now), now=now)
        if worker is not None:
            staffing.give_account(session, worker, made.id)
    typer.echo(f"{username} may log in as {role} for {node}")
    if shown is not None:
        typer.echo(f"one-time password: {shown}")


@app.command(help="Give an account another password; end every login, revoke its programs' tokens.")
def password(username: Username, password_stdin: FromStdin = False) -> None:
    """Its owner need not change it."""
    from gridsvc.access import accounts

    wanted = _password(username, from_stdin=password_stdin)
    with acting() as (session, actor, now):
        account = accounts.account_named(session, actor, username, now=now)
        accounts.set_password(session, actor, account.id, wanted, now=now)
    typer.echo(f"{username} has a new password")


@app.command("reset-password", help="Print a password for one login, which must then be changed.")
def reset_password(username: Username) -> None:
    """Good for 14 days. Every login ends, and the tokens of the account's programs are revoked."""
    from gridsvc.access import accounts

    with acting() as (session, actor, now):
        account = accounts.account_named(session, actor, username, now=now)
        _, one_time = accounts.reset_password(session, actor, account.id, now=now)
    typer.echo(f"one-time password: {one_time}")


@app.command("revoke-sessions", help="End every login of an account, as when a phone is lost.")
def revoke_sessions(username: Username) -> None:
    """A running service notices within seconds. The password stays."""
    from gridsvc.access import accounts

    with acting() as (session, actor, now):
        account = accounts.account_named(session, actor, username, now=now)
        ended = accounts.revoke_sessions(session, actor, account.id, now=now)
    typer.echo(f"{ended} logins of {username} ended")


@app.command(help="Let nobody use an account any more; nothing is erased.")
def disable(username: Username) -> None:
    """Its logins end and its programs' tokens are refused."""
    _switch(username, on=False)


@app.command(help="Let a disabled account be used again.")
def enable(username: Username) -> None:
    """With the password and the tokens it had."""
    _switch(username, on=True)


@app.command(help="Give an account a role over a node of the management tree.")
def grant(
    username: Username,
    role: Role,
    area: Annotated[str | None, typer.Option(help="The node; none for a role that reaches the own grids.")] = None,
    since: Annotated[str | None, typer.Option("--from", help=FROM)] = None,
    until: Annotated[str | None, typer.Option(help=UNTIL)] = None,
) -> None:
    """In force from that moment on."""
    from gridsvc.access import accounts, grants

    begins, ends = meant(since), meant(until)
    with acting() as (session, actor, now):
        account = accounts.account_named(session, actor, username, now=now)
        draft = grants.GrantDraft(role, area, begins or now, ends)
        grants.give_role(session, actor, account.id, draft, now=now)
    typer.echo(f"{username} acts as {role} for {area or 'the own grids'}")


@app.command("list", help="List accounts with their roles.")
def list_all(
    words: Annotated[str | None, typer.Option("--find", help="Part of the user name or the name shown.")] = None,
    as_json: AsJson = False,
) -> None:
    """By user name."""
    from gridsvc.access import accounts

    listed: list[dict[str, Any]] = []
    with acting() as (session, actor, now):
        wanted = accounts.AccountFilter(words)
        rows = accounts.list_accounts(session, actor, wanted, after=None, limit=100_000, now=now)
        held = accounts.roles_held(session, rows, now)
        for row in rows:
            state = "disabled" if row.disabled_at else "active"
            roles = sorted(held.get(row.id, ()))
            listed.append({"username": row.username, "node": row.node_code, "state": state, "roles": roles})
    if as_json:
        typer.echo(json.dumps({"accounts": listed}, ensure_ascii=False))
        return
    for each in listed:
        typer.echo(f"{each['username']}\t{each['state']}\t{each['node'] or '-'}\t{' '.join(each['roles'])}")


@app.command("import", help="Accounts with their roles from an Excel or CSV table: all of them, or none.")
def import_table(
    file: Annotated[Path, typer.Argument(help=".xlsx, or CSV in UTF-8 or GB18030, with names first.", exists=True)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look at the rows.")] = False,
    as_json: AsJson = False,
) -> None:
    """Columns: username 用户名, display_name 姓名, role 角色; if wanted node 所属, over 管辖, until 有效期至,
    worker 工号.

    Prints the one-time password of each account, to be handed over; it is not shown again.
    """
    from gridsvc.access import account_file
    from gridsvc.infra.settings import get_settings
    from gridsvc.infra.sheets import read_sheet

    sheet = read_sheet(file)
    made = []
    with acting() as (session, actor, now):
        workers = _workers(session, actor)
        zone = get_settings().city_timezone
        checked = account_file.check_accounts(session, actor, sheet, workers, now=now, timezone=zone)
        if not dry_run and not checked.faults:
            made = account_file.import_accounts(session, actor, checked, workers, now=now)
    told = {"read": checked.read, "accepted": len(checked.rows), "stored": len(made)}
    faults = [{"place": fault.place, "code": fault.code, "message": fault.message} for fault in checked.faults]
    handed = [{"row": a.row, "username": a.username, "one_time_password": a.one_time_password} for a in made]
    if as_json:
        typer.echo(json.dumps(told | {"faults": faults, "accounts": handed}, ensure_ascii=False))
    else:
        typer.echo(", ".join(f"{name} {count}" for name, count in told.items()))
        for fault in faults[:MOST_FAULTS_SHOWN]:
            typer.echo(f"  {fault['place']}: {fault['message']} [{fault['code']}]", err=True)
        for each in handed:
            typer.echo(f"{each['username']}\t{each['one_time_password']}")
    if faults:
        raise typer.Exit(1)


def _workers(session: "Session", actor: "Actor") -> "Workers":
    from gridsvc.access.account_file import Workers
    from gridsvc.people import accounts as people

    return Workers(
        linkable=lambda numbers: people.linkable(session, actor.scope, numbers),
        link=lambda number, account_id: people.give_account(session, actor.scope, number, account_id),
    )


def _switch(username: str, *, on: bool) -> None:
    from gridsvc.access import accounts
    from gridsvc.core.revisions import ANYTHING

    with acting() as (session, actor, now):
        account = accounts.account_named(session, actor, username, now=now)
        change = accounts.enable_account if on else accounts.disable_account
        change(session, actor, account.id, ANYTHING, now=now)
    typer.echo(f"{username} is {'enabled' if on else 'disabled'}")


def _password(username: str, *, from_stdin: bool) -> str:
    from gridsvc.access import passwords

    if from_stdin:
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    passwords.check(given, username, place="password")
    return given
