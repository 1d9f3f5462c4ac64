"""Every page in a real browser: nothing breaks the content policy, and hostile texts show as texts."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from tests.fixtures.browser import Visitor

pytestmark = pytest.mark.timeout(120)

WATCH = """
window.__broken = [];
document.addEventListener('securitypolicyviolation', (e) =>
  window.__broken.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
"""
HOSTILE = "<img src=x onerror=\"window.__run=1\"></script><script>window.__run=1</script>{{7*7}}' onload='"
DRAWN = "html[data-drawn]"

PAGES = {
    "login": ("/login", None, "#username"),
    "command": ("/command", "commander", DRAWN),
    "visit": ("/visit", "worker", "[data-code]"),
    "plan": ("/plan", "planner", "[data-action=new]"),
    "coverage": ("/maps/coverage.html", "commander", DRAWN),
    "patrol": ("/maps/patrol.html", "commander", DRAWN),
    "api": ("/docs", "commander", ".opblock"),
}


def opened(visitor: Visitor, path: str, username: str | None, ready: str) -> Page:
    visitor.page.add_init_script(WATCH)
    if username is None:
        visitor.page.goto(f"{visitor.origin}{path}")
    else:
        visitor.open(path, username)
    visitor.page.wait_for_selector(ready, timeout=30_000)
    return visitor.page


def check_policy(visitor: Visitor, page: Page) -> None:
    """No breach was reported, none stands in the console, and no hostile text ran."""
    assert page.evaluate("window.__broken") == []
    assert page.evaluate("window.__run") is None
    visitor.check()


@pytest.mark.parametrize(("path", "username", "ready"), PAGES.values(), ids=PAGES.keys())
def test_a_page_keeps_to_its_policy(visitor: Visitor, path: str, username: str | None, ready: str) -> None:
    page = opened(visitor, path, username, ready)
    page.wait_for_timeout(500)
    check_policy(visitor, page)


def test_an_operation_can_be_unfolded_within_the_policy(visitor: Visitor) -> None:
    page = opened(visitor, *PAGES["api"])
    page.locator(".opblock-summary").first.click()
    page.wait_for_selector(".opblock-body")
    check_policy(visitor, page)


def test_using_the_map_keeps_to_the_policy(visitor: Visitor) -> None:
    page = opened(visitor, *PAGES["command"])
    page.locator("[data-list=grids] button").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    page.mouse.move(700, 400)
    page.mouse.click(700, 400)
    page.locator(".moment-button").click()
    page.locator("[data-action=language]").click()
    page.wait_for_timeout(500)
    check_policy(visitor, page)


def test_a_script_that_is_put_into_a_page_does_not_run(visitor: Visitor) -> None:
    """The control: were the policy not there, this would be seen, and so would what the tests above look for."""
    page = opened(visitor, *PAGES["command"])
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML('beforeend', '<p style="color:red"></p><img src=x onerror="window.__run=1">')
          const script = document.createElement('script')
          script.textContent = 'window.__run = 1'
          document.body.append(script)
        }"""
    )
    page.wait_for_timeout(300)
    broken = page.evaluate("window.__broken")
    assert {entry.split()[0] for entry in broken} >= {"style-src-attr", "script-src-elem", "script-src-attr"}
    assert page.evaluate("window.__run") is None


@pytest.fixture
def hostile_names(demo_engine: Engine) -> Iterator[str]:
    """The city with hostile names of a grid, its worker and a class of incident; as before afterwards."""
    with demo_engine.begin() as connection:
        row = connection.execute(
            text(
                "SELECT v.code, v.name, w.id, w.name AS worker FROM grid_version v "
                "JOIN responsibility r ON r.grid_id = v.grid_id AND r.role = 'main' AND upper_inf(r.recorded) "
                "AND upper_inf(r.valid) JOIN worker w ON w.id = r.worker_id WHERE upper_inf(v.valid) LIMIT 1"
            )
        ).one()
        name_of_class = connection.scalar(text("SELECT name_zh FROM category WHERE key = 'noise'"))
        _rename(connection, row, grid=HOSTILE, worker=HOSTILE, category=HOSTILE)
    yield row.code
    with demo_engine.begin() as connection:
        _rename(connection, row, grid=row.name, worker=row.worker, category=name_of_class)


def _rename(connection: object, row: object, *, grid: str, worker: str, category: str) -> None:
    run = connection.execute  # type: ignore[attr-defined]
    code, identifier = row.code, row.id  # type: ignore[attr-defined]
    run(text("UPDATE grid_version SET name = :name WHERE code = :code"), {"name": grid, "code": code})
    run(text("UPDATE worker SET name = :name WHERE id = :id"), {"name": worker, "id": identifier})
    run(text("UPDATE category SET name_zh = :name WHERE key = 'noise'"), {"name": category})


def test_hostile_texts_show_as_texts(visitor: Visitor, dispatcher: httpx.Client, hostile_names: str) -> None:
    sent = {"client_id": str(uuid4()), "channel": "phone", "category": "noise", "synthetic": True}
    sent |= {"description": HOSTILE, "address": HOSTILE, "reporter_name": HOSTILE}
    assert dispatcher.post("/api/v1/incidents", json=sent).status_code == 201
    page = opened(visitor, f"/command#grid={hostile_names}", "commander", DRAWN)
    card = page.get_by_role("complementary")
    expect(card).to_contain_text(HOSTILE)
    page.get_by_role("button", name="查看未定位").click()
    expect(page.locator("[data-list=queue]")).to_contain_text(HOSTILE)
    check_policy(visitor, page)


@pytest.mark.parametrize("name", ["coverage", "patrol"])
def test_hostile_texts_in_folium_pages_do_nothing(visitor: Visitor, hostile_names: str, name: str) -> None:
    page = opened(visitor, f"/maps/{name}.html", "commander", DRAWN)
    page.wait_for_timeout(300)
    check_policy(visitor, page)
