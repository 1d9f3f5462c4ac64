"""The examples in deploy/ name what exists and do what the documents promise of them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gridsvc.api.serving import options
from gridsvc.infra.settings import Settings

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = sorted(DEPLOY.iterdir())


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_setting_named_in_an_example_exists(path: Path) -> None:
    named = set(re.findall(r"GRIDSVC_([A-Z_]+)", path.read_text()))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_the_unit_is_not_root_and_is_hardened() -> None:
    text = (DEPLOY / "gridsvc.service").read_text()
    for line in ("User=gridsvc", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "UMask=0077"):
        assert line in text.splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", ["gridsvc.service", "gridsvc-backup.service"])
def test_systemd_understands_the_units(name: str) -> None:
    told = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / name)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in told.stderr.splitlines() if name in line and "is not executable" not in line]
    assert complaints == []


@pytest.mark.parametrize(("name", "sets"), [("nginx.conf", "$remote_addr"), ("Caddyfile", "{remote_host}")])
def test_the_proxies_set_who_asks_instead_of_believing_it(name: str, sets: str) -> None:
    lines = [line for line in (DEPLOY / name).read_text().splitlines() if "X-Forwarded-For" in line]
    assert lines
    assert all(sets in line for line in lines)


@pytest.mark.parametrize(
    ("name", "said"), [("nginx.conf", r"keepalive_timeout (\d+)s;"), ("Caddyfile", r"keepalive (\d+)s")]
)
def test_the_proxies_give_up_a_connection_before_the_service_does(name: str, said: str) -> None:
    kept = re.findall(said, (DEPLOY / name).read_text())
    assert len(kept) == 1
    behind = options(Settings(trusted_proxy="127.0.0.1"))
    assert int(kept[0]) * 2 < behind["timeout_keep_alive"]
