"""What a decoding library that was taken over might try; run inside the bounded child by test_sheets."""

import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from gridsvc.core.errors import Fault, UnreadableFile
from gridsvc.infra.bounded_child import KEPT_OUTPUT


def prepare(_: dict[str, Any]) -> None:
    """Nothing to load."""


def answer(order: dict[str, Any]) -> Any:
    """What came of the deed."""
    return DEEDS[order["do"]]()


def _look() -> dict[str, Any]:
    interfaces = [name for _, name in socket.if_nameindex() if name != "lo"]
    return {
        "uid": os.getuid(),
        "groups": os.getgroups(),
        "interfaces": interfaces,
        "secret": os.access("/etc/shadow", os.R_OK),
        "child": _can_start(),
    }


def _can_start() -> bool:
    try:
        pid = os.fork()
    except OSError:
        return False
    if pid == 0:
        os._exit(0)
    return True


def _eat() -> int:
    return len(bytearray(2**31))


def _spin() -> None:
    while True:
        pass


def _write() -> None:
    Path("big").write_bytes(b"x" * 2**22)


def _die() -> None:
    os._exit(3)


def _babble() -> None:
    sys.stdout.write("not the answer")
    sys.stdout.flush()
    os._exit(0)


def _rant() -> NoReturn:
    raise UnreadableFile("x" * 100_000, faults=[Fault("y" * 250, "z" * 250, "x" * 250)] * 1001)


def _flood() -> str:
    return "x" * 2**21


def _nest() -> None:
    _answer_with(b"[" * 200_000)


def _forge() -> None:
    _answer_with(b'{"refused": ["x"], "code": {}, "faults": [7]}')


def _answer_with(content: bytes) -> NoReturn:
    os.write(KEPT_OUTPUT, content)
    os._exit(0)


DEEDS = {
    "look": _look,
    "eat": _eat,
    "spin": _spin,
    "write": _write,
    "die": _die,
    "babble": _babble,
    "rant": _rant,
    "flood": _flood,
    "nest": _nest,
    "forge": _forge,
}
