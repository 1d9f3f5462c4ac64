"""The bounded child process: `python -m gridsvc.infra.bounded_child ORDER`. Nothing here is used by the service itself.

The module it is told has `prepare(order)`, which loads libraries and looks at nothing, and `answer(order)`, which
looks. Between the two the process gives up its rights, so that libraries may lie where its new user cannot read.
"""

import ctypes
import errno
import importlib
import json
import os
import resource
import sys
from typing import Any, NoReturn

from gridsvc.core.errors import InvalidInput
from gridsvc.infra.diskfull import has_no_room

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38
# Where the way out is kept while the usual one leads nowhere.
KEPT_OUTPUT = 64


def main(given: dict[str, Any]) -> None:
    """Limits itself, loads, gives up its rights, looks, and writes what it found."""
    with os.fdopen(_own_output(), "wb") as output:
        limit_self(given["resources"])
        told = _told(importlib.import_module(given["module"]), given["order"], given["user"])
        output.write(json.dumps(told, ensure_ascii=False).encode())


def limit_self(resources: dict[str, int]) -> None:
    """Sets what this process may take; the kernel ends it when it takes more."""
    for kind, most in (
        (resource.RLIMIT_AS, resources["memory_bytes"]),
        (resource.RLIMIT_CPU, resources["seconds"]),
        (resource.RLIMIT_FSIZE, resources["written_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def give_up_rights(user: list[int] | None) -> None:
    """No network where the kernel allows to give it up, another user when this one is root, and no way back."""
    system = ctypes.CDLL(None, use_errno=True)
    if user is None:
        system.unshare(CLONE_NEWUSER | CLONE_NEWNET)  # may be forbidden on this machine: the drivers have none either
    else:
        system.unshare(CLONE_NEWNET)
        os.setgroups([])
        os.setresgid(user[1], user[1], user[1])
        os.setresuid(user[0], user[0], user[0])
    system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def start_anew(environment: dict[str, str]) -> NoReturn:
    """This very program from the beginning, with a larger environment; for `prepare` alone."""
    os.dup2(KEPT_OUTPUT, 1)
    program = [sys.executable, "-P", "-m", "gridsvc.infra.bounded_child", sys.argv[1]]
    os.execve(sys.executable, program, os.environ | environment)  # noqa: S606 - this very program


def _own_output() -> int:
    """The descriptor for the answer; what a library prints goes nowhere."""
    os.dup2(1, KEPT_OUTPUT, inheritable=False)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return KEPT_OUTPUT


def _told(module: Any, order: dict[str, Any], user: list[int] | None) -> dict[str, Any]:
    try:
        module.prepare(order)
        give_up_rights(user)
        return {"answer": module.answer(order)}
    except InvalidInput as refusal:
        faults = [[fault.place, fault.code, fault.message] for fault in refusal.faults]
        return {"refused": refusal.message, "code": refusal.code, "faults": faults}


if __name__ == "__main__":
    try:
        main(json.loads(sys.argv[1]))
    except OSError as error:
        # Not the file's fault; whoever asked is told by the code of the end.
        sys.exit(errno.ENOSPC if has_no_room(error) else 1)
