"""What every trial stands on: its options, its figures, and the verdict on them."""

from benchmarks.frame import Figures, Options, fresh_home, say

__all__ = ["Figures", "Options", "Verdict", "fresh_home", "say"]


class Verdict:
    """Figures of a trial, and the promises that were broken."""

    def __init__(self) -> None:
        self.figures: Figures = {}
        self.broken: list[str] = []

    def note(self, name: str, value: float) -> None:
        """A figure to look at; its name ends in its unit."""
        self.figures[name] = value

    def must_be(self, name: str, value: float, wanted: float) -> None:
        """A figure that is right only when it equals `wanted`."""
        self.note(name, value)
        if value != wanted:
            self.broken.append(f"{name} is {value:g} and must be {wanted:g}")

    def must_not_exceed(self, name: str, value: float, most: float) -> None:
        """A figure that is right only up to `most`."""
        self.note(name, value)
        if value > most:
            self.broken.append(f"{name} is {value:g} and must be at most {most:g}")
