"""The memory a service really takes, process by process, PostgreSQL included."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Footprint:
    """What a process takes of the machine's memory, in MB.

    `pss_mb` counts a page that several processes have mapped by parts, so the parts of a service add up to what it
    takes; it changes when a neighbour that has the same libraries loaded comes or goes. `own_mb` is what the process
    itself has written and no file stands for: only this tells whether it grows.
    """

    label: str
    pss_mb: float
    own_mb: float


def footprints(root_pid: int, home: Path) -> list[Footprint]:
    """The process, everything below it, and the private cluster of that home; the largest first."""
    parents = {pid: _parent(pid) for pid in _pids()}
    postmaster = _postmaster(home)
    roots = {root_pid} | ({postmaster} if postmaster is not None else set())
    found = []
    for pid in parents:
        above: int | None = pid
        while above is not None and above not in roots:
            above = parents.get(above)
        sizes = _sizes_mb(pid) if above in roots else {}
        if sizes:
            found.append(Footprint(_label(pid), sizes["Pss"], sizes["Pss_Anon"]))
    return sorted(found, key=lambda one: -one.pss_mb)


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def _parent(pid: int) -> int | None:
    try:
        words = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(words[1]) or None


def _postmaster(home: Path) -> int | None:
    try:
        return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _sizes_mb(pid: int) -> dict[str, float]:
    """The sums that the kernel keeps of a process; empty for one that has ended, or is no business of ours."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {name: int(size.split()[0]) / 1000 for name, _, size in (line.partition(":") for line in lines)}


def _label(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return str(pid)
    return " ".join(words.split())[:90]
