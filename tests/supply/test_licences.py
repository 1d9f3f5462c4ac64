"""The gate of licences: what it lets through, what it refuses, and that every part of today passes."""

from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from supply.licences import is_acceptable, refused
from supply.parts import Part, licence_of, python_parts, web_parts


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR BSD-2-Clause",
        "LGPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "GPL-3.0-only OR MIT",
        "(MIT AND BSD-3-Clause)",
        "PSF-2.0",
    ],
)
def test_these_are_acceptable(licence: str) -> None:
    assert is_acceptable(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "",
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "GNU General Public License v2 (GPLv2)",
        "GNU Affero General Public License v3",
        "MIT AND GPL-2.0-only",
        "SSPL-1.0",
        "UNKNOWN",
        "Proprietary",
        "Other/Proprietary License",
        "MIT License AND GNU General Public License v3 (GPLv3)",
        "MIT AND UNKNOWN",
    ],
)
def test_these_are_not(licence: str) -> None:
    assert not is_acceptable(licence)
    assert refused([Part("python", "something", "1.0", licence)])


def test_classifiers_are_no_choice(tmp_path: Path) -> None:
    (tmp_path / "METADATA").write_text(
        "Name: something\nVersion: 1.0\nClassifier: License :: OSI Approved :: MIT License\n"
        "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)\n"
    )
    assert not is_acceptable(licence_of(PathDistribution(tmp_path)))


def test_every_part_of_today_may_be_used() -> None:
    assert refused(python_parts() + web_parts()) == []
