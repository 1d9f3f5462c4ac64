"""The table of OWASP ASVS 5.0: every requirement of levels 1 and 2 has a row, and every test it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# The levels of the requirements of each section of the standard, in their order; 3 is beyond this table.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
}  # fmt: skip
# Chapters that speak of nothing that is here have one row.
WHOLE = {"10.1–10.7", "17.1–17.3"}
ROW = re.compile(r"^\| ([\d.–]+) \| ([\d, ]+) \| (.*?) \| (.*) \| (.*?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"))
NAMED = sorted({test.strip("`") for *_, test in ROWS if test != "—"})


def test_every_requirement_of_both_levels_has_one_row_with_its_level() -> None:
    wanted = {
        f"{section}.{number}": level
        for section, levels in LEVELS.items()
        for number, level in enumerate(levels, 1)
        if level != "3"
    }
    rows = {name: level for name, level, *_ in ROWS if name not in WHOLE}
    assert rows == wanted
    assert len(ROWS) == len(wanted) + len(WHOLE)


def test_every_row_says_how_it_stands_in_one_of_four_words() -> None:
    assert {state for _, _, state, _, _ in ROWS} == {"met", "part", "open", "n/a"}
    for name, _, state, how, test in ROWS:
        assert how, name
        assert state in {"met", "part"} or test == "—", f"{name} is {state} and names a test"


@pytest.mark.parametrize("named", NAMED)
def test_a_named_test_exists(named: str) -> None:
    file, _, name = named.partition("::")
    assert re.search(rf"^ *def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), named
