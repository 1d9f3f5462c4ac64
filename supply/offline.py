"""`scripts/offline [--json FILE]`: runs the demo where there is no outside, and counts attempts to leave.

The kernel counts what it cannot route, whoever sends it: connections, datagrams and questions to a name server. The run
has a network namespace with nothing but loopback, and a name server that lies outside. A control leaves on purpose, by
address and by name, over IPv4 and IPv6, and must be counted. The service is counted from its start until it has ended,
over both ways while a program asks for every page, over IPv4 also while a browser opens them. Chromium itself asks the
kernel for a way over IPv6 at times, pages or not; that is counted apart, and what pages ask for is noted by address.
"""

import argparse
import contextlib
import itertools
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

# Every page, and under whom: as few accounts as open all of them.
PAGES = {
    None: ("/login",),
    "worker": ("/visit", "/maps/coverage.html", "/docs"),
    "commander": ("/command", "/maps/patrol.html"),
    "planner": ("/plan",),
    "supervisor": ("/people",),
    "admin": ("/admin",),
}
IPV6_COUNTS = Path("/proc/net/snmp6")
OUTSIDE = "192.0.2.1"  # an address that is nobody's
OUTSIDE_IPV6 = "2001:db8::1"  # and another
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
    lines = IPV6_COUNTS.read_text().splitlines() if IPV6_COUNTS.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Ip6OutNoRoutes"))


def leave_on_purpose() -> None:
    """One connection by address, one datagram, over IPv4 and IPv6, and one question for a name."""
    ways = ((socket.AF_INET, OUTSIDE), (socket.AF_INET6, OUTSIDE_IPV6))
    for (family, address), kind in itertools.product(ways, (socket.SOCK_STREAM, socket.SOCK_DGRAM)):
        with contextlib.suppress(OSError), socket.socket(family, kind) as leaving:
            leaving.settimeout(2)
            leaving.connect((address, 443))
    with contextlib.suppress(OSError):
        socket.getaddrinfo("name.example", 443)


def measure() -> dict[str, float]:
    """The figures, inside the namespace."""
    began, began_ipv6 = over_ipv4(), over_ipv6()
    leave_on_purpose()
    figures: dict[str, float] = {
        "control_attempts": over_ipv4() - began,
        "control_ipv6_attempts": over_ipv6() - began_ipv6,
    }
    with fresh_home() as home:
        before = attempts()
        with demo_city(Options(quick=True), home) as service:
            _ask_for_pages(service)
            served = attempts() - before
            with _browser() as open_pages:
                noticed, _ = open_pages(None, None, ())
                counted, probes = over_ipv4(), over_ipv6()
                seen = [open_pages(service, who, pages) for who, pages in PAGES.items()]
            figures["control_foreign_requests"] = noticed
            figures["browser_ipv6_probes"] = over_ipv6() - probes
            figures["pages_attempts"] = over_ipv4() - counted
            before = attempts()
        # What the service tries of itself is counted over both ways whenever no browser runs, to its end.
        figures["service_attempts"] = served + attempts() - before
        figures["foreign_requests"] = sum(strangers for strangers, _ in seen)
        figures["pages_opened"] = sum(opened for _, opened in seen)
    return figures


def _ask_for_pages(service: Service) -> None:
    """Every page as a program asks for it, so that what the service does for them is counted without a browser."""
    for who, pages in PAGES.items():
        cookie = service.log_in(who) if who else ""
        for path in (*pages, "/api/v1/status", "/ready"):
            service.ask("GET", path, cookie=cookie)


class _Pages:
    """A browser of its own for each look, so that what it does by itself can be told apart."""

    def __call__(self, service: Service | None, who: str | None, pages: tuple[str, ...]) -> tuple[int, int]:
        """Opens pages; returns requests to other hosts, and how many pages were there and stayed."""
        from playwright.sync_api import sync_playwright

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
            elif who is not None:
                name, _, value = service.log_in(who).partition("=")
                context.add_cookies([{"name": name, "value": value, "url": service.url}])
            for path in pages:
                answer = page.goto(path)
                page.wait_for_timeout(2500)
                opened += answer is not None and answer.ok and urlsplit(page.url).path.startswith(path)
            page.wait_for_timeout(3000)
            context.close()
        for stranger in strangers if service else ():
            say(f"offline: a page asked for {stranger}")
        return len(strangers), opened


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
    counts = counts and (figures["control_ipv6_attempts"] >= 2 or not IPV6_COUNTS.exists())
    return 0 if not left and counts and figures["pages_opened"] == sum(map(len, PAGES.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
