"""The planner's page in a real browser: a plan is drawn with the mouse and the keyboard, decided on and published."""

from collections.abc import Callable, Iterator

import httpx
import pytest
import shapely
from playwright.sync_api import Browser, expect
from shapely.geometry import Point

from tests.fixtures.browser import Visitor, shoot
from tests.fixtures.desk import Desk, across, borders, bulge, longest_border, middle, piece_to_shift, square

pytestmark = pytest.mark.timeout(180)
DRAWN = "html[data-drawn]"
ClientOf = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def community(client_of: ClientOf) -> str:
    """A community with a handful of grids that no other test publishes in."""
    codes = [
        grid["properties"]["community_code"] for grid in client_of("planner").get("/api/v1/grids").json()["features"]
    ]
    return str(next(code for code in sorted(set(codes), reverse=True) if codes.count(code) >= 5))


@pytest.fixture(scope="module")
def another_community(client_of: ClientOf, community: str) -> str:
    """A community in which a plan takes effect."""
    grids = client_of("planner").get("/api/v1/grids").json()["features"]
    codes = [grid["properties"]["community_code"] for grid in grids]
    return str(next(code for code in sorted(set(codes)) if codes.count(code) >= 5 and code != community))


@pytest.fixture
def desk(visitor: Visitor, client_of: ClientOf, community: str) -> Iterator[Desk]:
    """A planner before a new plan."""
    client = client_of("planner")
    wanted = {"title": "示例：网格优化", "reason": "两个网格户数相差一倍", "communities": [community]}
    plan = client.post("/api/v1/plans", json=wanted).json()
    made = Desk(visitor.page, client, plan["id"], community)
    visitor.open(f"/plan/{plan['id']}", "planner")
    made.page.wait_for_selector(DRAWN, timeout=30_000)
    made.page.wait_for_timeout(300)
    yield made
    visitor.check()


def test_a_split_is_drawn_seen_and_undone(desk: Desk) -> None:
    before = desk.grids
    largest = max(before, key=lambda key: before[key].area)
    desk.page.keyboard.press("s")
    desk.sketch(*across(before[largest]))
    desk.settle(1)
    assert len(desk.grids) == len(before) + 1
    expect(desk.page.locator("[data-list=grids] tbody tr")).to_have_count(len(before) + 1)
    shoot(desk.page, "plan-split")
    desk.page.keyboard.press("Control+z")
    desk.settle(0)
    assert desk.grids == before
    expect(desk.page.locator("[data-list=grids] tbody tr")).to_have_count(len(before))
    desk.page.keyboard.press("Control+y")
    desk.settle(1)


def test_everything_can_be_drawn_from_the_keyboard(desk: Desk) -> None:
    """The map is moved under a cross; Space puts points there, Enter finishes."""
    before = desk.grids
    largest = max(before, key=lambda key: before[key].area)
    desk.page.keyboard.press("s")
    desk.page.locator(".map").focus()
    for target in across(before[largest], out=0.3):  # the cross comes as near as a step of the arrow keys
        for _ in range(60):
            x, y = desk.pixel(target)
            box = desk.page.locator(".map").bounding_box()
            assert box is not None
            dx, dy = x - box["x"] - box["width"] / 2, y - box["y"] - box["height"] / 2
            if abs(dx) <= 20 and abs(dy) <= 20:
                break
            key = ("ArrowRight" if dx > 0 else "ArrowLeft") if abs(dx) > 20 else ("ArrowDown" if dy > 0 else "ArrowUp")
            desk.page.keyboard.press(key)
            desk.page.wait_for_timeout(330)
        desk.page.keyboard.press(" ")
    desk.page.keyboard.press("Enter")
    desk.settle(1)
    assert len(desk.grids) == len(before) + 1


def test_rows_and_map_light_each_other_up(desk: Desk) -> None:
    grids = desk.grids
    key = max(grids, key=lambda each: grids[each].area)
    desk.hover(middle(grids[key]))
    row = desk.page.locator(f"tr[data-key='{key}']")
    expect(row).to_have_class("hovered")
    row.get_by_role("button").click()
    expect(row).to_contain_class("chosen")
    expect(desk.page.locator(".tool-more")).to_contain_text("已选")


def test_a_corner_is_dragged_and_all_its_grids_follow(desk: Desk) -> None:
    before = desk.grids
    community = shapely.coverage_union_all(list(before.values()))
    corners = [
        (float(x), float(y))
        for x, y in {tuple(place) for grid in before.values() for place in shapely.get_coordinates(grid).tolist()}
        if sum(grid.boundary.distance(Point(x, y)) == 0 for grid in before.values()) >= 3
        and community.boundary.distance(Point(x, y)) > 1e-4
    ]
    desk.page.keyboard.press("e")
    desk.page.wait_for_timeout(300)
    x, y = desk.pixel(corners[0])
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x + 6, y + 4, steps=3)
    desk.page.wait_for_timeout(600)
    shoot(desk.page, "plan-vertices")
    desk.page.mouse.up()
    desk.settle(1)
    moved = [key for key, grid in desk.grids.items() if not grid.equals(before[key])]
    assert len(moved) >= 3
    assert shapely.coverage_union_all(list(desk.grids.values())).equals(community)


def test_a_refused_line_says_why_and_changes_nothing(desk: Desk) -> None:
    before = desk.grids
    largest = before[max(before, key=lambda key: before[key].area)]
    (x, y), reach = middle(largest), (largest.bounds[2] - largest.bounds[0]) * 0.15
    desk.page.keyboard.press("s")
    desk.sketch((x - reach, y), (x + reach, y))
    notice = desk.page.locator(".map-notice-fault")
    expect(notice).to_be_visible()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in notice.inner_text())
    expect(desk.page.locator(".map[data-marked]")).to_be_visible()
    assert desk.grids == before


def test_whoever_was_slower_hears_who_was_faster_and_keeps_the_view(desk: Desk) -> None:
    key = next(iter(desk.grids))
    extent = desk.page.url.split("#")[1]
    faster = {"operation": {"kind": "describe", "key": key, "name": "示例一号网格"}}
    address = f"/api/v1/plans/{desk.plan_id}/communities/{desk.community}/operations"
    assert desk.client.post(address, json=faster, headers={"If-Match": '"1"'}).status_code == 200
    desk.page.locator(f"tr[data-key='{key}'] .row-button").click()
    desk.page.locator("[data-action=renumber]").click()
    expect(desk.page.locator(".map-notice-fault")).to_contain_text("演示规划员")
    expect(desk.page.locator(f"tr[data-key='{key}']")).to_contain_text("示例一号网格")
    assert desk.page.url.split("#")[1] == extent
    assert desk.plan["position"] == 1


def test_english_is_complete(desk: Desk) -> None:
    desk.page.locator("[data-action=language]").click()
    for word in ("Split", "Merge", "Findings", "Worst deviation", "Hand in", "Takes effect", "Workload"):
        expect(desk.page.locator("body")).to_contain_text(word)
    left = desk.page.evaluate(
        """() => [...document.querySelectorAll('button, h2, h3, th, dt, label, p, kbd, [aria-label], [title]')]
          .filter((e) => !e.closest('tbody, .done, h1, .finding, .community') && e.dataset.action !== 'language')
          .flatMap((e) => [e.children.length ? '' : e.textContent, e.ariaLabel, e.title])
          .filter((text) => text && /[\\u4e00-\\u9fff]/.test(text))"""
    )
    assert [text for text in left if "示例" not in text] == []
    shoot(desk.page, "plan-english")


def test_a_plan_goes_from_its_first_line_to_its_day(
    desk: Desk, browser: Browser, client_of: ClientOf, live_server: str, demo_password: str
) -> None:
    """Merge, a moved border, a division; handed in, approved by somebody else, published, and withdrawn in time."""
    page = desk.page
    grids = desk.grids
    one, other, _ = longest_border(grids)
    page.keyboard.press("m")
    for key in (one, other):
        desk.press(middle(grids[key]))
    expect(page.locator("[data-part=trial]")).to_be_visible()
    shoot(page, "plan-merge")
    page.keyboard.press("Enter")
    desk.settle(1)
    assert len(desk.grids) == len(grids) - 1

    page.keyboard.press("b")
    before = desk.grids
    desk.sketch(*bulge(longest_border(before)[2]))
    desk.settle(2)
    changed = [key for key, grid in desk.grids.items() if not grid.equals(before[key])]
    assert len(changed) == 2

    page.keyboard.press("d")
    page.locator("[data-field=grids]").fill(str(len(grids)))
    expect(page.locator("[data-part=division]")).to_contain_text("%", timeout=20_000)
    expect(page.locator("[data-action=take]")).to_be_enabled(timeout=20_000)
    shoot(page, "plan-divide")
    page.locator("[data-action=take]").click()
    desk.settle(3)
    assert len(desk.grids) == len(grids)

    page.keyboard.press("x")
    expect(page.locator(".compare-today")).to_be_visible()
    shoot(page, "plan-compare")
    page.keyboard.press("x")

    page.locator("[data-step=submit]").click()
    expect(page.locator(".bottom .status")).to_have_attribute("data-status", "in_review", timeout=15_000)
    expect(page.locator("[data-tool=split]")).to_be_hidden()
    _approve(browser, live_server, demo_password, desk.plan_id)

    page.reload()
    page.wait_for_selector(DRAWN)
    page.locator("[data-step=publish]").click()
    expect(page.locator("[data-part=changes]")).to_contain_text("调整边界的网格", timeout=20_000)
    page.locator(".choices input[value=later]").check()
    expect(page.locator(".warning")).to_contain_text("生效后不能撤销")
    shoot(page, "plan-publish")
    page.locator("[data-action=publish]").click()
    expect(page.locator(".map-notice-good")).to_contain_text("已发布", timeout=30_000)
    assert desk.plan["status"] == "published"
    shoot(page, "plan-published")

    page.locator("[data-step=withdraw]").click()
    page.locator("[data-action=decide]").click()
    expect(page.locator(".bottom .status")).to_have_attribute("data-status", "withdrawn", timeout=15_000)


def _approve(browser: Browser, origin: str, password: str, plan_id: str) -> None:
    """All steps, by somebody in another window who did not work on it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai")
    approver = Visitor(context.new_page(), origin.rstrip("/"), password)
    approver.watch()
    page = approver.open("/plan", "approver")
    page.locator(f"a[href='/plan/{plan_id}']").click()
    page.wait_for_selector(DRAWN)
    for rest in (2, 1, 0):
        page.locator("[data-step=approve]").click()
        page.fill("[data-field=comment]", "同意")
        shoot(page, "plan-approve")
        page.locator("[data-action=decide]").click()
        status = "in_review" if rest else "approved"
        expect(page.locator(".map-notice-good")).to_be_visible(timeout=15_000)
        expect(page.locator(".bottom .status")).to_have_attribute("data-status", status)
    approver.check()
    context.close()


def test_grids_are_carved_shifted_painted_and_renumbered(desk: Desk) -> None:
    """A dedicated grid, a piece for the neighbour, a compound for another grid, a fresh code; a finding is gone to."""
    page, before = desk.page, desk.grids
    largest = max(before, key=lambda key: before[key].area)
    desk.choose(largest)
    page.keyboard.press("c")
    desk.sketch(*square(before[largest]))
    desk.settle(1)
    expect(page.locator("[data-list=grids] tbody")).to_contain_text("专属")

    rest = {key: grid for key, grid in desk.grids.items() if key in before and key != largest}
    source, target, outline = piece_to_shift(rest)
    desk.choose(source, target)
    page.keyboard.press("t")
    expect(page.locator("[data-part=pair]")).to_contain_text("→")
    desk.sketch(*outline, snapping=False)
    desk.settle(2)
    grids = desk.grids
    assert [key for key in rest if grids[key].area != pytest.approx(rest[key].area, rel=1e-6)] == [source, target]

    key, taker, _ = longest_border({key: grid for key, grid in rest.items() if key not in (source, target)})
    inside = [block for block in desk.blocks.values() if grids[key].contains(block.representative_point())]
    block = min(inside, key=lambda block: float(block.distance(grids[taker])))
    desk.choose(key, taker)
    page.keyboard.press("p")
    page.locator("[data-field=target]").select_option(taker)
    desk.hover(middle(block))
    page.mouse.down()
    expect(page.locator("[data-part=trial]")).to_be_visible()
    page.mouse.up()
    desk.settle(3)
    assert desk.grids[taker].covers(block.buffer(-1e-7))

    page.locator("[data-action=renumber]").click()
    desk.settle(4)
    expect(page.locator(f"tr[data-key='{taker}']")).to_contain_text("换码")
    extent = page.url
    page.locator("[data-kind=cuts_block]").first.click()
    expect(page).not_to_have_url(extent)
    expect(page.locator("[data-list=findings]")).to_contain_text("提醒")


def test_a_plan_takes_effect_is_followed_up_and_taken_back(
    visitor: Visitor, client_of: ClientOf, another_community: str
) -> None:
    """At once; whom it took over, the hand-over list, the net before and after, a plan it left behind, the way back."""
    client = client_of("planner")
    first, late = (_opened(visitor, client, another_community, title) for title in ("示例：先行", "示例：后来"))
    grids = first.grids
    key = max(grids, key=lambda each: grids[each].area)
    neighbour = next(other for one, other, _ in borders(grids) if one == key)
    ends = [list(place) for place in across(grids[key])]
    first.operate(kind="split", key=key, line={"type": "LineString", "coordinates": ends})
    first.operate(kind="renumber", keys=[key])
    late.operate(kind="merge", keys=[key, neighbour])
    third = next(each for each in grids if each not in (key, neighbour))
    late.operate(kind="describe", key=third, name="示例改名网格")
    first.decide("submit", client)
    for _ in range(3):
        first.decide("approve", client_of("approver"))

    page = visitor.open(f"/plan/{first.plan_id}", "planner")
    page.locator("[data-step=publish]").click()
    page.locator(".choices input[value=now]").check()
    page.locator("[data-action=publish]").click()
    expect(page.locator(".map-notice-good")).to_contain_text("已发布", timeout=30_000)
    page.locator("[data-step=carried]").click()
    page.locator("[data-action=confirm]").first.click()
    expect(page.locator("[data-list=carried]")).to_contain_text("已确认")
    page.keyboard.press("Escape")
    page.locator("[data-action=handover]").click()
    expect(page.locator(".el-dialog")).to_contain_text("起交接")
    page.keyboard.press("Escape")

    page.locator("[data-step=history]").click()
    page.wait_for_url("**/plan/history*")
    page.wait_for_selector(DRAWN, timeout=30_000)
    rows = page.locator("[data-list=concordance] tbody tr:not(.group)")
    expect(rows.nth(1)).to_be_visible()
    number = first.plan["net_number"]
    expect(page.locator(".compare-today")).to_contain_text(f"第 {number - 1} 版")
    expect(page.locator(".compare-draft")).to_contain_text(f"第 {number} 版")
    for name in ("xlsx", "csv", "handover"):
        address = page.locator(f"[data-file={name}]").get_attribute("href")
        assert client.get(str(address)).status_code == 200, address
    page.fill("[data-field=code]", key[-3:])
    page.locator("[data-action=find]").click()
    stages = page.locator("[data-list=stages] li")
    expect(stages).to_have_count(2)
    expect(stages.first).to_contain_text("去向")
    rows.first.locator("td .row-button").click()
    shoot(page, "plan-history")
    page.locator("[data-field=since]").select_option(index=number - 1)
    expect(page.locator("[data-part=concordance] .empty")).to_contain_text("没有变动")

    page.goto(f"{visitor.origin}/plan/{late.plan_id}")
    stale = page.locator("[data-kind=stale]")
    expect(stale).to_contain_text("其中本方案也改动过的")
    stale.click()
    page.locator("[data-action=rebase]").click()
    expect(page.locator("[data-part=left-out]")).to_contain_text("这个网格已经不在了")
    page.locator("[data-part=left-out] .finding").click()
    shoot(page, "plan-rebased")
    assert late.plan["position"] == 1

    page.goto(f"{visitor.origin}/plan/{first.plan_id}")
    page.locator("[data-step=revert]").click()
    expect(page.locator(".bottom .next")).to_contain_text(f"改回方案 № {first.plan['number']}", timeout=15_000)
    expect(page.locator(".done")).to_contain_text("恢复原边界")
    visitor.check()


def _opened(visitor: Visitor, client: httpx.Client, community: str, title: str) -> Desk:
    wanted = {"title": title, "reason": "示例", "communities": [community]}
    return Desk(visitor.page, client, client.post("/api/v1/plans", json=wanted).json()["id"], community)


def test_a_plan_is_opened_from_the_list(visitor: Visitor) -> None:
    page = visitor.open("/plan", "planner")
    page.locator("[data-action=new]").click()
    page.fill("[data-field=title]", "示例：从列表开始")
    page.locator(".el-select").click()
    page.locator(".el-select-dropdown__item").first.click()
    page.keyboard.press("Escape")
    shoot(page, "plan-new")
    page.locator("[data-action=create]").click()
    page.wait_for_selector(DRAWN, timeout=30_000)
    expect(page.locator("h1")).to_contain_text("示例：从列表开始")
    visitor.check()


def test_the_page_fits_small_and_large_screens(desk: Desk) -> None:
    for width, height in ((1920, 1080), (1366, 768), (390, 844)):
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.page.wait_for_timeout(300)
        assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        shoot(desk.page, f"plan-{width}")


def test_whoever_may_not_plan_only_looks(visitor: Visitor, client_of: ClientOf, community: str) -> None:
    wanted = {"title": "示例：只看", "communities": [community]}
    plan = client_of("planner").post("/api/v1/plans", json=wanted).json()
    page = visitor.open(f"/plan/{plan['id']}", "commander")
    page.wait_for_selector(DRAWN)
    expect(page.locator("[data-tool]")).to_have_count(0)
    expect(page.locator("[data-step]")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.locator(".map-hint")).to_have_count(0)
    visitor.check()
