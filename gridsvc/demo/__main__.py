"""`python -m gridsvc.demo SIZE SEED`: loads the demo city into the empty database that the environment names."""

import signal
import sys
from types import FrameType

from gridsvc.core.errors import GridsvcError
from gridsvc.demo.setting_up import load_here
from gridsvc.demo.steps import Steps
from gridsvc.infra.settings import Settings


def main() -> int:
    """Loads, and says what went wrong in plain lines; TERM ends it like Ctrl-C, with nothing left running."""
    signal.signal(signal.SIGTERM, _end)
    size, seed = sys.argv[1:]
    try:
        load_here(Settings(), size, int(seed), Steps())
    except GridsvcError as error:
        sys.stderr.write(f"gridsvc: {error.message} [{error.code}]\n")
        for fault in error.faults[:10]:
            sys.stderr.write(f"  {fault.place}: {fault.message} [{fault.code}]\n")
        return 1
    return 0


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
