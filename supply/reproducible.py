"""`scripts/reproducible [--no-web]`: builds the wheel twice, in two folders from the commit, and compares byte by byte.

Each build makes its own pages from the locked packages, unless --no-web takes those that are there. The time in the
wheel is that of the commit. Exit code 1 and the names of what differs when the two are not the same.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from supply.parts import ROOT


def build(folder: Path, *, with_web: bool) -> Path:
    """A wheel of the commit, built in `folder`, which must not exist yet; returns where it is."""
    folder.mkdir(parents=True)
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", "HEAD"], check=True, capture_output=True).stdout
    subprocess.run(["tar", "x", "-C", str(folder)], input=archive, check=True)
    if with_web:
        (folder / "web" / "node_modules").symlink_to(ROOT / "web" / "node_modules")
        _quietly([str(ROOT / "scripts" / "npm"), "--prefix", str(folder / "web"), "run", "build"], folder)
    else:
        shutil.copytree(ROOT / "gridsvc" / "static", folder / "gridsvc" / "static")
    _quietly([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "out")], folder)
    (wheel,) = (folder / "out").glob("*.whl")
    return wheel


def _quietly(command: list[str], folder: Path) -> None:
    epoch = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], check=True, capture_output=True, text=True
    ).stdout.strip()
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch, "TZ": "UTC"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed: {(done.stderr or done.stdout)[-1500:]}")


def differences(first: Path, second: Path) -> list[str]:
    """The names of entries that are in one wheel only or differ; empty for two that are equal to the byte."""
    if first.read_bytes() == second.read_bytes():
        return []
    held = [_entries(wheel) for wheel in (first, second)]
    names = sorted(name for name in held[0].keys() | held[1].keys() if held[0].get(name) != held[1].get(name))
    return names or ["the order or the times of the entries"]


def _entries(wheel: Path) -> dict[str, tuple[str, tuple[int, ...], int]]:
    with zipfile.ZipFile(wheel) as opened:
        return {
            entry.filename: (hashlib.sha256(opened.read(entry)).hexdigest(), entry.date_time, entry.external_attr)
            for entry in opened.infolist()
        }


def main() -> int:
    """Builds twice and tells."""
    with_web = "--no-web" not in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="gridsvc-wheel-") as folder:
        wheels = [build(Path(folder) / name, with_web=with_web) for name in ("one", "two-with-a-longer-name")]
        different = differences(*wheels)
        digest = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
        sys.stdout.write(f"{wheels[0].name} {wheels[0].stat().st_size} bytes sha256 {digest}\n")
    for name in different:
        sys.stderr.write(f"reproducible: {name} differs\n")
    sys.stdout.write("the two builds differ\n" if different else "two builds, the same bytes\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
