"""TLS and proxies, with real processes: what others can reach is encrypted, and only the declared proxy is believed."""

import contextlib
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.service import free_port
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import AddressUnusable, check_address
from tests.fixtures.certificates import Certificate
from tests.infra.service_home import end, eventually, settings_for


def outside_address() -> str:
    """An address of this machine that is not loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            pytest.skip("this machine has no address of its own")


@contextlib.contextmanager
def serving(home: Path, url: str, *options: str, **values: str) -> Iterator[str]:
    """A real service; yields the last line it wrote before it was ready."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
    given = {"GRIDSVC_HOME": str(home), "GRIDSVC_DATABASE_URL": url}
    process = subprocess.Popen(
        [sys.executable, "-m", "gridsvc.cli", "serve", *options],
        env=kept | given | {f"GRIDSVC_{name.upper()}": value for name, value in values.items()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        assert end(process, signal.SIGTERM) == 0


def ask(connection: http.client.HTTPConnection, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    with contextlib.closing(connection):
        connection.request("GET", "/ready", headers=headers or {})
        answer = connection.getresponse()
        answer.read()
    return answer


def agreed(port: int, cert: Path, version: ssl.TLSVersion, ciphers: str | None = None) -> str | None:
    """The version of TLS that a client speaks with the service which offers this one alone."""
    context = ssl.create_default_context(cafile=str(cert))
    if ciphers is not None:
        context.set_ciphers(
            f"{ciphers}:@SECLEVEL=0"
        )  # this client would talk to anybody; it is the service that refuses
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that an old version is offered is the point
        context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as talk,
    ):
        return talk.version()


def test_it_serves_https_with_its_certificate_and_nothing_else(
    fresh_database: Database, tmp_path: Path, certificate: Certificate
) -> None:
    cert, port = certificate.cert, free_port()
    options = ["--host", "0.0.0.0", "--port", str(port), "--tls-cert", str(cert), "--tls-key", str(certificate.key)]
    with serving(tmp_path / "home", fresh_database.url, *options) as line:
        assert line == f"gridsvc ready https://127.0.0.1:{port}"
        trusting = ssl.create_default_context(cafile=str(cert))
        answer = ask(http.client.HTTPSConnection("localhost", port, timeout=20, context=trusting))
        assert answer.status == 200
        assert "max-age" in (answer.getheader("strict-transport-security") or "")
        assert agreed(port, cert, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
        assert agreed(port, cert, ssl.TLSVersion.TLSv1_2, "ECDHE-RSA-AES256-GCM-SHA384") == "TLSv1.2"
        for old, ciphers in ((ssl.TLSVersion.TLSv1_1, "ALL"), (ssl.TLSVersion.TLSv1_2, "AES256-SHA:AES128-GCM-SHA256")):
            with pytest.raises(ssl.SSLError, match=r"alert|EOF"):
                agreed(port, cert, old, ciphers)
        with pytest.raises((http.client.HTTPException, OSError)):
            ask(http.client.HTTPConnection("127.0.0.1", port, timeout=20))
        with pytest.raises(ssl.SSLError):  # who does not know the certificate does not believe it
            ask(http.client.HTTPSConnection("localhost", port, timeout=20, context=ssl.create_default_context()))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_an_address_that_others_can_reach_needs_tls_or_a_proxy(host: str, tmp_path: Path) -> None:
    with pytest.raises(AddressUnusable, match="needs TLS"):
        check_address(settings_for(tmp_path, host=host, port=free_port()))


def test_the_command_refuses_it_before_anything_is_started(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gridsvc.cli", "serve", "--host", "0.0.0.0", "--port", str(free_port())]
    given = os.environ | {"GRIDSVC_HOME": str(tmp_path / "home")}
    answer = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert (answer.returncode, "address_unusable" in answer.stderr) == (2, True)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("proxy", ["*", "proxy.example", "10.0.0.300"])
def test_only_addresses_can_be_proxies(proxy: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="trusted_proxy"):
        settings_for(tmp_path, trusted_proxy=proxy)


def test_behind_a_proxy_only_the_proxy_is_answered_and_believed(fresh_database: Database, tmp_path: Path) -> None:
    """The loopback stands for the proxy, the machine's own address for somebody who comes past it."""
    port, outside = free_port(), outside_address()
    values = {"trusted_proxy": "127.0.0.1", "metrics_access": "loopback"}
    with serving(tmp_path / "home", fresh_database.url, "--host", "0.0.0.0", "--port", str(port), **values):
        assert eventually(lambda: ask(http.client.HTTPConnection("127.0.0.1", port, timeout=20)).status == 200)
        forwarded = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}
        by_proxy = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=20), forwarded)
        assert (by_proxy.status, by_proxy.getheader("strict-transport-security") is not None) == (200, True)
        past = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=("127.0.0.1", 0))
        assert ask(past, {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "http"}).status == 403
        if outside != "127.0.0.1":
            assert ask(http.client.HTTPConnection(outside, port, timeout=20)).status == 403
            assert ask(http.client.HTTPConnection(outside, port, timeout=20), forwarded).status == 403
