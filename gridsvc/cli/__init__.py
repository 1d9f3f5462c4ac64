"""The command line. Each module of this package is one command; it is imported only when that command is called.

A module offers `app`, a `typer.Typer`. Its file name is the command's name (`serve.py` is `gridsvc serve`); names that
are no Python names stand in SPELLINGS. A command with subcommands of which there is only one needs an empty
`@app.callback()`, or Typer folds it into its parent. Modules import heavy libraries inside their functions, so that
`gridsvc --help` and `gridsvc doctor` answer at once.

Exit codes: 0 fine, 1 findings or rejected rows, 2 wrong use or an installation that does not work.
"""

import json
import pkgutil
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from gridsvc.core.errors import GridsvcError

SPELLINGS = {"import": "imports"}
MOST_FAULTS_SHOWN = 10
FINDINGS, WRONG_USE = 1, 2


class CommandModules(TyperGroup):
    """The commands found in this package, imported one by one when asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        spelled = {module: name for name, module in SPELLINGS.items()}
        modules = [entry.name for entry in pkgutil.iter_modules(__path__) if not entry.name.startswith("_")]
        return sorted(spelled.get(module, module) for module in modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{__name__}.{SPELLINGS.get(cmd_name, cmd_name)}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=CommandModules,
    help="Grid management for community governance.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(ctx: typer.Context, version: bool = typer.Option(False, "--version", help="Show the version.")) -> None:
    if version:
        from gridsvc import __version__

        typer.echo(__version__)
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def main() -> NoReturn:
    """Runs the command line; what went wrong is told in one plain line, with --json as one object."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end_in_order)
    arguments = sys.argv[1:]
    try:
        app(arguments, prog_name="gridsvc")
    except GridsvcError as error:
        report(error, as_json="--json" in arguments)
        sys.exit(exit_code(error))
    except ValueError as error:
        if not type(error).__module__.startswith("pydantic"):
            raise
        print(f"gridsvc: a setting is wrong: {_settings_fault(error)}", file=sys.stderr)
        sys.exit(WRONG_USE)
    sys.exit(0)


def _end_in_order(number: int, _frame: FrameType | None) -> None:
    """TERM and a closed terminal end a command like Ctrl-C does, so that it lets go of what it holds."""
    sys.exit(128 + number)


def exit_code(error: GridsvcError) -> int:
    """1 when the input was looked at and found wanting, 2 when the command could not do its work."""
    return FINDINGS if error.faults or error.code == "net_has_faults" else WRONG_USE


def report(error: GridsvcError, *, as_json: bool) -> None:
    """Tells an error: a line and the first faults on the error stream, or one JSON object on the output."""
    if as_json:
        faults = [{"place": fault.place, "code": fault.code, "message": fault.message} for fault in error.faults]
        told = {"error": {"code": error.code, "message": error.message, "faults": faults}}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"gridsvc: {error.message} [{error.code}]", file=sys.stderr)
    for fault in error.faults[:MOST_FAULTS_SHOWN]:
        print(f"  {fault.place}: {fault.message} [{fault.code}]", file=sys.stderr)
    if len(error.faults) > MOST_FAULTS_SHOWN:
        print(f"  and {len(error.faults) - MOST_FAULTS_SHOWN} more", file=sys.stderr)


def _settings_fault(error: ValueError) -> str:
    details: list[dict[str, Any]] = error.errors()  # type: ignore[attr-defined]
    return "; ".join(
        f"GRIDSVC_{'_'.join(map(str, detail['loc'])).upper()}: {detail['msg']}".replace("GRIDSVC_: ", "")
        for detail in details
    )
