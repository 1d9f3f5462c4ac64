"""`gridsvc account token`: what programs prove themselves with, made for an account and revoked by command."""

import json
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from gridsvc.cli._moments import meant
from gridsvc.cli._operator import acting

if TYPE_CHECKING:
    from datetime import datetime

    from gridsvc.access.tables import ApiToken

app = typer.Typer(help="Tokens of programs.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="The account that the program acts for.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command(help="Make a token and print it once: a part of an account's rights, until a day.")
def create(
    username: Username,
    name: Annotated[str, typer.Option(help="What it is for.")],
    may: Annotated[list[str], typer.Option("--may", help="A right, such as incidents.create; again for the next.")],
    until: Annotated[str, typer.Option(help="When it ends, within a year: a moment with its zone, or a day.")],
    area: Annotated[str | None, typer.Option(help="The node it is limited to; as far as the account else.")] = None,
    as_json: AsJson = False,
) -> None:
    """Its rights are those of the account that are named; what the account loses later, the token loses too."""
    from gridsvc.access import tokens

    ends = meant(until)
    assert ends is not None
    with acting() as (session, actor, now):
        draft = tokens.TokenDraft(name, frozenset(may), area, ends)
        made, secret = tokens.make_token_for(session, actor, username, draft, now=now)
        told = _shown(made, username, now) | {"token": secret}
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else f"{told['id']}\t{secret}")


@app.command("list", help="List tokens, ended ones too; none is shown again.")
def list_all(as_json: AsJson = False) -> None:
    """The newest first."""
    from gridsvc.access import tokens

    with acting() as (session, actor, now):
        rows = tokens.visible_tokens(session, actor, now=now)
        listed = [_shown(row.ApiToken, row.username, now) for row in rows]
    if as_json:
        typer.echo(json.dumps({"tokens": listed}, ensure_ascii=False))
        return
    for each in listed:
        typer.echo("\t".join((each["id"], each["account"], each["state"], each["until"], each["name"])))


@app.command(help="End a token now.")
def revoke(token: Annotated[UUID, typer.Argument(help="Its number; see `list`.")]) -> None:
    """A running service notices within seconds."""
    from gridsvc.access import tokens

    with acting() as (session, actor, now):
        tokens.revoke_token(session, actor, token, now=now)
    typer.echo(f"{token} is revoked")


def _shown(token: "ApiToken", username: str, now: "datetime") -> dict[str, Any]:
    return {
        "id": str(token.id),
        "name": token.name,
        "account": username,
        "permissions": token.permissions,
        "node": token.node_code,
        "until": token.expires_at.isoformat(),
        "state": token.state(now),
    }
