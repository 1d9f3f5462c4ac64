"""`gridsvc node`: the management tree, and which part of it is run from elsewhere."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from gridsvc.cli._moments import AS_OF, FROM, UNTIL, meant
from gridsvc.cli._operator import acting

if TYPE_CHECKING:
    from gridsvc.access.management import PlacedNode

app = typer.Typer(help="The management tree: read, add, rename, delegate.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="The code of the node; of an area its 12 digits.")]


@app.command("list", help="The nodes, with what each is run from.")
def list_nodes(
    under: Annotated[str | None, typer.Option(help="Only the children of this node.")] = None,
    as_of: Annotated[str | None, typer.Option(help=AS_OF)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """By code; a delegation is shown with its number and dates."""
    from gridsvc.access import management

    at = meant(as_of) or datetime.now(UTC)
    with acting() as (session, actor, _):
        placed = management.management_tree(session, actor, at, under=under)
        listed = [_shown(each) for each in placed]
    if as_json:
        typer.echo(json.dumps({"nodes": listed}, ensure_ascii=False))
        return
    for node in listed:
        typer.echo(f"{node['code']}\t{node['name']}\t{node['parent'] or '-'}")
        for d in node["delegations"]:
            typer.echo(f"  run from {d['parent']} {d['from']} – {d['until'] or 'open'} ({d['id']})")


@app.command(help="Add a node that is no area, such as a development zone.")
def add(
    code: Code,
    name: Annotated[str, typer.Option(help="Its name.")],
    parent: Annotated[str, typer.Option(help="The node it belongs to.")],
) -> None:
    """Areas bring their own nodes when they are imported."""
    from gridsvc.access import management

    with acting() as (session, actor, now):
        management.add_node(session, actor, management.NodeDraft(code, name, parent), now=now)
    typer.echo(f"{code} belongs to {parent}")


@app.command(help="Give a node another name.")
def rename(code: Code, name: Annotated[str, typer.Option(help="The other name.")]) -> None:
    """The name of the area that it runs is not touched."""
    from gridsvc.access import management
    from gridsvc.core.revisions import ANYTHING

    with acting() as (session, actor, now):
        management.rename_node(session, actor, code, ANYTHING, name=name, now=now)
    typer.echo(f"{code} is called {name}")


@app.command(help="Run a node, with all below it, from another one for a time.")
def delegate(
    code: Code,
    to: Annotated[str, typer.Option(help="The node to run it from.")],
    since: Annotated[str | None, typer.Option("--from", help=FROM)] = None,
    until: Annotated[str | None, typer.Option(help=UNTIL)] = None,
) -> None:
    """Who sees it and may act in it follows at that moment."""
    from gridsvc.access import management

    begins, ends = meant(since), meant(until)
    with acting() as (session, actor, now):
        draft = management.DelegationDraft(to, begins or now, ends)
        made = management.delegate_node(session, actor, code, draft, now=now)
    typer.echo(f"{code} is run from {to} ({made.id})")


@app.command("end-delegation", help="Run a node from its own parent again.")
def end_delegation(
    code: Code, delegation: Annotated[UUID, typer.Argument(help="The number of the delegation; see `list`.")]
) -> None:
    """Now; a delegation that has not begun is taken back."""
    from gridsvc.access import management

    with acting() as (session, actor, now):
        management.end_delegation(session, actor, code, delegation, now=now)
    typer.echo(f"{code} is run from its own parent")


def _shown(placed: "PlacedNode") -> dict[str, Any]:
    return {
        "code": placed.node.code,
        "name": placed.node.name,
        "parent": placed.parent,
        "own_parent": placed.node.parent_code,
        "delegations": [
            {
                "id": str(each.id),
                "parent": each.parent_code,
                "from": _told(each.valid.lower),
                "until": _told(each.valid.upper),
            }
            for each in placed.delegations
        ],
    }


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
