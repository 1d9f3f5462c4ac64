"""The administration pages in a real browser: what an administrator does there, by mouse and by keyboard."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from tests.fixtures.browser import Held, Visitor, shoot

pytestmark = pytest.mark.timeout(180)

SECTIONS = ("accounts", "rights", "tree", "settings", "imports", "health", "audit", "tokens")
WATCH = """
window.__broken = [];
document.addEventListener('securitypolicyviolation', (e) =>
  window.__broken.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
WRONG = "username,display_name,role,over\ngood.one,示例甲,dispatcher,{node}\nbad name,示例乙,nobody,{node}\n"
NO_CRS = '{"type":"FeatureCollection","features":[]}'
FAULTY = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"340302999001001","name":"示例"},'
    '"geometry":{"type":"Polygon","coordinates":[[[117.3,32.9],[117.31,32.91],[117.31,32.9],[117.3,32.91],[117.3,32.9]]]}}]}'
)


@pytest.fixture
def admin(visitor: Visitor) -> Iterator[Page]:
    yield from _administrator(visitor)


@pytest.fixture
def admin_phone(phone: Visitor) -> Iterator[Page]:
    yield from _administrator(phone)


def _administrator(visitor: Visitor) -> Iterator[Page]:
    """An administrator, at whose end no breach of the policy was reported and no script stumbled."""
    visitor.page.add_init_script(WATCH)
    page = visitor.open("/admin", "admin")
    page.wait_for_selector("[data-account]")
    yield page
    assert page.evaluate("window.__broken") == []
    visitor.check()


def go(page: Page, section: str) -> None:
    page.locator(f".admin-nav a[href='#{section}']").click()
    page.wait_for_load_state("networkidle")


def city_node(page: Page) -> str:
    found: str = page.evaluate(
        "fetch('/api/v1/management-nodes').then(r => r.json())"
        ".then(all => all.items.find(n => n.code.endsWith('00000000') && !n.code.endsWith('0000000000')).code)"
    )
    return found


def make_account(page: Page, name: str) -> None:
    page.locator("[data-action=new]").click()
    page.fill("input[name=new-username]", name)
    page.fill("input[name=new-name]", "示例账号")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-secret]")


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_in_both_languages_without_a_raw_key(admin: Page, section: str) -> None:
    go(admin, section)
    expect(admin.locator("h2")).to_be_visible()
    shoot(admin, f"admin-{section}")
    assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth")
    admin.locator("[data-action=language]").click()
    expect(admin.locator(".admin-nav")).to_contain_text("Accounts")
    words = admin.locator("main").inner_text()
    # What the city itself calls its places, people and roles stays as it is; headings, buttons and labels are English.
    for locator in (admin.locator("main button"), admin.locator("main label"), admin.locator("main th")):
        for each in locator.all_inner_texts():
            if section not in {"tree"}:
                assert not any("\u4e00" <= sign <= "\u9fff" for sign in each), each
    assert "admin." not in words


def test_an_account_is_made_given_a_role_and_its_password_shown_once(admin: Page) -> None:
    name = f"page-{uuid4().hex[:8]}"
    make_account(admin, name)
    secret = admin.locator("[data-secret]").inner_text()
    assert len(secret) >= 12
    admin.locator("[data-action=give-role]").click()
    admin.select_option("select[name=grant-role]", "auditor")
    admin.get_by_role("combobox", name="管辖范围").fill(city_node(admin))
    admin.locator(".el-select-dropdown__item:visible").first.click()
    admin.locator("form button[type=submit]", has_text="授予角色").click()
    expect(admin.locator("li[data-role=auditor]")).to_contain_text("现任")
    shoot(admin, "admin-account")
    admin.keyboard.press("Escape")
    expect(admin.locator("[data-secret]")).to_have_count(0)
    admin.locator(f"[data-account='{name}']").click()
    expect(admin.locator("li[data-role=auditor]")).to_be_visible()
    expect(admin.locator("[data-secret]")).to_have_count(0)


def test_a_disabled_account_says_so_and_comes_back(admin: Page) -> None:
    name = f"page-{uuid4().hex[:8]}"
    make_account(admin, name)
    admin.locator("[data-action=disable]").click()
    expect(admin.locator("[data-sure=disable]")).to_contain_text(f"“{name}”立即退出所有登录，令牌失效")
    shoot(admin, "admin-account-sure")
    admin.locator("[data-action=disable-sure]").click()
    expect(admin.locator(".el-drawer")).to_contain_text("已停用")
    admin.locator("[data-action=enable]").click()
    expect(admin.locator("[data-action=disable]")).to_be_visible()
    admin.locator("[data-action=reset]").click()
    admin.locator("[data-action=reset-sure]").click()
    expect(admin.locator(".el-drawer")).to_contain_text("待改口令")


def test_what_reaches_far_is_asked_first_and_can_be_left(admin: Page) -> None:
    name = f"page-{uuid4().hex[:8]}"
    make_account(admin, name)
    sent: list[str] = []
    admin.on("request", lambda request: sent.append(request.method))
    for what in ("disable", "revoke", "reset"):
        admin.locator(f"[data-action={what}]").click()
        question = admin.locator(f"[data-sure={what}]")
        expect(question).to_be_focused()
        expect(question).to_contain_text(name)
        question.get_by_role("button", name="取消").click()
        expect(question).to_have_count(0)
    assert sent == []
    admin.locator("[data-action=revoke]").click()
    admin.locator("[data-action=revoke-sure]").click()
    expect(admin.locator(".el-message")).to_contain_text("已退出 0 处登录")


def test_a_role_ends_when_its_end_was_meant(admin: Page) -> None:
    make_account(admin, f"page-{uuid4().hex[:8]}")
    admin.locator("[data-action=give-role]").click()
    admin.select_option("select[name=grant-role]", "auditor")
    admin.get_by_role("combobox", name="管辖范围").fill(city_node(admin))
    admin.locator(".el-select-dropdown__item:visible").first.click()
    admin.locator("form button[type=submit]", has_text="授予角色").click()
    role = admin.locator("li[data-role=auditor]")
    role.locator("[data-action=end-role]").click()
    expect(role.locator("[data-sure=end-role]")).to_contain_text("立即失去")
    expect(role).to_contain_text("现任")
    shoot(admin, "admin-role-sure")
    role.locator("[data-action=end-role-sure]").click()
    expect(role).to_contain_text("已结束")


def test_a_table_of_accounts_is_looked_at_before_it_is_taken(admin: Page, tmp_path: Path) -> None:
    table = tmp_path / "accounts.csv"
    node = city_node(admin)
    table.write_text(WRONG.format(node=node), encoding="utf-8")
    admin.locator("[data-action=import]").click()
    admin.set_input_files("input[name=accounts-file]", table)
    expect(admin.locator("[data-summary]")).to_contain_text("有误 1 行")
    expect(admin.locator(".faults")).to_contain_text("第 3 行 · 角色")
    expect(admin.locator(".faults")).to_contain_text("没有这个角色")
    expect(admin.locator("[data-action=import-do]")).to_be_disabled()
    shoot(admin, "admin-accounts-import")
    name = f"table.{uuid4().hex[:8]}"
    table.write_text(f"username,display_name,role,over\n{name},示例甲,dispatcher,{node}\n", encoding="utf-8")
    admin.set_input_files("input[name=accounts-file]", table)
    expect(admin.locator("[data-summary]")).to_contain_text("可导入 1 行")
    admin.locator("[data-action=import-do]").click()
    expect(admin.locator("[data-summary]")).to_contain_text("已建立 1 个账号")


def test_a_right_is_given_and_taken_back(admin: Page) -> None:
    go(admin, "rights")
    cell = admin.locator("[data-cell='handler map.read']")
    before = cell.get_attribute("aria-pressed")
    cell.focus()
    admin.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    shoot(admin, "admin-right-changed")
    admin.locator("[data-action=undo]").click()
    expect(cell).to_have_attribute("aria-pressed", before or "")


def test_every_cell_of_the_table_says_yes_or_no(admin: Page) -> None:
    go(admin, "rights")
    admin.wait_for_selector("[data-cell]")
    cells = admin.locator("[data-cell]").all_inner_texts()
    table = admin.evaluate("fetch('/api/v1/rights').then(r => r.json())")
    assert len(cells) == len(table["roles"]) * len(table["permissions"])
    assert {each.split()[-1] for each in cells} == {"可", "否"}


def test_a_node_is_run_from_elsewhere_for_a_time(admin: Page) -> None:
    go(admin, "tree")
    admin.get_by_label("查找节点").fill("群力街")
    admin.locator(".tree-row", has_text="群力街").last.click()
    expect(admin.locator(".two-detail")).to_contain_text("本来上级")
    admin.get_by_role("combobox", name="委托给").fill(city_node(admin))
    admin.locator(".el-select-dropdown__item:visible").first.click()
    admin.locator("button", has_text="设置委托").click()
    expect(admin.locator("[data-delegation]")).to_contain_text("长期")
    shoot(admin, "admin-tree-delegated")
    admin.locator("[data-action=end-delegation]").click()
    question = admin.locator("[data-sure=end-delegation]")
    expect(question).to_contain_text(re.compile("“群力街.*”立即改由“.+”管理，不再由“.+”管理"))
    expect(admin.locator("[data-delegation]")).to_have_count(1)
    shoot(admin, "admin-tree-sure")
    admin.locator("[data-action=end-delegation-sure]").click()
    expect(admin.locator("[data-delegation]")).to_have_count(0)


def test_a_setting_is_changed_and_goes_back_to_its_default(admin: Page) -> None:
    go(admin, "settings")
    field = admin.locator("#s-visit_cycle_days")
    field.fill("21")
    field.press("Tab")
    expect(admin.locator("main")).to_contain_text("有 1 项未保存")
    admin.locator("[data-action=save]").click()
    expect(admin.locator("[data-setting=visit_cycle_days]")).to_contain_text("已改")
    shoot(admin, "admin-settings-changed")
    admin.locator("[data-setting=visit_cycle_days] .link").click()
    admin.locator("[data-action=save]").click()
    expect(admin.locator("[data-setting=visit_cycle_days]")).not_to_contain_text("已改")


def test_a_file_of_grids_is_tried_out_and_its_faults_named(admin: Page, tmp_path: Path) -> None:
    go(admin, "imports")
    file = tmp_path / "grids.geojson"
    file.write_text(FAULTY, encoding="utf-8")
    admin.set_input_files("input[name=layer-file]", file)
    admin.select_option("select[name=crs]", "EPSG:4326")
    admin.locator("[data-action=try]").click()
    expect(admin.locator("[data-report]")).to_contain_text("整个文件不会导入")
    expect(admin.locator("[data-action=import]")).to_be_disabled()
    shoot(admin, "admin-import-refused")


@dataclass
class DoorFiles:
    """Files of one new door each, which can be brought in, and the doors of them that are there."""

    folder: Path
    engine: Engine
    point: str

    def write(self, code: str) -> Path:
        properties = {"code": code, "name": f"示例路 {code} 号"}
        feature = {"type": "Feature", "properties": properties, "geometry": json.loads(self.point)}
        file = self.folder / f"{code}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        return file

    def stored(self) -> list[str]:
        with self.engine.connect() as connection:
            found = connection.execute(text("SELECT code FROM door WHERE code LIKE 'PAGE-%' ORDER BY code"))
            return list(found.scalars())


@pytest.fixture
def doors(demo_engine: Engine, tmp_path: Path) -> Iterator[DoorFiles]:
    with demo_engine.connect() as connection:
        inside = text("SELECT ST_AsGeoJSON(ST_PointOnSurface(geom), 7) FROM block ORDER BY code LIMIT 1")
        point = connection.execute(inside).scalar_one()
    yield DoorFiles(tmp_path, demo_engine, point)
    with demo_engine.begin() as connection:
        connection.execute(text("DELETE FROM door WHERE code LIKE 'PAGE-%'"))


def choose_doors(page: Page, file: Path) -> None:
    page.set_input_files("input[name=layer-file]", file)
    page.select_option("select[name=layer]", "doors")
    page.select_option("select[name=crs]", "EPSG:4326")
    for field in ("code", "name"):
        page.fill(f"input[name=field-{field}]", field)


def test_a_layer_is_tried_out_and_then_brought_in(admin: Page, doors: DoorFiles) -> None:
    go(admin, "imports")
    choose_doors(admin, doors.write("PAGE-1"))
    admin.locator("[data-action=try]").click()
    expect(admin.locator("[data-report]")).to_contain_text("没有问题，可以正式导入")
    admin.locator("[data-action=import]").click()
    expect(admin.locator("[data-sure=import]")).to_contain_text("将写入 1 条住户（门牌），不能整批撤销")
    assert doors.stored() == []
    shoot(admin, "admin-import-sure")
    admin.locator("[data-action=import-sure]").click()
    expect(admin.locator("[data-report]")).to_contain_text("读取 1，可用 1")
    expect(admin.locator("[data-report]")).to_contain_text("已导入")
    assert doors.stored() == ["PAGE-1"]
    shoot(admin, "admin-import-done")
    expect(admin.locator("[data-action=import]")).to_be_disabled()
    admin.locator("[data-action=try]").click()
    expect(admin.locator("[data-report]")).to_contain_text("编码重复")
    expect(admin.locator("[data-report]")).to_contain_text("第 1 个要素")


def test_a_report_of_a_layer_belongs_to_the_file_it_was_made_of(admin: Page, doors: DoorFiles) -> None:
    go(admin, "imports")
    held = Held(admin, "**/api/v1/imports/doors")
    choose_doors(admin, doors.write("PAGE-2"))
    admin.locator("[data-action=try]").click()
    held.wait_for(1)
    choose_doors(admin, doors.write("PAGE-3"))
    held.let_go(0)
    expect(admin.locator("[data-report]")).to_have_count(0)
    expect(admin.locator("[data-action=import]")).to_be_disabled()
    admin.locator("[data-action=try]").click()
    held.wait_for(2)
    held.let_go(1)
    admin.locator("[data-action=import]").click()
    admin.locator("[data-action=import-sure]").click()
    held.wait_for(3)
    expect(admin.locator("input[name=layer-file]")).to_be_disabled()
    held.let_go(2)
    expect(admin.locator("[data-report]")).to_contain_text("已导入")
    assert doors.stored() == ["PAGE-3"]


def test_a_report_of_accounts_belongs_to_the_table_it_was_made_of(admin: Page, tmp_path: Path) -> None:
    good, bad, node = tmp_path / "good.csv", tmp_path / "bad.csv", city_node(admin)
    bad.write_text(WRONG.format(node=node), encoding="utf-8")
    line = f"late.{uuid4().hex[:8]},示例甲,dispatcher,{node}"
    good.write_text(f"username,display_name,role,over\n{line}\n", encoding="utf-8")
    held = Held(admin, "**/api/v1/accounts/import?*")
    admin.locator("[data-action=import]").click()
    admin.set_input_files("input[name=accounts-file]", good)
    held.wait_for(1)
    admin.set_input_files("input[name=accounts-file]", bad)
    held.wait_for(2)
    held.let_go(1)
    held.let_go(0)
    expect(admin.locator("[data-summary]")).to_contain_text("有误 1 行")
    expect(admin.locator("[data-action=import-do]")).to_be_disabled()


@pytest.fixture
def sliver(demo_engine: Engine) -> Iterator[str]:
    """A grid whose outline was moved by about a metre behind the service's back; as before afterwards."""
    with demo_engine.begin() as connection:
        code, outline = connection.execute(
            text("SELECT code, ST_AsEWKB(geom) FROM grid_version WHERE upper_inf(valid) ORDER BY code LIMIT 1")
        ).one()
        change = text("UPDATE grid_version SET geom = ST_Translate(geom, 0.00001, 0) WHERE code = :code")
        connection.execute(change, {"code": code})
    yield str(code)
    with demo_engine.begin() as connection:
        change = text("UPDATE grid_version SET geom = ST_GeomFromEWKB(:outline) WHERE code = :code")
        connection.execute(change, {"outline": outline, "code": code})


def test_slivers_are_listed_and_shown_on_the_map(admin: Page, sliver: str) -> None:
    go(admin, "health")
    expect(admin.locator("[data-health]")).to_contain_text("处问题", timeout=30_000)
    expect(admin.locator(".findings")).to_contain_text(sliver)
    admin.wait_for_selector(".finding-mark")
    admin.locator("[data-finding='0']").click()
    expect(admin.locator("[data-finding='0']")).to_have_attribute("aria-pressed", "true")
    admin.wait_for_timeout(800)
    shoot(admin, "admin-health-sliver")


def test_the_audit_is_searched_by_what_was_done(admin: Page) -> None:
    go(admin, "audit")
    admin.select_option("select[name=audit-action]", "session.create")
    admin.locator("[data-action=search]").click()
    expect(admin.locator(".el-table__row").first).to_contain_text("登录")
    admin.locator(".el-table__expand-icon").first.click()
    expect(admin.locator(".audit-more").first).to_be_visible()
    shoot(admin, "admin-audit-detail")


def test_a_token_is_made_shown_once_and_revoked(admin: Page) -> None:
    go(admin, "tokens")
    name = f"接入 {uuid4().hex[:6]}"
    admin.locator("[data-action=new-token]").click()
    admin.fill("input[name=token-name]", name)
    admin.get_by_label("查看地图").check()
    admin.locator("input[name=token-until]").click()
    calendar = admin.locator(".el-picker-panel:visible")
    expect(calendar).to_contain_text("确定")
    expect(calendar.locator("th")).to_have_text(list("一二三四五六日"))
    shoot(admin, "admin-token-new")
    admin.fill("input[name=token-until]", "2027-06-30 08:00")
    admin.press("input[name=token-until]", "Enter")
    admin.locator("button[form=new-token]").click()
    expect(admin.locator("[data-secret]")).to_contain_text("gridsvc_")
    admin.locator(f"[data-revoke='{name}']").click()
    admin.locator("[data-action=revoke-sure]").click()
    row = admin.locator(".el-table__row", has_text=name)
    expect(row).to_contain_text("2027-06-30 08:00")
    expect(row).to_contain_text("已撤销")


def test_whoever_may_administer_nothing_is_told(visitor: Visitor) -> None:
    page = visitor.open("/admin", "dispatcher")
    expect(page.get_by_role("alert")).to_contain_text("没有管理权限")
    visitor.check()


def test_questions_fit_a_phone_and_are_asked_in_english(admin_phone: Page) -> None:
    admin_phone.locator("[data-action=language]").click()
    make_account(admin_phone, f"page-{uuid4().hex[:8]}")
    admin_phone.locator("[data-action=disable]").click()
    question = admin_phone.locator("[data-sure=disable]")
    expect(question).to_contain_text("is logged out everywhere at once")
    assert not re.search(r"[\u4e00-\u9fff]", question.inner_text())
    box = admin_phone.locator("[data-action=disable-sure]").bounding_box()
    assert box is not None
    assert (box["height"] >= 44, box["x"] + box["width"] <= 390) == (True, True)
    question.scroll_into_view_if_needed()
    shoot(admin_phone, "admin-phone-sure")


def test_on_a_phone_nothing_is_wider_than_the_screen(admin_phone: Page) -> None:
    for section in SECTIONS:
        go(admin_phone, section)
        admin_phone.wait_for_timeout(300)
        assert admin_phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), section
        expect(admin_phone.locator(".admin-nav [aria-current]")).to_be_in_viewport()
        shoot(admin_phone, f"admin-phone-{section}")


def test_sections_are_walked_by_keyboard(admin: Page) -> None:
    admin.locator(".admin-nav a").nth(3).focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("h2")).to_be_focused()
    expect(admin.locator("h2")).to_have_text("运行设置")


def test_one_can_log_out_from_every_section(admin: Page) -> None:
    for section in SECTIONS:
        go(admin, section)
        expect(admin.get_by_role("button", name="退出", exact=True)).to_be_visible()
    admin.get_by_role("button", name="退出", exact=True).click()
    admin.wait_for_url(re.compile(r"/login\?next=.*admin"))
    assert admin.request.get(f"{admin.url.split('/login')[0]}/api/v1/session").status == 401
