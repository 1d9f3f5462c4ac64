"""The visit page in a real browser, as a worker uses it on a phone: few taps, and nothing is lost without a network."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.fixtures.browser import Visitor, shoot

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def worker(phone: Visitor) -> Iterator[Page]:
    """A grid worker who sees the list of own grids."""
    page = phone.open("/visit", "worker")
    page.locator("[data-code]").first.wait_for()
    yield page
    assert phone.strangers == []


def body_of(request: Request) -> dict[str, Any]:
    """What a request carries."""
    body: dict[str, Any] = request.post_data_json or {}
    return body


def log_one(page: Page) -> None:
    """Two taps and the confirmation."""
    page.locator("[data-code]").first.click()
    page.locator(".chip").first.click()
    page.get_by_role("button", name="确认登记").click()


def test_a_visit_is_logged_with_two_taps_and_a_confirmation(worker: Page) -> None:
    shoot(worker, "visit-grids")
    worker.locator("[data-tab=today]").click()
    before = worker.locator("[data-sent]").count()
    worker.get_by_role("button", name="我的网格").click()
    log_one(worker)
    expect(worker.locator("[data-sent]")).to_have_count(before + 1)
    expect(worker.locator("[data-waiting]")).to_contain_text("全部已发送")
    shoot(worker, "visit-today")


def test_without_a_network_a_visit_waits_and_goes_out_by_itself(worker: Page) -> None:
    worker.context.set_offline(True)
    log_one(worker)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    expect(worker.locator(".logged-waiting")).to_contain_text("已保存在手机上")
    shoot(worker, "visit-offline")
    worker.context.set_offline(False)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=15_000)
    expect(worker.locator(".logged-waiting")).to_have_count(0)


def test_what_waits_survives_closing_the_page(worker: Page) -> None:
    worker.context.set_offline(True)
    log_one(worker)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    address = worker.url
    context = worker.context
    worker.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    again.locator("[data-tab=today]").click()
    expect(again.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=15_000)
    expect(again.locator("[data-sent]").first).to_be_visible()


def test_the_position_is_added_only_when_asked_for(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    worker.get_by_role("button", name="附上当前位置").click()
    expect(worker.locator(".chosen")).to_contain_text("精度约 20 米")
    shoot(worker, "visit-form")
    with worker.expect_request("**/api/v1/visits") as sent:
        worker.get_by_role("button", name="确认登记").click()
    body = body_of(sent.value)
    assert (body["x"], body["y"], body["crs"]) == (117.38, 32.93, "EPSG:4326")


def test_a_visit_says_nothing_of_the_place_by_itself(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    with worker.expect_request("**/api/v1/visits") as sent:
        worker.get_by_role("button", name="确认登记").click()
    assert not {"x", "y", "crs", "accuracy_m"} & body_of(sent.value).keys()


def test_the_kind_of_visit_must_be_chosen(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    worker.get_by_role("button", name="确认登记").click()
    expect(worker.get_by_role("alert")).to_have_text("请先选择走访事项")


def test_everything_can_be_hit_with_a_thumb(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    small = worker.evaluate(
        """() => [...document.querySelectorAll('button, .chip, input[type=search], textarea')]
          .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert worker.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
