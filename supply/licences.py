"""`scripts/licences [--json FILE]`: the licence of every part, and a refusal of those that bind a whole program.

Exit code 1 for a part under the GPL or AGPL, one whose words are no licence that is known here ("UNKNOWN",
"Proprietary"), or one that does not tell. The LGPL is fine: its parts are libraries that stay replaceable. Where a part
offers a choice, one acceptable licence is enough. Where somebody has read what the words do not say, READ tells it.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from supply.parts import Part, python_parts, web_parts

REFUSED = re.compile(r"\bA?GPL|GNU (Affero )?General Public|SSPL|BUSL|Commons Clause|\bCC[- ]BY-NC", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
KNOWN = re.compile(
    r"\bMIT\b|\bMIT-0|\b0?BSD\b|\bApache\b|\bISC\b|\bPSF\b|Python Software Foundation|\bMPL\b|Mozilla Public"
    r"|\bZlib\b|\bUnlicense\b|\bCC0\b|\bCC-BY-[34]|\bHPND\b|Historical Permission|BlueOak|Public Domain|\bPython-2",
    re.IGNORECASE,
)
# Parts whose own words tell too little, and where the licence was read instead.
READ = {"splaytree-ts": "BSD-3-Clause"}  # its own words have a slip of the pen


def is_acceptable(licence: str) -> bool:
    """Whether the licence, or one of those to choose from, is known and puts no condition on the whole program."""
    choices = re.split(r"\bOR\b|;", licence.replace("(", " ").replace(")", " "))
    return any(choice.strip() and all(map(_is_free, re.split(r"\bAND\b", choice))) for choice in choices)


def _is_free(one: str) -> bool:
    return bool(LESSER.search(one)) or bool(KNOWN.search(one) and not REFUSED.search(one))


def refused(parts: list[Part]) -> list[Part]:
    """The parts that may not be used."""
    return [part for part in parts if not is_acceptable(READ.get(part.name, part.licence))]


def main() -> int:
    """Prints the list."""
    parser = argparse.ArgumentParser(prog="scripts/licences", description="Lists licences and refuses some.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the list to a file")
    given = parser.parse_args()
    parts = python_parts() + web_parts()
    sys.stdout.writelines(f"{part.kind:6} {part.name:32} {part.version:14} {part.licence}\n" for part in parts)
    if given.json is not None:
        listed = [{"kind": p.kind, "name": p.name, "version": p.version, "licence": p.licence} for p in parts]
        given.json.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for part in refused(parts):
        sys.stderr.write(
            f"licences: {part.name} {part.version} is under {part.licence or 'no licence that it tells'}\n"
        )
    return 1 if refused(parts) else 0


if __name__ == "__main__":
    sys.exit(main())
