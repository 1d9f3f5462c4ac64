"""What the repository itself promises: locks without addresses, commands that can be run."""

import json
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dask.lock", "requirements-uv.lock", "requirements-node.lock"]
)
def test_python_locks_have_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|^-|@ ", text, re.MULTILINE)
    packages = re.split(r"\n(?=\S)", text.strip())
    assert all(" --hash=sha256:" in package for package in packages)


def test_the_front_ends_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_every_script_can_be_run_and_says_how() -> None:
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]:
        if path.is_file() and path.suffix == "":
            assert os.access(path, os.X_OK), f"{path} is not executable"
            assert path.read_text().startswith("#!")
