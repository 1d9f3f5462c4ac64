"""`scripts/sbom [FOLDER]`: CycloneDX lists of all parts, one for Python and one for the pages; FOLDER is build/sbom."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from supply.parts import ROOT, python_parts

PYTHON, WEB = "gridsvc-python.cdx.json", "gridsvc-web.cdx.json"


def write_python(folder: Path) -> Path:
    """The Python parts of a running service with their versions, licences and addresses by package URL."""
    place = folder / PYTHON
    tool = Path(sys.executable).with_name("cyclonedx-py")
    command = [
        str(tool),
        "environment",
        "--pyproject",
        str(ROOT / "pyproject.toml"),
        "--output-reproducible",
        "--no-validate",
    ]
    subprocess.run([*command, "--output-file", str(place), sys.executable], check=True, capture_output=True)
    listed: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps(only_needed(listed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place


def only_needed(listed: dict[str, Any]) -> dict[str, Any]:
    """The list without what only development needs; addresses of files on this machine or of a registry go too."""
    needed = {part.name for part in python_parts()}
    kept = [part for part in listed["components"] if canonicalize_name(part["name"]) in needed]
    for part in kept:
        part.pop("externalReferences", None)
        part.pop("evidence", None)
    names = {part["bom-ref"] for part in kept} | {listed["metadata"]["component"]["bom-ref"]}
    links = [
        link | {"dependsOn": [name for name in link.get("dependsOn", []) if name in names]}
        for link in listed["dependencies"]
        if link["ref"] in names
    ]
    return listed | {"components": kept, "dependencies": links}


def write_web(folder: Path) -> Path:
    """The packages the pages are built from, as npm itself lists them from the lock."""
    place = folder / WEB
    command = [str(ROOT / "scripts" / "npm"), "--prefix", str(ROOT / "web"), "sbom", "--sbom-format", "cyclonedx"]
    made = subprocess.run(
        [*command, "--omit", "dev", "--package-lock-only"], check=True, capture_output=True, text=True, cwd=ROOT / "web"
    )
    listed: dict[str, Any] = json.loads(made.stdout)
    for part in listed["components"]:
        part.pop("externalReferences", None)
    place.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place


def main() -> int:
    """Writes both lists and says how many parts each has."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    for place in (write_python(folder), write_web(folder)):
        parts = json.loads(place.read_text(encoding="utf-8"))["components"]
        sys.stdout.write(f"{place.name}: {len(parts)} parts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
