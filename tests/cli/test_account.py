"""Accounts by command: how the first administrator of an own city comes to be, and what a command line is kept for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from gridsvc.infra.databases import Database
from tests.cli.in_process import Answer, gridsvc
from tests.fixtures.ground import TREE

WORDS = "a password of some length\n"


def run(database: Database, *arguments: str, password: str = WORDS) -> Answer:
    return gridsvc(database, "account", *arguments, "--password-stdin", words=password)


def lay_tree(engine: Engine) -> None:
    with engine.begin() as connection:
        for code, name, parent in TREE:
            row = {"code": code, "name": name, "parent": parent}
            connection.execute(text("INSERT INTO management_node VALUES (:code, :name, :parent, :code)"), row)


def test_an_account_is_made_and_given_another_password(fresh_database: Database, fresh_engine: Engine) -> None:
    lay_tree(fresh_engine)
    made = run(fresh_database, "create", "chief", "--role", "administrator", "--area", "340300000000")
    assert made.returncode == 0, made.stderr
    with fresh_engine.connect() as connection:
        first = connection.scalar(text("SELECT password_hash FROM account WHERE username = 'chief'"))
        roles = connection.execute(text("SELECT role_code, node_code FROM grant_")).all()
    assert roles == [("administrator", "340300000000")]
    assert run(fresh_database, "password", "chief", password="another long password\n").returncode == 0
    with fresh_engine.connect() as connection:
        assert connection.scalar(text("SELECT password_hash FROM account")) != first
        row = connection.execute(text("SELECT * FROM audit WHERE action = 'account.set_password'")).one()
    assert row.detail == {"sessions_ended": 0, "tokens_revoked": 0}
    assert (row.access, row.username.partition(":")[0], row.object_kind) == ("command", "command", "account")


def test_what_does_not_fit_is_told_and_nothing_is_made(fresh_database: Database, fresh_engine: Engine) -> None:
    lay_tree(fresh_engine)
    wrong = {
        "no role": ("create", "a", "--role", "emperor", "--area", "340300000000"),
        "no area": ("create", "a", "--role", "planner", "--area", "110000000000"),
        "No worker": ("create", "a", "--role", "worker", "--area", "340302001001", "--worker", "7"),
        "no account": ("password", "nobody"),
    }
    for words, arguments in wrong.items():
        answer = run(fresh_database, *arguments)
        assert answer.returncode != 0
        assert words in answer.stderr
    assert "10 characters" in run(fresh_database, *wrong["no role"], password="short\n").stderr
    with fresh_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM account")) == 0


def test_the_first_administrator_is_made_over_the_root_and_may_do_everything(
    fresh_database: Database, fresh_engine: Engine
) -> None:
    assert "import the areas first" in run(fresh_database, "create", "chief", "--role", "administrator").stderr
    lay_tree(fresh_engine)
    assert run(fresh_database, "create", "chief", "--role", "administrator").returncode == 0
    with fresh_engine.connect() as connection:
        assert connection.execute(text("SELECT role_code, node_code FROM grant_")).all() == [
            ("administrator", "340000000000")
        ]
        row = connection.execute(text("SELECT action, access, username FROM audit ORDER BY at, id")).first()
    assert row is not None
    assert (row.action, row.access, row.username.startswith("command:")) == ("account.create", "command", True)


def test_a_lost_phone_a_forgotten_password_and_a_leaver_are_dealt_with(
    fresh_database: Database, fresh_engine: Engine
) -> None:
    lay_tree(fresh_engine)
    made = gridsvc(
        fresh_database, "account", "create", "wang", "--role", "worker", "--area", "340302001001", "--one-time"
    )
    assert "one-time password: " in made.stdout
    assert "0 logins of wang ended" in gridsvc(fresh_database, "account", "revoke-sessions", "wang").stdout
    assert "one-time password: " in gridsvc(fresh_database, "account", "reset-password", "wang").stdout
    assert gridsvc(fresh_database, "account", "disable", "wang").returncode == 0
    listed = json.loads(gridsvc(fresh_database, "account", "list", "--json").stdout)["accounts"]
    assert listed == [{"username": "wang", "node": "340302001001", "state": "disabled", "roles": ["worker"]}]
    with fresh_engine.connect() as connection:
        assert connection.execute(text("SELECT node_code FROM grant_")).all() == [(None,)]


def test_a_table_of_accounts_is_looked_at_and_taken_in(
    fresh_database: Database, fresh_engine: Engine, tmp_path: Path
) -> None:
    lay_tree(fresh_engine)
    table = tmp_path / "accounts.csv"
    table.write_text("用户名,姓名,角色,所属\nwang,示例,派遣员,340302001000\n", encoding="utf-8")
    tried = gridsvc(fresh_database, "account", "import", str(table), "--dry-run", "--json")
    assert json.loads(tried.stdout) == {"read": 1, "accepted": 1, "stored": 0, "faults": [], "accounts": []}
    taken = json.loads(gridsvc(fresh_database, "account", "import", str(table), "--json").stdout)
    assert [each["username"] for each in taken["accounts"]] == ["wang"]
    again = gridsvc(fresh_database, "account", "import", str(table), "--json")
    assert again.returncode == 1
    assert [fault["code"] for fault in json.loads(again.stdout)["faults"]] == ["username_taken"]


def test_a_street_is_run_by_a_development_zone_for_a_time(fresh_database: Database, fresh_engine: Engine) -> None:
    lay_tree(fresh_engine)
    add = ("node", "add", "zone", "--name", "开发区", "--parent", "340300000000")
    assert gridsvc(fresh_database, *add).returncode == 0
    delegate = ("node", "delegate", "340302001000", "--to", "zone", "--until", "2099-01-01")
    assert gridsvc(fresh_database, *delegate).returncode == 0
    nodes = json.loads(gridsvc(fresh_database, "node", "list", "--under", "zone", "--json").stdout)["nodes"]
    assert [(node["code"], node["own_parent"]) for node in nodes] == [("340302001000", "340302000000")]
    ended = gridsvc(fresh_database, "node", "end-delegation", "340302001000", nodes[0]["delegations"][0]["id"])
    assert ended.returncode == 0, ended.stderr
    assert json.loads(gridsvc(fresh_database, "node", "list", "--under", "zone", "--json").stdout)["nodes"] == []


def test_a_program_gets_a_token_of_an_account_that_is_listed_without_it_and_revoked(
    fresh_database: Database, fresh_engine: Engine
) -> None:
    lay_tree(fresh_engine)
    run(fresh_database, "create", "hotline", "--role", "dispatcher", "--area", "340302000000")
    make = ("account", "token", "create", "hotline", "--name", "12345", "--may", "map.read", "--json", "--until")
    made = json.loads(gridsvc(fresh_database, *make, (datetime.now(UTC) + timedelta(days=30)).isoformat()).stdout)
    assert (made["account"], made["permissions"], made["state"]) == ("hotline", ["map.read"], "active")
    too_long = gridsvc(fresh_database, *make, "2199-01-01")
    assert (too_long.returncode, "within a year" in too_long.stdout) == (1, True)
    too_much = gridsvc(fresh_database, *make[:-2], "--may", "accounts.manage", "--until", "2199-01-01")
    assert "do not have accounts.manage" in too_much.stderr + too_much.stdout
    assert gridsvc(fresh_database, "account", "token", "revoke", made["id"]).returncode == 0
    listed = gridsvc(fresh_database, "account", "token", "list", "--json").stdout
    assert [(each["id"], each["state"]) for each in json.loads(listed)["tokens"]] == [(made["id"], "revoked")]
    assert made["token"] not in listed
    with fresh_engine.connect() as connection:
        rows = connection.execute(text("SELECT action, username FROM audit WHERE action LIKE 'token.%' ORDER BY at"))
        assert [(row.action, row.username.partition(":")[0]) for row in rows] == [
            ("token.create", "command"),
            ("token.revoke", "command"),
        ]
