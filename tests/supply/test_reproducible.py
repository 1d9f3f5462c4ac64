"""The comparison of two wheels: equal bytes are equal, anything else is named."""

import zipfile
from pathlib import Path

from supply.reproducible import differences


def wheel(place: Path, content: str, when: tuple[int, int, int, int, int, int] = (2026, 1, 1, 0, 0, 0)) -> Path:
    with zipfile.ZipFile(place, "w") as made:
        made.writestr(zipfile.ZipInfo("gridsvc/a.py", when), content)
        made.writestr(zipfile.ZipInfo("gridsvc/b.py", when), "same")
    return place


def test_equal_bytes_are_equal(tmp_path: Path) -> None:
    assert differences(wheel(tmp_path / "1", "x"), wheel(tmp_path / "2", "x")) == []


def test_what_differs_is_named(tmp_path: Path) -> None:
    assert differences(wheel(tmp_path / "1", "x"), wheel(tmp_path / "2", "y")) == ["gridsvc/a.py"]


def test_another_time_is_a_difference(tmp_path: Path) -> None:
    later = wheel(tmp_path / "2", "x", (2026, 1, 1, 0, 0, 2))
    assert differences(wheel(tmp_path / "1", "x"), later) == ["gridsvc/a.py", "gridsvc/b.py"]
