"""The run without an outside opens every page there is, each under somebody who may see it."""

import re

from gridsvc.api import maps, pages
from supply.offline import PAGES

# They only lead on, or are no page.
NOT_OPENED = {"/", "/visit-worker.js", "/plan/{plan_id}", "/favicon.ico"}


def test_every_page_is_opened() -> None:
    served = {route.path for route in (*pages.router.routes, *maps.router.routes)} - NOT_OPENED  # type: ignore[attr-defined]
    opened = {path for paths in PAGES.values() for path in paths}
    assert served - {"/maps/{name}.html"} <= opened
    assert {path for path in opened if re.fullmatch(r"/maps/(coverage|patrol)\.html", path)} == {
        "/maps/coverage.html",
        "/maps/patrol.html",
    }
