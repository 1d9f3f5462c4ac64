"""The page of people in a real browser: posts, workers, vacancies, leave, norms and the import, with the map beside."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.fixtures.browser import Visitor, shoot

pytestmark = pytest.mark.timeout(120)
DRAWN = "html[data-drawn]"


@pytest.fixture
def planner(visitor: Visitor) -> Iterator[Page]:
    """A planner who waits until lists and map are there."""
    page = visitor.open("/people", "planner")
    page.wait_for_selector(DRAWN, timeout=30_000)
    yield page
    visitor.check()


def go_to(page: Page, tab: str) -> None:
    page.locator(f".people-tabs [data-tab={tab}]").click()


def test_posts_are_three_numbers_that_add_up(planner: Page) -> None:
    numbers = planner.locator("[data-quota] dd")
    expect(numbers.first).not_to_have_text("0")
    quota, filled, vacant = (int(numbers.nth(place).inner_text().replace(",", "")) for place in range(3))
    assert quota == filled + vacant > 0
    shoot(planner, "people-posts")


def test_choosing_an_area_narrows_the_lists_and_is_in_the_address(planner: Page) -> None:
    whole = planner.locator("[data-quota] dd").first.inner_text()
    planner.locator(".areas .el-tree-node__content").nth(2).click()
    expect(planner.locator("[data-quota] dd").first).not_to_have_text(whole)
    assert "area=34" in planner.url


def test_a_worker_opens_with_grids_and_what_would_be_left(planner: Page) -> None:
    go_to(planner, "workers")
    planner.locator(".people-list .el-table .link").first.click()
    card = planner.locator("article.worker")
    for word in ("岗位职能", "负责的网格", "未移交事项"):
        expect(card).to_contain_text(word)
    shoot(planner, "people-worker")


def test_vacancies_have_words_counts_and_a_denominator(planner: Page) -> None:
    go_to(planner, "vacancies")
    for state in ("main_backup", "main_only", "vacant"):
        expect(planner.locator(f".states [data-state={state}]")).to_contain_text("%")
    shoot(planner, "people-vacancies")


def test_the_leave_strip_shows_the_month(planner: Page) -> None:
    go_to(planner, "leave")
    expect(planner.locator("[data-month]")).to_have_text(planner.locator("[data-month]").inner_text())
    expect(planner.locator(".strip-table, .list-note").first).to_be_visible()
    shoot(planner, "people-leave")


def test_each_breach_is_a_sentence_and_lights_its_grids(planner: Page) -> None:
    go_to(planner, "norms")
    expect(planner.locator("[data-breaches]")).to_contain_text("不达标", timeout=20_000)
    first = planner.locator(".sentences button").first
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    shoot(planner, "people-norms")


def test_a_change_of_grids_is_previewed_before_it_counts(planner: Page) -> None:
    go_to(planner, "workers")
    planner.locator(".people-list .el-table__row", has_text="有账号").first.locator(".link").click()
    planner.locator("[data-action=move]").click()
    form = planner.locator("form.move")
    form.locator("select option").nth(0).wait_for(state="attached")
    form.locator("select").select_option(index=0)
    form.locator("input[type=text]").fill("分工调整")
    form.get_by_role("button", name="预览").click()
    expect(form.locator("[data-preview]")).to_contain_text("交接清单")
    shoot(planner, "people-move")


def test_an_import_is_tried_out_and_names_the_wrong_cell(planner: Page) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工号", "姓名", "社区编码", "电话"])
    sheet.append(["T-1", "", "340302999999", "000-0000-0000"])
    content = BytesIO()
    book.save(content)
    planner.locator("[data-action=import]").click()
    file: FilePayload = {"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}
    planner.locator("input[name=people-file]").set_input_files(file)
    dialog = planner.get_by_role("dialog")
    expect(dialog.locator(".fault, .faults").first).to_be_visible(timeout=20_000)
    expect(dialog.locator("[data-action=import-do]")).to_be_disabled()
    shoot(planner, "people-import")


def test_english_is_complete(planner: Page) -> None:
    planner.locator("[data-action=language]").click()
    for tab in ("posts", "workers", "vacancies", "leave", "norms", "handover"):
        go_to(planner, tab)
        planner.wait_for_timeout(300)
        left = planner.evaluate(
            """() => [...document.querySelectorAll('button, h3, h4, dt, th, [aria-label], [placeholder]')]
              .filter((e) => !e.closest('.areas, .sentences, td, .strip-table, .gs-notice'))
              .filter((e) => e.dataset.action !== 'language')
              .flatMap((e) => [e.children.length ? '' : e.textContent, e.ariaLabel, e.getAttribute('placeholder')])
              .filter((text) => text && /[\\u4e00-\\u9fff]/.test(text))"""
        )
        assert left == []
    shoot(planner, "people-english")


def test_it_fits_large_and_small_screens(planner: Page) -> None:
    for width, height in ((1920, 1080), (1366, 768), (390, 844)):
        planner.set_viewport_size({"width": width, "height": height})
        planner.wait_for_timeout(300)
        assert planner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        shoot(planner, f"people-{width}")


def test_who_may_not_see_people_is_told_so(phone: Visitor) -> None:
    page = phone.open("/people", "worker")
    expect(page.get_by_role("alert")).to_contain_text("不能查看人员与岗位")
