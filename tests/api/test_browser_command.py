"""The command page in a real browser: what is drawn, what can be found, and that nothing leaves the machine."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.fixtures.browser import Visitor, shoot
from tests.fixtures.streams import listening
from tests.infra.service_home import eventually

pytestmark = pytest.mark.timeout(120)
DRAWN = "html[data-drawn]"


@pytest.fixture
def commander(visitor: Visitor) -> Iterator[Page]:
    """A commander who waits until grids and states are drawn."""
    page = visitor.open("/command", "commander")
    page.wait_for_selector(DRAWN, timeout=30_000)
    yield page
    visitor.check()


def a_code(page: Page) -> str:
    """The code of some grid of the city."""
    code: str = page.evaluate("fetch('/api/v1/status').then(r => r.json()).then(s => s.grids.code[0])")
    return code


def test_the_city_is_drawn_and_every_state_has_its_word(commander: Page) -> None:
    legend = commander.locator(".gs-legend")
    for word in ("正常", "临期", "逾期", "未走访", "未知"):
        expect(legend).to_contain_text(word)
    assert commander.evaluate("performance.getEntriesByName('gridsvc:drawn').length") == 1
    shoot(commander, "command-patrol")


def test_the_canvas_shows_more_than_the_ground(commander: Page) -> None:
    colours = commander.evaluate(
        """() => {
          const canvas = document.querySelector('.gs-pane-base canvas')
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          const seen = new Set()
          for (let i = 0; i < data.length; i += 4 * 97) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`)
          return seen.size
        }"""
    )
    assert colours > 20


def test_staffing_has_words_of_its_own(commander: Page) -> None:
    commander.get_by_role("button", name="人员", exact=True).click()
    for word in ("A/B 岗在岗", "仅 A 岗", "空岗"):
        expect(commander.locator(".gs-legend")).to_contain_text(word)
    assert "mode=staffing" in commander.url
    shoot(commander, "command-staffing")


def test_each_coverage_figure_has_its_denominator_and_opens_its_rows(commander: Page) -> None:
    figures = commander.locator("[data-coverage]")
    expect(figures.locator("[data-figure=coverage-doors]")).to_contain_text(" / ", timeout=15_000)
    figures.locator("[data-figure=coverage-duties]").click()
    rows = commander.locator("[data-list=coverage]")
    rows.locator("input[type=checkbox]").uncheck()
    expect(rows.locator(".queue-row").first).to_contain_text("按期", timeout=15_000)
    shoot(commander, "command-coverage")


def test_a_grid_is_found_by_its_code_and_its_card_opens(commander: Page) -> None:
    code = a_code(commander)
    commander.get_by_role("combobox").fill(code)
    commander.locator("#search-results [role=option]").first.wait_for()
    commander.keyboard.press("ArrowDown")
    commander.keyboard.press("Enter")
    card = commander.get_by_role("complementary")
    expect(card).to_contain_text(code)
    for word in ("现由谁负责", "走访状态", "户数", "未结事件", "最近走访记录"):
        expect(card).to_contain_text(word)
    shoot(commander, "command-card")


def test_the_card_is_shut_by_escape(commander: Page) -> None:
    commander.locator("[data-list=grids] button").first.click()
    expect(commander.get_by_role("complementary")).to_be_visible()
    commander.keyboard.press("Escape")
    expect(commander.get_by_role("complementary")).to_be_hidden()


def test_arrow_keys_walk_through_the_worst_grids(commander: Page) -> None:
    commander.locator("[data-list=grids] button").first.focus()
    commander.keyboard.press("ArrowDown")
    commander.keyboard.press("Enter")
    second = commander.locator("[data-list=grids] button").nth(1).get_attribute("data-code")
    expect(commander.get_by_role("complementary")).to_contain_text(second or "?")


def test_a_link_shows_the_same_thing(commander: Page) -> None:
    commander.locator("[data-list=grids] button").first.click()
    commander.locator("[data-figure=overdue]").click()
    commander.wait_for_timeout(1200)
    link = commander.url
    assert "grid=" in link
    assert "filter=overdue" in link
    commander.goto("about:blank")
    commander.goto(link)
    commander.wait_for_selector(DRAWN)
    assert urlsplit(commander.url).fragment == urlsplit(link).fragment
    expect(commander.get_by_role("complementary")).to_be_visible()


def test_a_past_moment_says_so_and_leads_back(commander: Page) -> None:
    commander.locator(".moment-button").click()
    commander.get_by_role("button", name="昨天此时").click()
    expect(commander.locator(".banner-past")).to_be_visible()
    assert "at=" in commander.url
    commander.get_by_role("button", name="回到现在").click()
    expect(commander.locator(".banner-past")).to_be_hidden()


def test_a_moment_is_typed_as_it_is_shown(commander: Page) -> None:
    yesterday = f"{datetime.now(ZoneInfo('Asia/Shanghai')) - timedelta(days=1):%Y-%m-%d} 08:30"
    commander.locator(".moment-button").click()
    commander.locator("input[name=moment]").click()
    expect(commander.locator(".el-picker-panel:visible")).to_contain_text("确定")
    shoot(commander, "command-moment")
    commander.fill("input[name=moment]", yesterday)
    commander.press("input[name=moment]", "Enter")
    commander.locator(".drop-form .main-button").click()
    expect(commander.locator(".banner-past")).to_contain_text(yesterday[5:])


def test_english_is_complete(commander: Page) -> None:
    commander.locator("[data-list=grids] button").first.click()
    commander.locator("[data-action=language]").click()
    for word in ("Door coverage", "Overdue grids", "Vacant grids", "Who answers now", "Village, no grids yet"):
        expect(commander.locator("body")).to_contain_text(word)
    left = commander.evaluate(
        """() => [...document.querySelectorAll('button, h2, h3, dt, label, [aria-label], [placeholder]')]
          .filter((e) => !e.closest('.rows, .log, .card-head, .answers, .gs-notice') && e.dataset.action !== 'language')
          .flatMap((e) => [e.children.length ? '' : e.textContent, e.ariaLabel, e.getAttribute('placeholder')])
          .filter((text) => text && /[\\u4e00-\\u9fff]/.test(text))"""
    )
    assert left == []
    shoot(commander, "command-english")


def test_the_queue_of_unlocated_incidents_opens(commander: Page) -> None:
    commander.get_by_role("button", name="查看未定位").click()
    expect(commander.locator("[data-list=queue]")).to_contain_text("等待人工确认位置")


def test_the_map_says_that_data_are_synthetic(commander: Page) -> None:
    expect(commander.locator(".gs-notice")).to_contain_text("数据为合成")


def test_a_visit_logged_elsewhere_shows_by_itself(commander: Page, phone: Visitor) -> None:
    worker = phone.open("/visit", "worker")
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    with commander.expect_response("**/api/v1/status", timeout=15_000):
        worker.get_by_role("button", name="确认登记").click()


def test_a_page_that_nobody_looks_at_follows_nothing(commander: Page, demo_engine: Engine) -> None:
    def shown(*, is_hidden: bool) -> None:
        commander.evaluate(
            "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
            " document.dispatchEvent(new Event('visibilitychange')) }",
            is_hidden,
        )

    assert eventually(lambda: listening(demo_engine) == 1)
    shown(is_hidden=True)
    assert eventually(lambda: listening(demo_engine) == 0)
    with commander.expect_response(lambda answer: "/api/v1/status" in answer.url, timeout=15_000):
        shown(is_hidden=False)
    assert eventually(lambda: listening(demo_engine) == 1)


@pytest.mark.parametrize("name", ["coverage", "patrol"])
def test_the_folium_pages_have_the_same_look(commander: Page, live_server: str, name: str) -> None:
    commander.goto(f"{live_server}/maps/{name}.html")
    commander.wait_for_selector(DRAWN, timeout=30_000)
    expect(commander.locator(".gs-legend-row")).to_have_count(5)
    shoot(commander, f"folium-{name}")


def test_the_desktop_page_fits_small_and_large_screens(commander: Page) -> None:
    for width, height in ((1366, 768), (1920, 1080), (390, 844)):
        commander.set_viewport_size({"width": width, "height": height})
        commander.wait_for_timeout(300)
        assert commander.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        shoot(commander, f"command-{width}")


def test_who_is_not_logged_in_is_led_to_the_login_and_back(visitor: Visitor, live_server: str) -> None:
    page = visitor.page
    page.goto(f"{live_server}/command#mode=staffing")
    page.wait_for_url("**/login?next=*")
    visitor.enter("commander")
    page.wait_for_url("**/command*")
    assert "mode=staffing" in page.url


def test_a_wrong_password_is_said_plainly(visitor: Visitor, live_server: str) -> None:
    page = visitor.page
    page.goto(f"{live_server}/login")
    page.fill("#username", "commander")
    page.fill("#password", "wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对")
