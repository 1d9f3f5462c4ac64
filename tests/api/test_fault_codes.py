"""Whatever code a fault can bear is published: collected from the sources, where each fault is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridsvc.api import codes, validation
from gridsvc.api.fault_codes import MEANINGS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "gridsvc"
DOCUMENT = ROOT / "docs" / "problems.md"
PROBLEMS = {kind.code for kind in codes.kinds()}
PUBLISHED = MEANINGS.keys() | PROBLEMS

# Where a code is worked out, the codes that it can become.
WORKED_OUT = {
    "access/passwords.py": {"too_short", "too_long", "is_username", "one_sign", "common"},
    "geography/shapes.py": {"missing", "invalid_geometry"},
    "geography/importer/strict_geojson.py": {"bad_character", "invalid_geometry"},
    "handover/leaving.py": {"grid_left", "incident_left", "pairing_left", "patrol_left", "handover_left"},
    "incidents/intake.py": {"unknown_channel", "unknown_category"},
    "infra/sheets_child.py": {"cell_error", "inexact_number", "too_long", "bad_character"},
    "patrols/photo_child.py": {"too_many_pixels", "not_a_photo"},
    "patrols/rounds.py": {"unknown_door", "unknown_block"},
    "patrols/visits.py": {"unknown_kind", "unknown_worker_id"},
    "people/staffing.py": {"unknown_worker", "unknown_station"},
    "plans/dividing.py": {"unknown_block", "block_twice", "block_left_out"},
    "geography/netcheck.py": {
        "invalid_ring",
        "unknown_community",
        "overlap",
        "gap",
        "outside_community",
        "unmatched_border",
        "multipart",
    },
}
# Where a fault that was made elsewhere is passed on, by its parts.
PASSED_ON = {"core/geojson.py", "geography/faults.py", "incidents/csv_files.py", "infra/bounded.py"}


def made() -> Iterator[tuple[str, ast.expr]]:
    """The file and the expression of the code, wherever a fault is made or added to a list of them."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (code := _code(node)) is not None:
                yield file.relative_to(SOURCE).as_posix(), code


def _code(call: ast.Call) -> ast.expr | None:
    is_fault = isinstance(call.func, ast.Name) and call.func.id == "Fault"
    is_added = ast.unparse(call.func) in ("faults.add", "self.add") and len(call.args) > 2
    if not (is_fault or is_added):
        return None
    named = [word.value for word in call.keywords if word.arg == "code"]
    return (named or call.args[1:2] or call.args[:1])[0]


def is_of_another(code: ast.expr) -> bool:
    """Whether it is the code of an error or of another fault, which is published itself."""
    return isinstance(code, ast.Attribute) and code.attr == "code"


MADE = list(made())
WRITTEN = {(file, code.value) for file, code in MADE if isinstance(code, ast.Constant)}
OTHERS = {file for file, code in MADE if not isinstance(code, ast.Constant) and not is_of_another(code)}


def test_every_code_that_is_written_somewhere_is_published() -> None:
    assert len(WRITTEN) > 150
    assert sorted((file, code) for file, code in WRITTEN if code not in PUBLISHED) == []


def test_where_a_code_is_worked_out_it_is_said_what_it_can_become() -> None:
    assert OTHERS ^ (WORKED_OUT.keys() | PASSED_ON) == set()


@pytest.mark.parametrize("file", WORKED_OUT)
def test_what_a_code_can_become_is_published(file: str) -> None:
    assert WORKED_OUT[file] - PUBLISHED == set()


def test_nothing_is_published_that_no_fault_can_bear() -> None:
    of_fields = {validation.OTHERWISE, *(code for _, code in validation.RULES)}
    known = {str(code) for _, code in WRITTEN}.union(of_fields, *WORKED_OUT.values())
    assert sorted(MEANINGS.keys() - known) == []


def test_a_fault_has_no_code_of_a_whole_refusal_with_another_meaning() -> None:
    assert MEANINGS.keys() & PROBLEMS == set()


def test_the_page_has_each_code_with_its_meaning() -> None:
    rows = re.compile(r"^\| `([a-z_]+)` \| ([^|]*[a-zA-Z][^|]*) \|$", re.MULTILINE)
    assert dict(rows.findall(DOCUMENT.read_text(encoding="utf-8"))) == MEANINGS


def test_the_service_tells_them_too() -> None:
    assert [fault.code for fault in codes.faults()] == sorted(MEANINGS)
