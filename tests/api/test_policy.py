"""What is never done to workers has no operation, no field and no column; what is switched off is off for everybody."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

ClientOf = Callable[[str], httpx.Client]
CONTRACT = Path(__file__).parents[2] / "docs" / "openapi.json"
# Names under which check-ins, rankings, online time and tracks would come; what judges grids or plans is not meant.
NEVER = {
    "check_in": r"check_?in|sign_?in_time|clock_?in|attendance|punch",
    "ranking": r"rank(?:ing|ed)?_?(?:of_)?workers?|leaderboard|worker_score|credit_points|points_of",
    "online_time": r"online_(?:time|hours|minutes)|time_online|duration_online",
    "tracks": r"trajector|track_points|breadcrumb|polyline_of",
}


@pytest.mark.parametrize("key", NEVER)
def test_nothing_in_the_contract_or_the_database_could_do_it(key: str, demo_engine: Engine) -> None:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    names = set(contract["paths"]) | {
        name for schema in contract["components"]["schemas"].values() for name in schema.get("properties", {})
    }
    with demo_engine.connect() as connection:
        columns = connection.scalars(
            text(
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
            )
        ).all()
    assert len(names) > 300, "the contract was read"
    assert [name for name in sorted({*names, *columns}) if re.search(NEVER[key], name)] == []


def test_a_worker_reads_what_is_on_and_a_city_that_switches_off_is_obeyed(client_of: ClientOf) -> None:
    admin, worker = client_of("admin"), client_of("worker")
    off = {"is_on": False, "reason": "按市级规定"}
    assert worker.put("/api/v1/policy/photo", json=off).status_code == 403
    assert admin.put("/api/v1/policy/check_in", json=off | {"is_on": True}).status_code == 422
    assert admin.put("/api/v1/policy/photo", json=off).status_code == 200
    try:
        [rule] = [rule for rule in worker.get("/api/v1/policy").json()["rules"] if rule["key"] == "photo"]
        assert (rule["is_on"], rule["reason"]) == (False, "按市级规定")
        sent = worker.post("/api/v1/photos", content=b"\xff\xd8\xff", headers={"content-type": "image/jpeg"})
        assert (sent.status_code, sent.json()["code"]) == (409, "not_done_here")
    finally:
        admin.put("/api/v1/policy/photo", json={"is_on": True, "reason": "恢复"})
