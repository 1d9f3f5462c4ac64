"""Faults found in a batch: collected by feature number, so that all of them are told at once and nothing is stored."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from gridsvc.core.errors import Fault, GridsvcError, InvalidInput
from gridsvc.core.fields import shortened

MAX_LISTED = 1000
MAX_CODE_LENGTH = 64
MAX_TEXT_LENGTH = 500
# A message may quote a code or a field of a file, whatever length they have there.
MAX_MESSAGE_LENGTH = 300


class FaultList:
    """The faults of one batch. Features are counted from 1; the first thousand faults are kept, all are counted."""

    def __init__(self, noun: str = "feature") -> None:
        self.noun = noun
        self.listed: list[Fault] = []
        self.total = 0

    def add(self, index: int, code: str, message: str, geometry: Mapping[str, Any] | None = None) -> None:
        """Notes what is wrong with the feature at `index` (counted from 0) of the batch."""
        self.note(Fault(f"{self.noun} {index + 1}", code, shortened(message, MAX_MESSAGE_LENGTH), geometry))

    def note(self, fault: Fault) -> None:
        self.total += 1
        if len(self.listed) < MAX_LISTED:
            self.listed.append(fault)

    def refuse(self, error: type[GridsvcError] = InvalidInput, message: str | None = None) -> None:
        """Raises `error` with the faults if there are any, the first of them in the text; otherwise does nothing."""
        if not self.total:
            return
        first = self.listed[0]
        text = f"{message}: " if message else ""
        text += f"{first.place}: {first.message}."
        text += f" {self.total} faults in all; nothing was stored." if self.total > 1 else " Nothing was stored."
        raise error(text, faults=self.listed, total_faults=self.total)

    def check_text(self, index: int, field: str, value: object, *, longest: int = MAX_TEXT_LENGTH) -> None:
        """Notes a text that is missing, too long, or holds what no name holds (control characters, half characters)."""
        if not isinstance(value, str) or not value.strip():
            self.add(index, "missing", f"{field} is missing")
        elif len(value) > longest:
            self.add(index, "too_long", f"{field} is longer than {longest} characters")
        elif not is_plain_text(value):
            self.add(index, "invalid_text", f"{field} holds characters that are not text")

    def check_counts(self, index: int, counts: Mapping[str, object]) -> None:
        """Notes each count that is not a whole number from 0."""
        for kind, count in counts.items():
            if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < 2**31:
                self.add(index, "invalid_count", f"{kind} is not a whole number from 0")

    def check_codes(self, codes: Sequence[str], taken: Set[str]) -> None:
        """Notes codes that come twice in the batch, or are in the database already."""
        first_at: dict[str, int] = {}
        for index, code in enumerate(codes):
            before = first_at.setdefault(code, index)
            if before != index:
                self.add(index, "duplicate_code", f"the code {code} stands at {self.noun} {before + 1} too")
            elif code in taken:
                self.add(index, "duplicate_code", f"the code {code} is registered already")


def is_plain_text(value: str) -> bool:
    """Whether the text can be stored and shown: no control characters, no half surrogates."""
    return value.isprintable() or not any(ord(char) < 32 or 0xD800 <= ord(char) <= 0xDFFF for char in value)
