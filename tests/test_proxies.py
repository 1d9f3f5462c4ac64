"""The examples for nginx and Caddy in deploy/, run: the real proxy of this machine in front of a real service."""

import contextlib
import os
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from benchmarks.service import free_port
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import probe_ready
from gridsvc.infra.settings import Settings
from tests.fixtures.certificates import Certificate
from tests.fixtures.serving import serving
from tests.infra.service_home import eventually

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PLACES = f"/usr/sbin:/usr/bin:{ROOT}/.proxies/usr/sbin:{ROOT}/.proxies/usr/bin"
ASKS_FROM, CLAIMS = "127.0.0.2", "198.51.100.9"  # the loopback is a whole network; the service itself is at 127.0.0.1
Proxied = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def behind(demo_database: Database, demo_home: Path) -> Iterator[Settings]:
    """A service that believes the proxy on its own machine."""
    own = {"home": demo_home, "database_url": demo_database.url, "port": free_port(), "demo_password": None}
    settings = Settings(**own, trusted_proxy="127.0.0.1", metrics_access="loopback")  # type: ignore[arg-type]
    with serving(settings, demo_home / "server.log"):
        assert eventually(lambda: probe_ready(settings) is None), (demo_home / "server.log").read_text()
        yield settings


def adapted(name: str, changes: dict[str, str]) -> str:
    """An example with the places of this test; everything else is as the operator finds it."""
    text = (DEPLOY / name).read_text()
    for said, here in changes.items():
        assert said in text, f"{name} no longer says {said!r}"
        text = text.replace(said, here)
    return text


def nginx(folder: Path, behind: Settings, plain: int, secure: int, certificate: Certificate) -> list[str]:
    site = {
        "127.0.0.1:8000": f"127.0.0.1:{behind.port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "grid.example": "localhost",
        "/etc/ssl/gridsvc/fullchain.pem": str(certificate.cert),
        "/etc/ssl/gridsvc/key.pem": str(certificate.key),
        "/var/log/nginx/gridsvc.log": str(folder / "gridsvc.log"),
    }
    kept = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "site.conf").write_text(adapted("nginx.conf", site))
    who = "user root;\n" if os.geteuid() == 0 else ""
    whole = f"daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{kept}include site.conf;\n}}\n"
    (folder / "nginx.conf").write_text(who + whole)
    return ["-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, behind: Settings, plain: int, secure: int, certificate: Certificate) -> list[str]:
    site = {
        "127.0.0.1:8000": f"127.0.0.1:{behind.port}",
        "grid.example": "localhost",
        "/etc/ssl/gridsvc/fullchain.pem": str(certificate.cert),
        "/etc/ssl/gridsvc/key.pem": str(certificate.key),
        "\tlog default {": f"\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n"
        f"\tstorage file_system {folder}\n\tlog default {{",
    }
    (folder / "Caddyfile").write_text(adapted("Caddyfile", site))
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the proxies keep what they write."""
    return tmp_path_factory.mktemp("proxies")


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxied(
    request: pytest.FixtureRequest, folders: Path, behind: Settings, certificate: Certificate
) -> Iterator[Proxied]:
    """Makes clients that come through the proxy, by TLS or by plain HTTP."""
    program = shutil.which(request.param.__name__, path=PLACES)
    if program is None:
        pytest.skip(f"no {request.param.__name__} here")
    folder = folders / request.param.__name__
    folder.mkdir()
    plain, secure = free_port(), free_port()
    arguments = request.param(folder, behind, plain, secure, certificate)
    trusting = ssl.create_default_context(cafile=str(certificate.cert))

    def client(*, tls: bool = True) -> httpx.Client:
        base = f"https://localhost:{secure}" if tls else f"http://localhost:{plain}"
        way = httpx.HTTPTransport(verify=trusting, local_address=ASKS_FROM)
        own = {"X-Gridsvc": "test", "Origin": base}  # as a browser says it, with the port
        return stack.enter_context(httpx.Client(base_url=base, transport=way, headers=own, timeout=30))

    log = folder / "log"
    with log.open("w") as told:
        process = subprocess.Popen(
            [program, *arguments], env=os.environ | {"HOME": str(folder)}, stdout=told, stderr=told
        )
    try:
        with contextlib.ExitStack() as stack:  # clients go first: a proxy that ends waits for them
            asking = client()
            assert eventually(lambda: process.poll() is not None or answers(asking)), log.read_text()
            assert process.poll() is None, log.read_text()
            yield client
    finally:
        process.terminate()
        process.wait(30)


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/ready").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def logged_in(
    client: httpx.Client, username: str, password: str, headers: dict[str, str] | None = None
) -> httpx.Client:
    answer = client.post("/api/v1/session", json={"username": username, "password": password}, headers=headers)
    assert answer.status_code == 200, answer.text
    return client


def streams_open(behind: Settings) -> int:
    """How many requests the service works at, but for the one that asks."""
    figures = httpx.get(f"{behind.base_url}/metrics").raise_for_status().text
    [told] = [line.split()[1] for line in figures.splitlines() if line.startswith("gridsvc_http_in_progress ")]
    return int(float(told)) - 1


def test_a_session_through_the_proxy_is_bound_to_the_host_and_to_tls(proxied: Proxied, demo_password: str) -> None:
    client = logged_in(proxied(), "commander", demo_password)
    assert list(client.cookies) == ["__Host-gridsvc_session"]
    page = client.get("/command")
    assert page.status_code == 200
    assert "max-age" in page.headers["strict-transport-security"]
    assert client.get("/api/v1/status").status_code == 200


def test_a_write_from_our_own_pages_is_told_from_one_of_another_site(proxied: Proxied, demo_password: str) -> None:
    client = logged_in(proxied(), "dispatcher", demo_password)
    report = {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "address": "合成地址"}
    foreign = {"Origin": "https://elsewhere.example"}
    assert client.post("/api/v1/incidents", json=report | {"synthetic": True}, headers=foreign).status_code == 403
    assert client.post("/api/v1/incidents", json=report | {"synthetic": True}).status_code == 201


def test_people_are_led_from_plain_http_to_tls_and_programs_are_refused(proxied: Proxied) -> None:
    client = proxied(tls=False)
    page = client.get("/plan?x=1")
    assert (page.status_code, page.headers["location"]) == (301, "https://localhost/plan?x=1")
    assert client.get("/api/v1/status", headers={"Authorization": "Bearer in-the-clear"}).status_code == 403


def test_the_figures_are_not_for_those_outside(proxied: Proxied) -> None:
    assert proxied().get("/metrics").status_code == 403


def test_who_asks_is_what_the_proxy_saw_whatever_they_claim(proxied: Proxied, demo_password: str) -> None:
    claims = {"X-Forwarded-For": CLAIMS, "Forwarded": f"for={CLAIMS}", "X-Real-Ip": CLAIMS}
    client = logged_in(proxied(), "admin", demo_password, claims)
    latest = client.get("/api/v1/audit", params={"action": "session.create", "limit": 1}).json()["items"]
    assert [entry["address"] for entry in latest] == [ASKS_FROM]


def test_a_request_is_numbered_by_the_proxy_and_by_nobody_else(proxied: Proxied) -> None:
    claimed = str(uuid4())  # the service itself would take it on
    numbers = proxied().get("/ready", headers={"X-Request-Id": claimed}).headers.get_list("x-request-id")
    assert len(numbers) == 1
    assert numbers != [claimed]


def test_what_happens_is_seen_at_once_through_the_proxy(proxied: Proxied, behind: Settings, demo_password: str) -> None:
    watching = logged_in(proxied(), "commander", demo_password)
    reporting = logged_in(proxied(), "dispatcher", demo_password)
    report = {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "synthetic": True}
    with watching.stream("GET", "/api/v1/live", timeout=10) as stream:
        assert stream.status_code == 200
        assert reporting.post("/api/v1/incidents", json=report | {"address": "合成地址"}).status_code == 201
        first = next(line for line in stream.iter_lines() if line.startswith("data:"))
    assert '"incident"' in first
    assert eventually(lambda: streams_open(behind) == 0, timeout_s=10), (
        "the proxy holds a stream that nobody reads any more"
    )


def test_more_than_an_upload_may_hold_is_refused(proxied: Proxied, demo_password: str) -> None:
    client = logged_in(proxied(), "admin", demo_password)
    answer = client.post(
        "/api/v1/imports/areas", content=bytes(23_000_000), headers={"Content-Type": "application/zip"}
    )
    assert answer.status_code == 413


def test_of_a_refused_request_the_proxy_writes_down_nothing_about_a_person(
    proxied: Proxied, folders: Path, demo_password: str
) -> None:
    phone = "13900001234"
    client = logged_in(proxied(), "admin", demo_password)
    told = client.post(f"/api/v1/imports/areas?q={phone}", content=bytes(23_000_000), headers={"Referer": phone})
    assert told.status_code == 413
    proxied(tls=False).get(f"/{phone}")
    written = [path for path in folders.rglob("*log") if path.is_file()]
    assert written
    for path in written:
        assert phone not in path.read_text(errors="replace"), path.name
        assert ASKS_FROM not in path.read_text(errors="replace"), path.name
