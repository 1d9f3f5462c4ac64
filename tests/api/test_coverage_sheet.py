"""The exported coverage: the numbers of the screen, in Chinese, with what they mean and the date of the register."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from gridsvc.patrols.coverage_sheet import EXPLANATION, GRID_HEADERS, GRIDS, HEADERS, MEANING, TITLE

ClientOf = Callable[[str], httpx.Client]


def sheets(client: httpx.Client, **asked: Any) -> dict[str, list[tuple[Any, ...]]]:
    answer = client.get("/api/v1/coverage/figures.xlsx", params=asked)
    assert answer.status_code == 200, answer.text
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("who", ["supervisor", "commander"])
def test_the_table_has_the_numbers_of_the_screen(client_of: ClientOf, who: str) -> None:
    client = client_of(who)
    asked = {"as_of": client.get("/api/v1/coverage").json()["end"], "days": 14}
    screen = client.get("/api/v1/coverage", params=asked).json()
    told = sheets(client, **asked)
    top = told[TITLE].index(HEADERS)
    assert told[TITLE][top + 1] == EXPLANATION
    lines = {line[0]: line[1:3] for line in told[TITLE][top + 2 :]}
    expected = {MEANING[key][0]: (screen[key]["done"], screen[key]["of"]) for key in MEANING if screen[key]}
    assert lines == expected
    assert ("门牌登记日期", screen["register_date"]) in {line[:2] for line in told[TITLE]}
    grids = told[GRIDS][told[GRIDS].index((*GRID_HEADERS,)) + 2 :]
    assert sum(line[1] for line in grids) == screen["doors"]["done"]
    assert sum(line[2] for line in grids) == screen["doors"]["of"]


def test_where_there_is_nothing_to_count_no_share_is_told(client_of: ClientOf) -> None:
    told = sheets(client_of("commander"), days=0.0001)
    [stops] = [line for line in told[TITLE] if line[0] == MEANING["patrol_points"][0]]
    assert stops[2:4] == (0, "—")
