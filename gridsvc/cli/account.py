"""`gridsvc account`: who may log in, in which role, over which part of the city."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

app = typer.Typer(help="Accounts that can log in.", no_args_is_help=True)

SHORTEST_PASSWORD = 10

Username = Annotated[str, typer.Argument(help="The name to log in with.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@app.command(help="Add an account with a role over an area: city, district, street or community.")
def create(
    username: Username,
    role: Annotated[str, typer.Option(help="administrator, planner, approver, dispatcher, handler, commander …")],
    area: Annotated[str, typer.Option(help="The 12-digit code of the area whose affairs it may see.")],
    name: Annotated[str | None, typer.Option(help="The name shown; the user name when left out.")] = None,
    worker: Annotated[str | None, typer.Option(help="The number of the grid worker it belongs to.")] = None,
    password_stdin: FromStdin = False,
) -> None:
    """The account exists from now on; its password is kept only as an Argon2 hash."""
    from gridsvc.access import identity
    from gridsvc.cli import _database
    from gridsvc.infra.settings import get_settings
    from gridsvc.people import staffing

    password = _password(from_stdin=password_stdin)
    with _database.written(get_settings()) as session:
        identity.check_grantable(session, username=username, role=role, node=area)
        made = identity.create_account(session, username=username, display_name=name or username, password=password)
        identity.grant(session, made, role=role, node=area, since=datetime.now(UTC))
        if worker is not None:
            staffing.give_account(session, worker, made)
    typer.echo(f"{username} may log in as {role} for {area}")


@app.command(help="Give an account another password.")
def password(username: Username, password_stdin: FromStdin = False) -> None:
    """The old password no longer works, and whoever is logged in stays so until the session ends."""
    from gridsvc.access import identity
    from gridsvc.cli import _database
    from gridsvc.infra.settings import get_settings

    wanted = _password(from_stdin=password_stdin)
    with _database.written(get_settings()) as session:
        identity.set_password(session, username, wanted)
    typer.echo(f"{username} has a new password")


def _password(*, from_stdin: bool) -> str:
    from gridsvc.core.errors import InvalidInput

    if from_stdin:
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    if len(given) < SHORTEST_PASSWORD:
        raise InvalidInput(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return given
