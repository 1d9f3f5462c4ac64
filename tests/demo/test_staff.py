"""The quota is kept to the last post, and every kind of staffing occurs."""

from datetime import datetime, timedelta

import numpy as np

from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.staff import (
    POSTS_PER_GRID,
    Staff,
    central_worker,
    make_staff,
    worker_name,
    worker_phone,
)


def test_posts_follow_the_quota_and_workers_fill_most_of_them(ground: Ground, staff: Staff) -> None:
    assert staff.posts.sum() == round(len(ground.grid_polygons) * POSTS_PER_GRID)
    filled = np.bincount(staff.community, minlength=len(ground.community_codes))
    assert (filled <= staff.posts).all()
    assert 0.94 < filled.sum() / staff.posts.sum() < 1


def test_posts_of_the_whole_city_are_those_of_bengbu() -> None:
    assert round(2461 * POSTS_PER_GRID) == 2744


def test_whoever_holds_or_backs_up_a_grid_works_in_its_community(ground: Ground, staff: Staff) -> None:
    for who in (staff.holder, staff.backup, staff.former):
        held = who != NOWHERE
        assert (staff.community[who[held]] == ground.grid_community[held]).all()


def test_nobody_is_their_own_backup(staff: Staff) -> None:
    held = staff.holder != NOWHERE
    assert (staff.backup[held] != staff.holder[held]).all()


def test_now_there_are_vacancies_spares_and_workers_with_several_grids(staff: Staff) -> None:
    held = np.bincount(staff.holder[staff.holder != NOWHERE], minlength=staff.count)
    assert (staff.holder == NOWHERE).any()
    assert (held == 0).any()
    assert (held > 1).any()


def test_an_absence_ends_after_it_began_and_is_not_covered_by_the_absent(staff: Staff) -> None:
    assert all(absence.since < absence.until for absence in staff.absences)
    assert all(absence.cover != absence.worker for absence in staff.absences)


def test_the_holder_of_a_day_is_the_former_one_before_the_handover(staff: Staff, today: datetime) -> None:
    changed = [grid for grid, moment in enumerate(staff.handed_over) if moment is not None]
    assert changed
    for grid in changed:
        moment = staff.handed_over[grid]
        assert moment is not None
        days = (today - moment).days + 10
        day = np.array([days - 1 - (today - moment).days])
        at = np.array([grid])
        assert staff.holder_at(at, day, today, days) == staff.holder[grid]
        assert staff.holder_at(at, day - 1, today, days) == staff.former[grid]


def test_the_worker_of_the_demo_account_is_there_and_holds_a_grid(
    ground: Ground, staff: Staff, today: datetime
) -> None:
    central = central_worker(ground, staff)
    assert len(staff.grids_of(central)) > 0
    now = today + timedelta(hours=12)
    assert not any(a.worker == central and a.since <= now < a.until for a in staff.absences)


def test_the_same_seed_gives_the_same_staff(ground: Ground, today: datetime) -> None:
    one, other = (make_staff(ground, today=today, rng=np.random.default_rng(9)) for _ in range(2))
    assert (one.holder == other.holder).all()
    assert one.absences == other.absences


def test_names_and_numbers_cannot_be_anybodys() -> None:
    assert "示例" in worker_name(41)
    assert worker_phone(41) == "000-0000-0042"
