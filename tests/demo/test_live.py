"""The live client speaks HTTP like a phone and a hotline, and to this machine alone."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from gridsvc.core.errors import InvalidInput
from gridsvc.demo import live
from gridsvc.demo.live import Client, LiveRefused, learn_places, make_report, make_visit, pauses
from gridsvc.infra.settings import Settings


def settings_for(url: str, home: Path) -> Settings:
    return Settings(home=home, port=int(url.rpartition(":")[2]))


def test_visits_and_reports_are_taken_by_the_service(
    live_server: str, demo_home: Path, demo_password: str, demo_engine: Engine
) -> None:
    worker, dispatcher = (Client(settings_for(live_server, demo_home)) for _ in range(2))
    worker.log_in("worker", demo_password)
    dispatcher.log_in("dispatcher", demo_password)
    places, chance = learn_places(worker, dispatcher), random.Random(3)
    assert len(places.points) == 120
    visit, report = make_visit(places, chance), make_report(places, chance)
    receipt = worker.create("/visits", visit)
    assert receipt["grid"]["code"] == visit["grid_code"]
    taken = dispatcher.create("/incidents", report)
    with demo_engine.connect() as connection:
        stored = connection.execute(text("SELECT description FROM incident WHERE id = :id"), {"id": taken["id"]})
        assert stored.scalar_one() == report["description"]


def test_what_the_service_refuses_is_told(live_server: str, demo_home: Path) -> None:
    with pytest.raises(LiveRefused, match="401"):
        Client(settings_for(live_server, demo_home)).log_in("worker", "wrong")


def test_it_speaks_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDSVC_HOST", "192.0.2.1")
    with pytest.raises(InvalidInput, match="this machine"):
        live.main()


def test_it_is_gentle_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LIMIT", 200)
    waits = list(pauses(random.Random(1)))
    assert len(waits) == 200
    assert max(waits) <= live.LONGEST_PAUSE_S
    assert sum(waits) / len(waits) > live.MEAN_PAUSE_S / 2
