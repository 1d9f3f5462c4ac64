"""The memory a service really takes: the proportional set size of each of its processes, PostgreSQL included."""

from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def pss_by_process(root_pid: int, home: Path) -> list[tuple[str, float]]:
    """(what it is, MB) for the process, everything below it, and the private cluster of that home."""
    parents = {pid: _parent(pid) for pid in _pids()}
    postmaster = _postmaster(home)
    roots = {root_pid} | ({postmaster} if postmaster is not None else set())
    found = []
    for pid in parents:
        above: int | None = pid
        while above is not None and above not in roots:
            above = parents.get(above)
        pss = _pss_mb(pid) if above in roots else None
        if pss is not None:
            found.append((_label(pid), pss))
    return sorted(found, key=lambda one: -one[1])


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


def _pss_mb(pid: int) -> float | None:
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    except OSError:
        return None
    return None


def _label(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return str(pid)
    return " ".join(words.split())[:90]
