"""Accounts by command: how the first administrator of an own city comes to be."""

import os
import subprocess
import sys

from sqlalchemy import Engine, text

from gridsvc.infra.databases import Database
from tests.fixtures.ground import TREE

WORDS = "a password of some length\n"


def run(database: Database, *arguments: str, password: str = WORDS) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "gridsvc.cli", "account", *arguments, "--password-stdin"],
        env=os.environ | {"GRIDSVC_DATABASE_URL": database.url},
        input=password,
        capture_output=True,
        text=True,
        check=False,
    )


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
