"""The list of parts: what runs is in it, what only development needs is not, and no address of a registry."""

import json
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from supply import sbom
from supply.parts import python_parts, web_parts


def test_what_runs_is_listed_and_what_only_develops_is_not() -> None:
    names = {part.name for part in python_parts()}
    assert {"gridsvc", "fastapi", "sqlalchemy", "psycopg", "psycopg-binary", "starlette", "shapely"} <= names
    assert not names & {"pytest", "ruff", "mypy", "playwright", "cyclonedx-bom"}
    pages = {part.name for part in web_parts()}
    assert {"leaflet", "vue", "element-plus"} <= pages
    assert not pages & {"vite", "vitest"}


def test_the_python_list_is_cyclonedx_without_addresses(tmp_path: Path) -> None:
    text = sbom.write_python(tmp_path).read_text(encoding="utf-8")
    listed = json.loads(text)
    assert listed["bomFormat"] == "CycloneDX"
    wanted = {part.name for part in python_parts()}
    found = {canonicalize_name(part["name"]) for part in listed["components"]}
    assert wanted - found <= {"gridsvc"}
    assert all(part["purl"].startswith("pkg:pypi/") for part in listed["components"] if part["name"] != "gridsvc")
    assert "file://" not in text
    assert str(Path.cwd()) not in text
    known = {part["bom-ref"] for part in listed["components"]} | {listed["metadata"]["component"]["bom-ref"]}
    assert all(set(link.get("dependsOn", [])) <= known for link in listed["dependencies"])


@pytest.mark.slow
def test_the_same_parts_make_the_same_list(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first, second = sbom.write_python(tmp_path), sbom.write_python(tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()
