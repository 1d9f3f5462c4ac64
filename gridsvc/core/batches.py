"""What became of many rows sent at once."""

from dataclasses import dataclass

from gridsvc.core.errors import Fault


@dataclass(frozen=True)
class BatchResult:
    """How many rows were added, were there before, or were refused, and why; `faults` name a row each, in order."""

    added: int
    already_there: int
    rejected: int
    faults: tuple[Fault, ...] = ()

    def __add__(self, other: "BatchResult") -> "BatchResult":
        return BatchResult(
            self.added + other.added,
            self.already_there + other.already_there,
            self.rejected + other.rejected,
            self.faults + other.faults,
        )


def at_row(name: str, fault: Fault) -> Fault:
    """The fault of a field as the fault of a named row: "line 7, field y"."""
    return Fault(f"{name}, {fault.place}" if fault.place else name, fault.code, fault.message, fault.geometry)
