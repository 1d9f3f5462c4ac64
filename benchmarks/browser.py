"""How long a page takes in headless Chromium until it says that it is drawn."""

import time
from pathlib import Path
from statistics import median

from benchmarks.frame import say
from benchmarks.service import Service

# Debian's shell of Chromium: the same engine without windows, menus and their processes, for half the work.
SHELL, WHOLE = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
CHROMIUM = WHOLE if Path(WHOLE).exists() and not Path(SHELL).exists() else SHELL
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")
DRAWN = "() => Boolean(document.documentElement.dataset.drawn)"
VIEW = {"width": 1600, "height": 900}


def drawn_ms(service: Service, cookie: str, path: str, *, times: int) -> float:
    """The median of milliseconds from navigation to `data-drawn`; each time in a browser context without a cache."""
    from playwright.sync_api import sync_playwright

    name, _, value = cookie.partition("=")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for number in range(times + 1):
            context = browser.new_context(viewport=VIEW, locale="zh-CN")  # type: ignore[arg-type]
            context.add_cookies([{"name": name, "value": value, "url": service.url}])
            page = context.new_page()
            began = time.perf_counter()
            page.goto(f"{service.url}{path}", wait_until="commit")
            page.wait_for_function(DRAWN, timeout=60_000)
            took = (time.perf_counter() - began) * 1000
            context.close()
            if number:  # the first one starts the browser's own processes
                found.append(took)
        browser.close()
    say(f"  {path} drawn after {', '.join(f'{one:.0f}' for one in found)} ms")
    return median(found)
