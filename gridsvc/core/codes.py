"""Grid codes: schemes as data, checking a code against its scheme, and which numbers may be given next.

Giving a number is a race; the lock and the register of used codes belong to the caller (`geography`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from gridsvc.core.areas import AreaCode, AreaKind, Level
from gridsvc.core.errors import CodesExhausted, InvalidCode
from gridsvc.core.numbering import number_order, ordinal_name

__all__ = [
    "LOCAL",
    "SCHEMES",
    "STANDARD_15",
    "AreaCode",
    "AreaKind",
    "CodeScheme",
    "Level",
    "check_code",
    "format_code",
    "next_sequences",
    "number_order",
    "ordinal_name",
    "sequence_of",
]

DIGITS = "0123456789"
SEQUENCE = "sequence"
# Where the parts of a grid code that repeat the community's code are found in it.
_FROM_COMMUNITY = {"county": slice(0, 6), "street": slice(6, 9), "community": slice(9, 12)}


@dataclass(frozen=True)
class CodeScheme:
    """A way of writing grid codes: named segments and their widths, or free text if there are no segments."""

    key: str
    name_zh: str
    name_en: str
    segments: tuple[tuple[str, int], ...] = ()
    charset: str = DIGITS
    max_length: int = 64

    @property
    def is_free_text(self) -> bool:
        """Whether any text is a code; such codes are given by people, not numbered here."""
        return not self.segments

    @property
    def length(self) -> int:
        """The number of characters of a code with segments."""
        return sum(width for _, width in self.segments)

    @property
    def last_sequence(self) -> int:
        """The highest number a community can give; 0 if the scheme has no sequence."""
        widths = dict(self.segments)
        return 10 ** widths[SEQUENCE] - 1 if SEQUENCE in widths else 0


STANDARD_15 = CodeScheme(
    key="standard15",
    name_zh="15 位网格编码",
    name_en="15-digit grid code",
    segments=(("county", 6), ("street", 3), ("community", 3), (SEQUENCE, 3)),
)
LOCAL = CodeScheme(key="local", name_zh="本地编码", name_en="Local code", charset="")
SCHEMES = {scheme.key: scheme for scheme in (STANDARD_15, LOCAL)}


def check_code(scheme: CodeScheme, code: str, community_code: str) -> str:
    """The code itself, if it follows its scheme and names the community it lies in. Raises InvalidCode."""
    given: object = code
    if not isinstance(given, str) or not given:
        raise InvalidCode("A grid code is a text that is not empty.")
    if scheme.is_free_text:
        return _checked_text(scheme, code)
    if len(code) != scheme.length:
        raise InvalidCode(f"A code of the scheme {scheme.key} has {scheme.length} characters.")
    if not set(code) <= set(scheme.charset):
        raise InvalidCode(f"A code of the scheme {scheme.key} is written with {scheme.charset} only.")
    parts = _parts(scheme, code)
    for name, part in _community_parts(scheme, community_code).items():
        if parts[name] != part:
            raise InvalidCode(f"The code {code} does not begin with its community {community_code}.")
    if SEQUENCE in parts and not _positive(parts[SEQUENCE]):
        raise InvalidCode(f"The code {code} has no number; numbers begin at 1.")
    return code


def format_code(scheme: CodeScheme, community_code: str, sequence: int) -> str:
    """The code of a community's grid number `sequence`, counted from 1.

    Raises CodesExhausted past the last number of the scheme, and InvalidCode if the community's code is not one or the
    scheme's codes cannot be made from a community and a number.
    """
    if sequence < 1:
        raise InvalidCode("Grid numbers begin at 1.")
    made = _community_parts(scheme, community_code) | {SEQUENCE: ""}
    if scheme.is_free_text or set(made) != {name for name, _ in scheme.segments}:
        raise InvalidCode(f"Codes of the scheme {scheme.key} are given by people, not numbered.")
    if sequence > scheme.last_sequence:
        raise CodesExhausted(
            f"The community {community_code} has used all {scheme.last_sequence} numbers; none is given twice.",
            community_code=community_code,
        )
    return "".join(made[name] or str(sequence).zfill(width) for name, width in scheme.segments)


def sequence_of(scheme: CodeScheme, code: str) -> int | None:
    """The number inside a code of this scheme; None where the scheme has none or it is not a number."""
    if len(code) != scheme.length:
        return None
    number = _parts(scheme, code).get(SEQUENCE, "")
    return int(number) if _positive(number) else None


def next_sequences(used: Collection[int], n: int, last: int = STANDARD_15.last_sequence) -> list[int]:
    """The next n numbers above everything ever used, so that a gap left by a withdrawn code is never filled.

    `used` holds the numbers of all codes the community ever had, the burnt ones too. Raises CodesExhausted past `last`.
    """
    highest = max(used, default=0)
    if highest + n > last:
        raise CodesExhausted(f"{n} more numbers after {highest} would pass {last}; none is given twice.")
    return list(range(highest + 1, highest + 1 + n))


def _checked_text(scheme: CodeScheme, code: str) -> str:
    if len(code) > scheme.max_length:
        raise InvalidCode(f"A code has at most {scheme.max_length} characters.")
    if not code.isprintable() or code != code.strip():
        raise InvalidCode("A code has no control characters and no blanks at its ends.")
    return code


def _parts(scheme: CodeScheme, code: str) -> dict[str, str]:
    parts, start = {}, 0
    for name, width in scheme.segments:
        parts[name] = code[start : start + width]
        start += width
    return parts


def _community_parts(scheme: CodeScheme, community_code: str) -> dict[str, str]:
    """The segments that repeat the community's code; wider segments (a 4-digit street) are filled with zeros."""
    if AreaCode(community_code).level is not Level.COMMUNITY:
        raise InvalidCode(f"{community_code} is not the code of a community.")
    return {
        name: community_code[_FROM_COMMUNITY[name]].zfill(width)
        for name, width in scheme.segments
        if name in _FROM_COMMUNITY
    }


def _positive(number: str) -> bool:
    return number.isascii() and number.isdigit() and int(number) > 0
