"""What workers are told of themselves: what is theirs now, whatever moment they name and whatever they once were."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.settings import get_settings
from gridsvc.people.staffing import Appointment, appoint
from tests.fixtures.small_net import CODES, middle
from tests.journeys.people import DAY, HOUR, City, found_city

pytestmark = pytest.mark.timeout(120)

THEN = {"as_of": (datetime.now(UTC) - 2 * DAY).isoformat()}
OWN = ["/me/duties", "/me/cases", "/me/grids", "/me/visits", "/me/leaves", "/me/handovers", "/sync"]


@pytest.fixture
def city(fresh_database: Database, tmp_path: Path) -> Iterator[City]:
    made = found_city(fresh_database, tmp_path)
    yield made
    made.app.state.gridsvc.engine.dispose()
    made.engine.dispose()
    get_settings.cache_clear()


def change(city: City, statement: str) -> None:
    with unit_of_work(city.engine) as session:
        session.execute(text(statement))
    city.a_little_later()


def end_the_pairing(city: City) -> None:
    change(city, "UPDATE care_pairing SET valid = tstzrange(lower(valid), now() - interval '1 hour')")


def make_sensitive(city: City) -> None:
    change(city, "UPDATE care_subject SET class_code = 'mental_disorder'")


def give_the_grid_away(city: City) -> None:
    now = datetime.now(UTC)
    with unit_of_work(city.engine) as session:
        appoint(session, [Appointment(city.net.grids["A"], city.net.workers["B"], now - HOUR)], now=now)
    city.a_little_later()


def care(city: City, **params: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.ask("A", "GET", "/me/duties", params=params)["care"]
    return found


def report(city: City) -> str:
    x, y = middle("A")
    body = {"channel": "patrol", "category": "dirty_road", "x": x, "y": y, "crs": "EPSG:4326", "synthetic": True}
    return str(city.ask("A", "POST", "/incidents", 201, json=body)["id"])


def test_who_is_paired_is_seen_in_the_clear_then_and_now(city: City) -> None:
    subject = city.person_to_visit("A")
    for moment in ({}, THEN):
        [duty] = care(city, **moment)
        assert (duty["id"], duty["name"], duty["paired"]) == (str(subject), "示例老人", True)


def test_whose_pairing_has_ended_is_seen_in_the_clear_at_no_moment(city: City) -> None:
    city.person_to_visit("A")
    end_the_pairing(city)
    for moment in ({}, THEN):
        [duty] = care(city, **moment)
        assert (duty["name"], duty["paired"]) == ("示*", False), "of the own grid, and masked"
    make_sensitive(city)
    assert care(city) == care(city, **THEN) == []


def test_a_grid_given_away_shows_its_people_and_incidents_no_more(city: City) -> None:
    city.person_to_visit("A")
    end_the_pairing(city)
    report(city)
    asked = THEN | {"with_untaken": "true"}
    assert len(care(city, **THEN)) == len(city.ask("A", "GET", "/me/cases", params=asked)) == 1
    give_the_grid_away(city)
    assert city.ask("A", "GET", "/me/cases", params=asked) == []
    told = city.ask("A", "GET", "/me/duties", params=THEN)
    assert (told["grids"], told["care"]) == ([], [])


def test_what_was_taken_on_stays_wherever_its_grid_goes(city: City) -> None:
    incident = report(city)
    city.ask("A", "POST", f"/incidents/{incident}/accept")
    give_the_grid_away(city)
    assert [case["incident_id"] for case in city.ask("A", "GET", "/me/cases")] == [incident]


@pytest.mark.parametrize("path", OWN)
def test_when_the_role_has_ended_the_account_tells_nothing(city: City, path: str) -> None:
    city.ask("A", "GET", path)
    change(city, "UPDATE grant_ SET valid = tstzrange(lower(valid), now() - interval '1 hour')")
    params = THEN if path in ("/me/duties", "/me/cases", "/me/grids") else {}
    assert city.ask("A", "GET", path, 403, params=params)["code"] == "forbidden"


def test_who_has_left_the_service_is_paired_with_nobody(city: City) -> None:
    city.person_to_visit("A")
    make_sensitive(city)
    assert len(care(city)) == len(city.ask("A", "GET", "/care-subjects")["items"]) == 1
    change(city, "UPDATE worker SET left_at = now() - interval '1 hour' WHERE number = 'W-A'")
    assert care(city) == care(city, **THEN) == []
    assert city.ask("A", "GET", "/care-subjects")["items"] == []


@pytest.mark.parametrize("is_allowed", [True, False])
def test_people_are_on_the_list_of_those_who_may_read_care(city: City, is_allowed: bool) -> None:
    city.person_to_visit("A")
    change(city, f"UPDATE role_permission SET allowed = {is_allowed} WHERE permission = 'care.read'")
    for told in (city.ask("A", "GET", "/me/duties"), city.ask("A", "GET", "/sync")["duties"]):
        assert [duty["code"] for duty in told["grids"]] == [CODES["A"]]
        assert bool(told["care"]) is is_allowed


def test_doors_are_kept_on_the_phones_of_those_who_may_read_them(city: City) -> None:
    before = city.ask("A", "GET", "/sync")
    assert len(before["grids"][0]["doors"]) == 4
    change(city, "UPDATE role_permission SET allowed = false WHERE permission = 'doors.read'")
    after = city.ask("A", "GET", "/sync", params={"cursor": before["cursor"]})
    assert [(grid["code"], grid["doors"]) for grid in after["grids"]] == [(CODES["A"], [])]
