"""The parts the program needs at run time: Python packages as installed here, front-end packages by their lock."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
WEB_LOCK = ROOT / "web" / "package-lock.json"


@dataclass(frozen=True, order=True)
class Part:
    """One package with its version and what it says about its licence."""

    kind: str
    name: str
    version: str
    licence: str


def python_parts(root: str = "gridsvc") -> list[Part]:
    """The package and all that it needs at run time, without what only its development needs."""
    seen: dict[str, Part] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(root, frozenset())]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in asked:
            continue
        asked.add((name, extras))
        found = distribution(name)
        seen[name] = Part("python", name, found.version, licence_of(found))
        for line in found.requires or []:
            needed = Requirement(line)
            wanted = (
                any(needed.marker.evaluate({"extra": extra}) for extra in extras or {""}) if needed.marker else True
            )
            if wanted:
                waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    return sorted(seen.values())


def web_parts(lock: Path = WEB_LOCK) -> list[Part]:
    """The packages that the built pages are made of, by the lock; what only building and testing need is left out."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return sorted(
        Part("npm", path.rpartition("node_modules/")[2], entry["version"], str(entry.get("license", "")))
        for path, entry in packages.items()
        if path and not entry.get("dev") and not entry.get("optional")
    )


def licence_of(found: Distribution) -> str:
    """What the package says about its licence: the expression, else the classifiers, else the first line of a text.

    Classifiers do not say whether all of them bind or one may be chosen, so all are taken to bind.
    """
    metadata = found.metadata
    if expressions := metadata.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    names = [line.rpartition(" :: ")[2] for line in classifiers if line != "License :: OSI Approved"]
    if names:
        return " AND ".join(names)
    first = next(iter("".join(metadata.get_all("License") or []).strip().splitlines()), "")
    return re.sub(r"\s+", " ", first)
