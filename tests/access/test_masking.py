"""Masking: every cell of its table, and what masked values look like."""

import pytest

from gridsvc.access import masking
from gridsvc.access.masking import VIEWS, mask_address, mask_name, mask_number, shown, view_of
from gridsvc.access.roles import MATRIX, ROLE_CODES


def test_every_field_says_for_every_role_how_it_is_seen() -> None:
    assert all(tuple(row) == ROLE_CODES for row in VIEWS.values())


@pytest.mark.parametrize(
    ("value", "masked"),
    [("张三", "张*"), ("欧阳示例", "欧*"), ("Wang Wu", "W*"), ("张", "张*"), (" 李四", "李*")],
)
def test_of_a_name_the_first_sign_is_left(value: str, masked: str) -> None:
    assert mask_name(value) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("13800000001", "138****0001"),
        ("340302199001011234", "340***********1234"),
        ("0552-123456", "055****3456"),
        ("123456", "******"),
        ("", ""),
    ],
)
def test_of_a_number_the_ends_are_left(value: str, masked: str) -> None:
    assert mask_number(value) == masked


def test_of_an_address_the_numbers_go() -> None:
    assert mask_address("朝阳路12号3栋2单元501室") == "朝阳路*号*栋*单元*室"
    assert mask_address("二马路十三号A栋") == "*马路*号*栋"


def test_who_holds_two_roles_sees_what_either_sees() -> None:
    assert view_of({"auditor"}, "subject.name") == "hidden"
    assert view_of({"auditor", "supervisor"}, "subject.name") == "masked"
    assert view_of(set(), "worker.name") == "hidden"
    assert view_of({"a role of the city's own"}, "subject.name") == "hidden"


def test_a_paired_worker_sees_it_as_it_is() -> None:
    assert shown({"worker"}, "subject.phone", "13800000001") == "138****0001"
    assert shown({"worker"}, "subject.phone", "13800000001", is_own=True) == "13800000001"
    assert shown({"worker"}, "subject.phone", None, is_own=True) is None
    assert shown({"planner"}, "subject.phone", "13800000001") is None


def test_no_role_sees_a_guarded_field_in_the_clear() -> None:
    guarded = {kind: row for kind, row in VIEWS.items() if kind.startswith(masking.GUARDED)}
    assert guarded
    assert not [kind for kind, row in guarded.items() if "clear" in row.values()]


def test_who_may_read_care_sees_its_fields_at_least_masked() -> None:
    for role, may_read in MATRIX["care.read"].items():
        assert (VIEWS["subject.name"][role] == "masked") == may_read
