"""Settings that a city changes while the service runs: another process follows, and nothing else is changeable."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.infra import runtime_settings
from gridsvc.infra.runtime_settings import NAMES, overlaid
from gridsvc.infra.settings import Settings, follow_city, get_settings


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    follow_city({})


def test_every_name_is_a_setting_of_the_service() -> None:
    assert set(NAMES) <= set(Settings.model_fields)


def test_what_guards_the_service_is_not_changeable() -> None:
    guards = {"host", "tls_cert", "trusted_proxy", "database_url", "session_idle_hours", "audit_kept_months"}
    assert not guards & set(NAMES)


def test_a_command_goes_by_what_the_city_wants(fresh_engine: Engine) -> None:
    with Session(fresh_engine) as session, session.begin():
        row = runtime_settings.stored_for_change(session)
        wanted = {"visit_cycle_days": 12.0, "unheard_of": 1}
        runtime_settings.store(session, row, wanted, now=datetime.now(UTC))
    runtime_settings.follow(fresh_engine)
    assert get_settings().visit_cycle_days == 12
    assert get_settings().border_band_m == Settings().border_band_m


def test_what_the_city_does_not_set_is_the_environments() -> None:
    given = Settings(border_band_m=7)
    assert overlaid(given, {"visit_cycle_days": 12}).border_band_m == 7
    assert overlaid(given, {}) == given
