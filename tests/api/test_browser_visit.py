"""The visit page in a real browser, as a worker uses it on a phone: few taps, and nothing is lost without a network."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import FilePayload, Page, Request, expect

from tests.fixtures.browser import Visitor, shoot

ClientOf = Callable[[str], httpx.Client]
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


def visit_in(request: Request) -> dict[str, Any]:
    """The one visit that a message carries."""
    [visit] = body_of(request)["visits"]
    made: dict[str, Any] = visit
    return made


def log_one(page: Page) -> None:
    """Two taps and the confirmation."""
    page.locator("[data-code]").first.click()
    page.locator(".chip").first.click()
    page.get_by_role("button", name="确认登记").click()


def go_to(page: Page, tab: str) -> None:
    page.locator(f".tabs [data-tab={tab}]").click()


def test_the_list_of_the_day_says_who_where_and_why(worker: Page) -> None:
    card = worker.locator("[data-duty]").first
    expect(card).to_contain_text("走访")
    expect(worker.locator("[data-duty=care], [data-duty=grid]").first).to_be_visible()
    shoot(worker, "visit-duties")


def test_a_visit_is_logged_with_two_taps_and_a_confirmation(worker: Page) -> None:
    before = worker.locator("[data-sent]").count()
    log_one(worker)
    expect(worker.locator("[data-sent]")).to_have_count(before + 1)
    expect(worker.locator("[data-waiting]")).to_contain_text("全部已发送")
    shoot(worker, "visit-today")


def test_own_grids_have_their_place(worker: Page) -> None:
    go_to(worker, "grids")
    expect(worker.locator(".own-grid").first).to_contain_text("登记走访")
    shoot(worker, "visit-grids")


def test_distances_are_reckoned_on_the_phone_and_only_when_asked_for(worker: Page) -> None:
    assert "约" not in worker.locator("[data-duty]").first.inner_text()
    asked: list[str] = []
    worker.on("request", lambda request: asked.append(request.url))
    worker.get_by_role("button", name="按距离显示").click()
    expect(worker.locator("[data-duty]").first).to_contain_text("约")
    assert asked == []
    shoot(worker, "visit-distance")


def test_without_a_network_a_visit_waits_and_goes_out_by_itself(worker: Page) -> None:
    worker.context.set_offline(True)
    log_one(worker)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    expect(worker.locator("[data-waiting]")).to_contain_text("待发送 1 条")
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
    expect(again.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=15_000)
    expect(again.locator("[data-sent]").first).to_be_visible()


def test_the_page_opens_without_a_network(worker: Page) -> None:
    """Closed, or thrown out of the phone's memory, in a cellar: it opens with the list of the day, and takes visits."""
    go_to(worker, "me")
    expect(worker.locator("[data-kept]")).to_contain_text("没有网络也能打开")
    address, context = worker.url, worker.context
    worker.close()
    context.set_offline(True)
    again = context.new_page()
    again.goto(address)
    again.locator("[data-code]").first.wait_for()
    expect(again.get_by_role("status").first).to_contain_text("没有网络，照常登记")
    shoot(again, "visit-opened-offline")
    log_one(again)
    expect(again.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    context.set_offline(False)
    expect(again.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=15_000)


def test_without_what_the_phone_keeps_it_does_not_open(worker: Page) -> None:
    """That the one above says something."""
    worker.evaluate("navigator.serviceWorker.ready.then((ready) => ready.unregister())")
    worker.context.set_offline(True)
    with pytest.raises(BrowserError, match="ERR_INTERNET_DISCONNECTED"):
        worker.reload()


def test_the_phone_keeps_files_of_the_page_and_nothing_about_people(worker: Page) -> None:
    worker.evaluate("navigator.serviceWorker.ready")
    kept = worker.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((all) => all.flat().map((request) => new URL(request.url).pathname))"
    )
    assert "/static/visit.html" in kept
    assert [path for path in kept if not path.startswith("/static/")] == []
    assert any(path.endswith(".css") for path in kept)


REMEMBERED = """new Promise((done, failed) => {
    const asked = indexedDB.open('gridsvc');
    asked.onerror = failed;
    asked.onsuccess = () => {
        const stores = asked.result.transaction(['kept', 'waiting']);
        Promise.all(['kept', 'waiting'].map((name) => new Promise((told) => {
            stores.objectStore(name).getAllKeys().onsuccess = (event) => told(event.target.result);
        }))).then(([kept, waiting]) => { asked.result.close(); done([kept, waiting.length]) });
    };
})"""


def remembered(page: Page) -> tuple[list[str], int]:
    """What is remembered on the phone, by name, and how many visits wait there."""
    kept, waiting = page.evaluate(REMEMBERED)
    return kept, waiting


def test_after_logging_out_nothing_about_people_is_on_the_phone(worker: Page) -> None:
    go_to(worker, "me")
    worker.locator("[data-kept]").wait_for()
    assert remembered(worker) == (["visit-own", "visit-page"], 0)
    worker.get_by_role("button", name="退出", exact=True).click()
    worker.wait_for_url("**/login?next=/visit")
    assert remembered(worker) == ([], 0)
    worker.context.set_offline(True)
    worker.goto(f"{worker.url.partition('/login')[0]}/visit")
    expect(worker.get_by_role("alert")).to_be_visible()
    expect(worker.locator("[data-code]")).to_have_count(0)


def test_logging_out_without_a_network_clears_the_phone_and_is_completed_with_one(worker: Page) -> None:
    worker.context.set_offline(True)
    log_one(worker)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    go_to(worker, "me")
    worker.get_by_role("button", name="退出", exact=True).click()
    expect(worker.locator("[data-left]")).to_contain_text("联网后会自动完成退出")
    expect(worker.locator("[data-code]")).to_have_count(0)
    shoot(worker, "visit-left-offline")
    assert remembered(worker) == ([], 1)  # the visit is nowhere else
    address, context = worker.url, worker.context
    worker.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    again.wait_for_url("**/login?next=/visit")
    assert again.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 401
    assert remembered(again) == ([], 1)


def test_who_logs_in_after_logging_out_without_a_network_stays(worker: Page, phone: Visitor) -> None:
    worker.context.set_offline(True)
    go_to(worker, "me")
    worker.get_by_role("button", name="退出", exact=True).click()
    expect(worker.locator("[data-left]")).to_be_visible()
    context = worker.context
    worker.close()  # or it would complete the logout itself
    context.set_offline(False)
    phone.page = context.new_page()
    phone.page.goto(f"{phone.origin}/login")
    phone.enter("worker")
    phone.page.wait_for_url("**/visit")
    expect(phone.page.locator("[data-code]").first).to_be_visible()
    assert phone.page.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 200


def test_a_lost_phone_whose_login_was_ended_forgets_all_but_what_waits(
    worker: Page, phone: Visitor, client_of: ClientOf
) -> None:
    worker.context.set_offline(True)
    log_one(worker)
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "1")
    admin = client_of("admin")
    [number] = [
        one["id"] for one in admin.get("/api/v1/accounts?q=worker").json()["items"] if one["username"] == "worker"
    ]
    assert admin.post(f"/api/v1/accounts/{number}/revoke-sessions").status_code == 200
    worker.context.set_offline(False)
    worker.reload()
    worker.wait_for_url("**/login?next=*")
    assert remembered(worker) == ([], 1)
    phone.enter("worker")
    expect(worker.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=15_000)


def test_what_was_found_goes_out_with_the_visit_and_opens_an_incident(worker: Page) -> None:
    go_to(worker, "report")
    worker.locator("select[name=category]").select_option(index=1)
    worker.locator("textarea[name=found]").fill("楼道堆放杂物")
    shoot(worker, "visit-report")
    with worker.expect_response("**/api/v1/visits/batch") as sent:
        worker.get_by_role("button", name="提交上报").click()
    [item] = sent.value.json()["items"]
    assert item["status"] == "stored"
    assert item["receipt"]["incident"] is not None


def test_a_photo_goes_out_before_its_visit(worker: Page) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 90)).save(picture, "JPEG")
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    file: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    worker.locator("input[name=photo]").set_input_files(file)
    expect(worker.locator(".chosen")).to_contain_text("1 张照片")
    with worker.expect_response("**/api/v1/visits/batch") as sent:
        worker.get_by_role("button", name="确认登记").click()
    assert len(visit_in(sent.value.request)["photos"]) == 1
    assert sent.value.json()["items"][0]["status"] == "stored"


def test_leave_is_asked_for_and_taken_back(worker: Page) -> None:
    go_to(worker, "me")
    for name, day in (("since", "2027-03-01"), ("until", "2027-03-02")):
        worker.locator(f"input[name={name}]").fill(day)
    worker.locator("input[name=reason]").fill("年休假")
    worker.get_by_role("button", name="提交申请").click()
    asked = worker.locator("[data-leave=requested]")
    expect(asked.first).to_contain_text("2027-03-01 – 2027-03-02")
    asked.first.get_by_role("button", name="撤回").click()
    expect(asked).to_have_count(0)


def test_workers_see_what_is_never_done_and_what_is_kept(worker: Page) -> None:
    go_to(worker, "me")
    policy = worker.locator("[data-policy]")
    for word in ("打卡签到", "积分排名", "在线时长统计", "不做", "走访位置", "180 天"):
        expect(policy).to_contain_text(word)
    shoot(worker, "visit-me")


def test_the_position_is_added_only_when_asked_for(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    worker.get_by_role("button", name="附上当前位置").click()
    expect(worker.locator(".chosen")).to_contain_text("精度约 20 米")
    shoot(worker, "visit-form")
    with worker.expect_request("**/api/v1/visits/batch") as sent:
        worker.get_by_role("button", name="确认登记").click()
    body = visit_in(sent.value)
    assert (body["x"], body["y"], body["crs"]) == (117.38, 32.93, "EPSG:4326")


def test_a_visit_says_nothing_of_the_place_by_itself(worker: Page) -> None:
    worker.locator("[data-code]").first.click()
    worker.locator(".chip").first.click()
    with worker.expect_request("**/api/v1/visits/batch") as sent:
        worker.get_by_role("button", name="确认登记").click()
    assert not {"x", "y", "crs", "accuracy_m"} & visit_in(sent.value).keys()


def test_the_kind_of_visit_must_be_chosen(worker: Page) -> None:
    go_to(worker, "grids")
    worker.locator("[data-code]").first.click()
    worker.get_by_role("button", name="确认登记").click()
    expect(worker.get_by_role("alert")).to_have_text("请先选择走访事项")


@pytest.mark.parametrize("place", ["today", "grids", "report", "me", "form"])
def test_everything_can_be_hit_with_a_thumb(worker: Page, place: str) -> None:
    if place == "form":
        worker.locator("[data-code]").first.click()
    else:
        go_to(worker, place)
        worker.wait_for_timeout(300)
    small = worker.evaluate(
        """() => [...document.querySelectorAll('button, .chip, input, select, textarea')]
          .filter((e) => e.offsetParent && !e.matches('.strip button, .chip input, .photo-button input'))
          .filter((e) => e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert worker.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_english_is_complete(worker: Page) -> None:
    worker.locator("[data-action=language]").click()
    for tab in ("today", "grids", "report", "me"):
        go_to(worker, tab)
        worker.wait_for_timeout(200)
        left = worker.evaluate(
            """() => [...document.querySelectorAll('button, h1, h2, label > span, dt, .tag, [placeholder]')]
              .filter((e) => !e.closest('.own-grid, .logged') && e.dataset.action !== 'language')
              .flatMap((e) => [e.children.length ? '' : e.textContent, e.ariaLabel, e.getAttribute('placeholder')])
              .filter((text) => text && /[\\u4e00-\\u9fff]/.test(text))"""
        )
        assert left == []
    shoot(worker, "visit-english")


def test_an_incident_is_taken_on_with_one_press_and_not_without_a_network(worker: Page) -> None:
    origin = worker.url.removesuffix("/visit")
    door = worker.request.get(f"{origin}/api/v1/sync").json()["grids"][0]["doors"][0]
    report = {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "synthetic": True}
    report |= {"x": door["x"], "y": door["y"], "crs": "EPSG:4326", "description": "合成：路面破损"}
    made = worker.request.post(f"{origin}/api/v1/incidents", data=report, headers={"X-Gridsvc": "test"})
    assert made.ok, made.text()
    worker.reload()
    waiting = worker.locator("[data-case=open]")
    expect(waiting.filter(has_text="路面破损")).to_have_count(1)
    shoot(worker, "visit-cases")
    before = waiting.count()
    worker.context.set_offline(True)
    waiting.first.get_by_role("button", name="受理").click()
    expect(waiting.first.get_by_role("alert")).to_contain_text("尚未受理")
    worker.context.set_offline(False)
    waiting.first.get_by_role("button", name="受理").click()
    expect(waiting).to_have_count(before - 1)
    go_to(worker, "me")
    expect(worker.locator("[data-case=accepted]").first).to_contain_text("已受理")


def test_what_the_city_switched_off_is_not_offered_and_told_with_its_reason(worker: Page, client_of: ClientOf) -> None:
    admin = client_of("admin")
    for key in ("position", "photo"):
        admin.put(f"/api/v1/policy/{key}", json={"is_on": False, "reason": "按市级规定"})
    try:
        worker.reload()
        worker.locator("[data-code]").first.click()
        expect(worker.get_by_role("button", name="确认登记")).to_be_visible()
        expect(worker.locator("input[name=photo]")).to_have_count(0)
        expect(worker.get_by_role("button", name="附上当前位置")).to_have_count(0)
        worker.get_by_role("button", name="返回").click()
        go_to(worker, "me")
        expect(worker.locator("[data-policy]")).to_contain_text("按市级规定")
    finally:
        for key in ("position", "photo"):
            admin.put(f"/api/v1/policy/{key}", json={"is_on": True, "reason": "恢复"})
