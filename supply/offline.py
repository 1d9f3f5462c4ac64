"""`scripts/offline [--json FILE]`: runs the demo where there is no outside, and counts attempts to leave.

The kernel counts what it cannot route, whoever sends it: connections, datagrams and questions to a name server. The run
has a network namespace with nothing but loopback, and a name server that lies outside. A control leaves on purpose, by
address and by name, and must be counted. Chromium itself asks the kernel for a way over IPv6 at times, pages or not;
that is counted apart, and what pages ask for is also noted by address.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.browser import CHROMIUM
from benchmarks.frame import Options, fresh_home, say
from benchmarks.service import Service, demo_city
from supply.parts import ROOT

PAGES = ("/command", "/visit", "/maps/coverage.html", "/docs")
OUTSIDE = "192.0.2.1"  # an address that is nobody's
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # the browser's own calls home; pages' are noted
)
STRANGER = '<img src="http://name.example/picture.png">'
INSIDE = "GRIDSVC_OFFLINE_INSIDE"


def attempts() -> int:
    """What this network namespace could not route so far, over IPv4 and IPv6."""
    return over_ipv4() + over_ipv6()


def over_ipv4() -> int:
    """What had no way over IPv4."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    names, values = (line.split() for line in lines if line.startswith("Ip:"))
    return int(dict(zip(names, values, strict=True))["OutNoRoutes"])


def over_ipv6() -> int:
    """What had no way over IPv6; 0 where the kernel has none."""
    place = Path("/proc/net/snmp6")
    lines = place.read_text().splitlines() if place.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Ip6OutNoRoutes"))


def leave_on_purpose() -> None:
    """One connection by address, one datagram, and one question for a name."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, kind) as leaving:
            leaving.settimeout(2)
            leaving.connect((OUTSIDE, 443))
    with contextlib.suppress(OSError):
        socket.getaddrinfo("name.example", 443)


def measure() -> dict[str, float]:
    """The figures, inside the namespace."""
    began = attempts()
    leave_on_purpose()
    figures: dict[str, float] = {"control_attempts": attempts() - began}
    with fresh_home() as home:
        before = attempts()
        with demo_city(Options(quick=True), home) as service:
            figures["service_attempts"] = attempts() - before
            with _browser() as open_pages:
                _, noticed, _ = open_pages(None, ())
                probes = over_ipv6()
                counted, strangers, opened = open_pages(service, PAGES)
        figures["control_foreign_requests"] = noticed
        figures["browser_ipv6_probes"] = over_ipv6() - probes
        figures["pages_attempts"] = counted
        figures["pages_opened"] = opened
        figures["foreign_requests"] = strangers
    return figures


class _Pages:
    """A browser of its own for each look, so that what it does by itself can be told apart."""

    def __call__(self, service: Service | None, pages: tuple[str, ...]) -> tuple[int, int, int]:
        """Opens pages; returns attempts to leave over IPv4 meanwhile, requests to other hosts, and pages there."""
        from playwright.sync_api import sync_playwright

        before = over_ipv4()
        strangers: list[str] = []
        opened = 0
        with sync_playwright() as player, tempfile.TemporaryDirectory() as profile:
            context = player.chromium.launch_persistent_context(
                profile, executable_path=CHROMIUM, args=list(QUIET), base_url=service.url if service else None
            )
            page = context.new_page()
            host = urlsplit(service.url).netloc if service else "127.0.0.1"
            page.on("request", lambda asked: _note(asked.url, host, strangers))
            if service is None:
                page.set_content(STRANGER)  # the control: a page that asks somebody else is noticed
            else:
                name, _, value = service.log_in("worker").partition("=")
                context.add_cookies([{"name": name, "value": value, "url": service.url}])
            for path in pages:
                answer = page.goto(path)
                page.wait_for_timeout(2500)
                opened += answer is not None and answer.ok
            page.wait_for_timeout(3000)
            context.close()
        for stranger in strangers if service else ():
            say(f"offline: a page asked for {stranger}")
        return over_ipv4() - before, len(strangers), opened


@contextlib.contextmanager
def _browser() -> Iterator[_Pages]:
    yield _Pages()


def _note(url: str, host: str, strangers: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
        strangers.append(url)


def go_inside(arguments: list[str]) -> int:
    """Runs this program again where only loopback is, with a name server outside; needs root or user namespaces."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as names:
        names.write(f"nameserver {OUTSIDE}\noptions timeout:1 attempts:1\n")
        names.flush()
        Path(names.name).chmod(0o644)
        ready = 'ip link set lo up && mount --bind "$1" /etc/resolv.conf && shift && exec "$@"'
        program = [sys.executable, "-m", "supply.offline", *arguments]
        command = ["unshare", *as_root, "--net", "--mount", "sh", "-c", ready, "sh", names.name, *program]
        return subprocess.run(command, env=os.environ | {INSIDE: "1"}, cwd=ROOT, check=False).returncode


def main() -> int:
    """Runs inside and tells; exit code 1 when anything tried to leave, or when the control was not counted."""
    if os.environ.get(INSIDE) != "1":
        return go_inside(sys.argv[1:])
    parser = argparse.ArgumentParser(prog="scripts/offline", description="Counts attempts to leave this machine.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    given = parser.parse_args()
    figures = measure()
    told = json.dumps(figures, indent=1)
    sys.stdout.write(told + "\n")
    if given.json is not None:
        given.json.write_text(told + "\n", encoding="utf-8")
    left = figures["service_attempts"] + figures["pages_attempts"] + figures["foreign_requests"]
    counts = figures["control_attempts"] >= 3 and figures["control_foreign_requests"] == 1
    return 0 if not left and counts and figures["pages_opened"] == len(PAGES) else 1


if __name__ == "__main__":
    sys.exit(main())
