"""A moment behind an option has a zone or is a day of the city, whatever the command."""

from datetime import UTC, datetime

import pytest

from gridsvc.cli._moments import moment_of
from gridsvc.core.errors import InvalidInput
from gridsvc.infra.databases import Database
from tests.cli.in_process import gridsvc

ZONELESS = "2026-03-01T08:00:00"


def test_a_day_begins_at_midnight_in_the_city_and_a_moment_keeps_its_zone() -> None:
    assert moment_of("2026-03-01", "Asia/Shanghai") == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert moment_of("2026-03-01T08:00:00+08:00", "Europe/Berlin") == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", [ZONELESS, "tomorrow", "2026-02-30", ""])
def test_what_could_mean_several_moments_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        moment_of(text, "Asia/Shanghai")


@pytest.mark.parametrize(
    "command",
    [
        "account grant x --role planner --from",
        "account grant x --role planner --until",
        "account token create x --may map.read --name n --until",
        "node list --as-of",
        "node delegate x --to y --from",
        "node delegate x --to y --until",
        "check net --as-of",
        "export map coverage -o /dev/null --as-of",
        "export grids -o /dev/null --as-of",
    ],
)
def test_every_option_demands_a_zone(database: Database, command: str) -> None:
    answer = gridsvc(database, *command.split(), ZONELESS)
    assert (answer.returncode, "has no zone" in answer.stderr) == (2, True), answer.stderr
