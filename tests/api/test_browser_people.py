"""The page of people in a real browser: posts, workers, vacancies, leave, norms and the import, with the map beside."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.fixtures.browser import Held, Visitor, shoot

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
    expect(planner.locator(".areas-all")).to_have_text("全市")
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
    form.get_by_label("事由").fill("分工调整")
    form.get_by_role("button", name="预览").click()
    expect(form.locator("[data-preview]")).to_contain_text("交接清单")
    shoot(planner, "people-move")


def workbook(*rows: list[str]) -> FilePayload:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return {"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}


HEAD = ["工号", "姓名", "社区代码", "电话"]
WRONG = workbook(HEAD, ["T-1", "", "340302999999", "000-0000-0000"])


def test_a_report_belongs_to_the_table_it_was_made_of(planner: Page) -> None:
    held = Held(planner, "**/api/v1/people/import?*")
    planner.locator("[data-action=import]").click()
    planner.locator("input[name=people-file]").set_input_files(workbook(HEAD, ["T-90009", "合成人员乙", "", ""]))
    held.wait_for(1)
    planner.locator("input[name=people-file]").set_input_files(WRONG)
    held.wait_for(2)
    held.let_go(1)
    held.let_go(0)
    dialog = planner.get_by_role("dialog")
    expect(dialog.locator(".faults")).to_contain_text("单元格 B2")
    expect(dialog.locator("[data-action=import-do]")).to_be_disabled()


def test_an_import_is_tried_out_and_names_the_wrong_cell(planner: Page) -> None:
    planner.locator("[data-action=import]").click()
    planner.locator("input[name=people-file]").set_input_files(WRONG)
    dialog = planner.get_by_role("dialog")
    expect(dialog.locator(".faults")).to_contain_text("单元格 B2", timeout=20_000)
    assert not re.search(r"[A-Za-z]{4,}", dialog.locator(".faults").inner_text())
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


@pytest.fixture
def supervisor(visitor: Visitor) -> Iterator[Page]:
    """A supervisor, who may approve leave and change people and posts."""
    page = visitor.open("/people", "supervisor")
    page.wait_for_selector(DRAWN, timeout=30_000)
    yield page
    assert visitor.strangers == []


def save(page: Page) -> None:
    """Send the form that is open; it goes when it was taken."""
    page.locator("[data-edit] button[type=submit]").click()
    expect(page.locator("[data-edit]")).to_have_count(0)


def test_a_part_of_the_city_is_not_called_the_whole(supervisor: Page) -> None:
    expect(supervisor.locator(".areas-all")).to_have_text("所辖范围")
    expect(supervisor.get_by_role("heading", level=2).filter(has_text="岗位")).to_contain_text("所辖范围")


def test_a_supervisor_approves_a_leave_and_its_list_is_open(supervisor: Page) -> None:
    go_to(supervisor, "leave")
    supervisor.locator(".leave-list, .list-note").first.wait_for()
    if not supervisor.locator("[data-action=approve]").count():
        supervisor.get_by_role("button", name="下一月").click()  # the demo asks for days to come
    supervisor.locator("[data-action=approve]").first.click()
    form = supervisor.locator("[data-edit]")
    form.locator("[data-worker] option").nth(1).wait_for(state="attached")
    name = str(form.locator("[data-worker] option").nth(1).text_content()).split(" ")[0]
    form.locator("[data-worker]").select_option(index=1)
    shoot(supervisor, "people-approve")
    save(supervisor)
    expect(supervisor.locator(".leave-list")).to_contain_text(f"{name} 代岗")
    go_to(supervisor, "handover")
    expect(supervisor.locator(".el-table")).to_contain_text(name)
    shoot(supervisor, "people-handover")


def test_a_vacancy_is_filled_and_a_post_and_somebody_taken_on(supervisor: Page) -> None:
    go_to(supervisor, "vacancies")
    vacant = supervisor.locator(".states [data-state=vacant] b")
    before = int(vacant.inner_text())
    supervisor.locator(".el-table .link", has_text="调整").first.click()
    supervisor.locator("[data-edit] [data-worker]").select_option(index=1)
    save(supervisor)
    expect(vacant).to_have_text(str(before - 1))
    go_to(supervisor, "workers")
    supervisor.locator("[data-action=new-worker]").click()
    supervisor.locator("[data-edit] [name=number]").fill("T-90001")
    supervisor.locator("[data-edit] [name=name]").fill("合成人员甲")
    save(supervisor)
    go_to(supervisor, "posts")
    supervisor.locator(".three button").click()
    supervisor.locator(".el-table .link", has_text="调整").first.click()
    supervisor.locator("[data-edit] input[type=search]").fill("T-90001")
    expect(supervisor.locator("[data-edit] [data-worker] option")).to_have_count(2)
    supervisor.locator("[data-edit] [data-worker]").select_option(index=1)
    filled = supervisor.locator("[data-quota] dd").nth(1)
    posts = int(filled.inner_text())
    save(supervisor)
    expect(filled).to_have_text(str(posts + 1))


def test_leaving_the_service_is_refused_piece_by_piece_in_the_words_of_the_page(supervisor: Page) -> None:
    go_to(supervisor, "workers")
    supervisor.locator(".el-table__row", has_text="有账号").locator(".link").click()
    supervisor.locator("[data-action=leave-service]").click()
    supervisor.locator("[data-edit] button[type=submit]").click()
    refusal = supervisor.locator("[data-edit] [role=alert]")
    expect(refusal).to_contain_text("仍由本人负责")
    assert "grid" not in refusal.inner_text()
    shoot(supervisor, "people-leaving")


def test_who_may_only_look_is_told_who_decides(planner: Page) -> None:
    go_to(planner, "leave")
    expect(planner.locator(".people-list")).to_contain_text("请假由督导员审批")
    expect(planner.locator("[data-action=approve]")).to_have_count(0)
