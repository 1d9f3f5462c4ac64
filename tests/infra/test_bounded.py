"""A child that looks at files is believed only so far: neither the length nor the form of its answer is its choice."""

from typing import Any

import pytest

from gridsvc.core.errors import UnreadableFile
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, own_folder

CHILD = "tests.infra.curious_child"


def asked(deed: str) -> Any:
    resources = Resources(512 * MEGABYTE, 10, 64 * MEGABYTE, answered_bytes=MEGABYTE)
    with own_folder() as folder:
        return ask_child(CHILD, {"do": deed}, folder=folder, resources=resources)


def test_a_refusal_is_cut_to_the_length_of_a_refusal() -> None:
    with pytest.raises(UnreadableFile) as refused:
        asked("rant")
    assert refused.value.message == "x" * 500 + "…"
    assert len(refused.value.faults) == 1000
    assert max(len(fault.place + fault.code + fault.message) for fault in refused.value.faults) < 700


@pytest.mark.parametrize("deed", ["flood", "nest", "forge"])
def test_an_answer_beyond_its_bounds_or_of_another_form_is_none(deed: str) -> None:
    with pytest.raises(UnreadableFile, match="cannot be decoded"):
        asked(deed)
