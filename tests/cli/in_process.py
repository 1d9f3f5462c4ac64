"""Commands in this process: the same entry point, arguments and exit codes, without a second's start of a program."""

import io
import os
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from gridsvc.cli import main
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import follow_city, get_settings

SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def gridsvc(database: Database, *arguments: str, words: str = "") -> Answer:
    """`gridsvc ARGUMENTS` on a database, with these words on its standard input."""
    out, err = io.StringIO(), io.StringIO()
    handlers = [signal.getsignal(number) for number in SIGNALS]
    get_settings.cache_clear()
    try:
        with (
            patch.dict(os.environ, {"GRIDSVC_DATABASE_URL": database.url}),
            patch.object(sys, "argv", ["gridsvc", *arguments]),
            patch.object(sys, "stdin", io.StringIO(words)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = _ended(main)
    finally:
        for number, handler in zip(SIGNALS, handlers, strict=True):
            signal.signal(number, handler)
        follow_city({})
        get_settings.cache_clear()
    return Answer(code, out.getvalue(), err.getvalue())


def _ended(command: object) -> int:
    assert callable(command)
    try:
        command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
