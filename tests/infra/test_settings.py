"""Settings: read from the environment, checked together, and every one documented."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from gridsvc.infra.settings import Settings, get_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GRIDSVC_{name.upper()}", raising=False)
    get_settings.cache_clear()


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `(GRIDSVC_[A-Z_]+)`", DOCUMENT.read_text(), re.MULTILINE))
    assert documented == {f"GRIDSVC_{name.upper()}" for name in Settings.model_fields}


def test_documented_defaults_are_the_real_ones() -> None:
    rows = dict(re.findall(r"^\| `GRIDSVC_([A-Z_]+)` \| `([^`]*)` \|", DOCUMENT.read_text(), re.MULTILINE))
    settings = Settings()
    for name, told in rows.items():
        value = getattr(settings, name.lower())
        if isinstance(value, tuple):
            assert tuple(map(float, told.split(","))) == value
        elif isinstance(value, float):
            assert float(told) == value
        else:
            assert told == str(value)


def test_an_ordinary_users_home_follows_the_desktop_convention(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere/state")
    assert Settings().home == Path("/somewhere/state/gridsvc")


def test_roots_home_can_be_entered_by_the_databases_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert Settings().home == Path("/var/lib/gridsvc")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDSVC_PORT", "")
    assert Settings().port == 8000


def test_city_bounds_are_four_numbers_in_one_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDSVC_CITY_BOUNDS", "116.8, 32.4, 118.1, 33.5")
    assert Settings().city_bounds == (116.8, 32.4, 118.1, 33.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITY_TIMEZONE", "Asia/Bengbu"),
        ("CITY_BOUNDS", "118,32,116,33"),
        ("CITY_BOUNDS", "1,2,3"),
        ("PORT", "70000"),
        ("TLS_CERT", "cert.pem"),
        ("DUE_SOON_SHARE", "1.5"),
        ("LOCALE", "fr"),
    ],
)
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"GRIDSVC_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(port=8123, home=Path("/var/lib/other"), city_bounds=(1, 2, 3, 4), demo_password="geheim 秘密")
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings(database_url="postgresql://u:hidden@h/d", demo_password="hidden"))
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("host", "loopback", "url"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:8000"),
        ("localhost", True, "http://localhost:8000"),
        ("::1", True, "http://[::1]:8000"),
        ("0.0.0.0", False, "http://127.0.0.1:8000"),
        ("10.1.2.3", False, "http://10.1.2.3:8000"),
    ],
)
def test_only_loopback_addresses_are_private(host: str, loopback: bool, url: str) -> None:
    settings = Settings(host=host)
    assert (settings.is_loopback, settings.base_url) == (loopback, url)


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = get_settings()
    monkeypatch.setenv("GRIDSVC_PORT", "9000")
    assert get_settings() is before
    get_settings.cache_clear()
    assert get_settings().port == 9000
    get_settings.cache_clear()
