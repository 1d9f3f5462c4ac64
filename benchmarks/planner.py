"""`scripts/bench planner`: how smoothly the planner's page runs in headless Chromium, without a graphics card.

plan_drawn_ms          from navigation to the community at work on the map, without a cache
plan_pan_*_frame_ms    time between frames while the map is dragged about the community at work
plan_draw_*_frame_ms   the same while a line is drawn and its consequences are shown beside the pointer
plan_zoom_*_frame_ms   the same while the wheel goes out to the whole city and back again
plan_city_*_frame_ms   the same while the map is dragged with the whole city on it
plan_wide_*            the same in a window of 1920 × 1080
plan_preview_ms        from the question what a line would come to until its answer, as the page sees it (median)
"""

import http.client
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.browser import ARGUMENTS, CHROMIUM, drawn_ms
from benchmarks.frame import Figures, Options, home, say
from benchmarks.service import Service, demo_city

VIEWS = {"plan": {"width": 1366, "height": 768}, "plan_wide": {"width": 1920, "height": 1080}}
STEP_MS = 12
ZOOM_STEPS, ZOOM_MS = 5, 450
WATCH = """() => {
  window.frames_ms = []
  let last = performance.now()
  const note = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(note) }
  requestAnimationFrame(note)
}"""
TAKE = "() => { const found = window.frames_ms.slice(2); window.frames_ms = []; return found }"
PREVIEWS = """() => performance.getEntriesByType('resource')
  .filter((entry) => entry.name.includes('preview=true')).map((entry) => entry.duration)"""


@dataclass
class Board:
    """The planner's page as somebody uses it."""

    page: Any
    name: str
    found: Figures

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the window."""
        return VIEWS[self.name]["width"] / 2, VIEWS[self.name]["height"] / 2

    def note(self, what: str) -> None:
        """Keeps the figures of the frames since the last time."""
        frames = sorted(self.page.evaluate(TAKE))
        name = f"{self.name}_{what}"
        self.found[f"{name}_worst_frame_ms"] = round(frames[-1], 1)
        self.found[f"{name}_p95_frame_ms"] = round(frames[int(len(frames) * 0.95)], 1)
        self.found[f"{name}_frames_over_50_ms_count"] = sum(frame > 50 for frame in frames)

    def pan(self) -> None:
        """Drags the map to and fro."""
        x, y = self.middle
        for way in (1, -1, 1, -1):
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            for step in range(40):
                self.page.mouse.move(x + 6 * step * way, y + 2 * step * way)
                self.page.wait_for_timeout(STEP_MS)
            self.page.mouse.up()
            self.page.wait_for_timeout(400)

    def draw(self) -> None:
        """Draws a line through the middle with the tool for splitting."""
        x, y = self.middle[0] - 120, self.middle[1]
        self.page.keyboard.press("s")
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)
        for step in range(200):
            self.page.mouse.move(x + 1.2 * step, y + 8 * math.sin(step / 9))
            self.page.wait_for_timeout(STEP_MS)
        self.page.keyboard.press("Escape")

    def zoom(self, way: int) -> None:
        """Turns the wheel, out (1) or in (-1)."""
        self.page.mouse.move(*self.middle)
        for _ in range(ZOOM_STEPS):
            self.page.mouse.wheel(0, 120 * way)
            self.page.wait_for_timeout(ZOOM_MS)


def measure(options: Options) -> Figures:
    """The figures of a plan over the community with the most grids."""
    from playwright.sync_api import sync_playwright

    with home(options) as place, demo_city(options, place) as service:
        cookie = service.log_in("planner")
        path = f"/plan/{_open_plan(service, cookie)}"
        drawn = drawn_ms(service, cookie, path, times=options.times(7, 2))
        found: Figures = {"plan_drawn_ms": round(drawn, 1)}
        name, _, value = cookie.partition("=")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            for view in VIEWS:
                context = browser.new_context(viewport=VIEWS[view], locale="zh-CN")  # type: ignore[arg-type]
                context.add_cookies([{"name": name, "value": value, "url": service.url}])
                page = context.new_page()
                page.goto(f"{service.url}{path}")
                page.wait_for_selector("html[data-drawn]")
                page.wait_for_timeout(2000)
                _use(Board(page, view, found))
                context.close()
            browser.close()
    return found


def _use(board: Board) -> None:
    board.page.evaluate(WATCH)
    board.pan()
    board.note("pan")
    board.draw()
    board.note("draw")
    board.zoom(1)
    board.note("zoom")
    board.pan()
    board.note("city")
    board.zoom(-1)
    board.note("zoom_in")
    previews = sorted(board.page.evaluate(PREVIEWS))
    board.found[f"{board.name}_preview_ms"] = round(previews[len(previews) // 2], 1)
    say(f"  {len(previews)} previews")


def _open_plan(service: Service, cookie: str) -> str:
    grids = service.ask("GET", "/api/v1/grids", cookie=cookie).json["features"]
    ((community, count),) = Counter(grid["properties"]["community_code"] for grid in grids).most_common(1)
    say(f"  {len(grids)} grids, {count} of them in the community at work")
    wanted = {"title": "示例：流畅度", "communities": [community]}
    answer = service.ask("POST", "/api/v1/plans", cookie=cookie, body=wanted)
    if answer.status != http.client.CREATED:
        raise RuntimeError(f"no plan: {answer.status} {answer.content[:200]!r}")
    return str(answer.json["id"])
