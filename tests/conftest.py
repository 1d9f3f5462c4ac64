"""Fixtures and options of the whole test run."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.demo_city",
    "tests.fixtures.clients",
    "tests.fixtures.browser",
    "tests.fixtures.certificates",
    "tests.fixtures.hashing",
    "tests.fixtures.in_process",
]


def pytest_configure(config: pytest.Config) -> None:
    """What the service keeps on disk goes to a folder of this run, unless a test says otherwise."""
    _take_up_signals()
    if "GRIDSVC_HOME" not in os.environ:
        os.environ["GRIDSVC_HOME"] = home = tempfile.mkdtemp(prefix="gridsvc-home-")
        Path(home).chmod(0o755)  # the database's user must be able to enter it
        config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


def _take_up_signals() -> None:
    """In the background, or under nohup, signals are ignored, and whatever the tests start would inherit that."""
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run the tests marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the slow tests, unless all are wanted or one of them is named."""
    if config.getoption("--full") or any("::" in argument for argument in config.args):
        return
    chosen = [item for item in items if "slow" not in item.keywords]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if "slow" in item.keywords])
        items[:] = chosen
