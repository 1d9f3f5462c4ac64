"""The folium pages: our library and data alone, every text escaped, and readable without a network when saved."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from gridsvc.dashboard import pages
from gridsvc.dashboard.pages import FrontEndNotBuilt, MapPage, coverage_map, patrol_map

EVIL = "</script><script>alert(1)</script><!--\u2028"
RING = [[117.3, 32.9], [117.4, 32.9], [117.4, 33.0], [117.3, 33.0], [117.3, 32.9]]


def collection(**properties: object) -> dict[str, Any]:
    """One square with the given properties."""
    geometry = {"type": "Polygon", "coordinates": [RING]}
    feature = {"type": "Feature", "id": properties["code"], "properties": properties, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


@pytest.fixture
def page() -> MapPage:
    """A city of one grid whose texts all try to break out."""
    columns = {
        "code": ["340302001001001"],
        "staffing": ["vacant"],
        "patrol": ["overdue"],
        "last_visit": [None],
        "open_incidents": [2],
        "worker": [0],
    }
    return MapPage(
        grids=collection(code="340302001001001", name=EVIL, kind="basic", community_code="340302001001"),
        areas=collection(code="340302000000", name=EVIL, level=3, has_grids=True),
        backdrop=None,
        status={"grids": columns, "workers": [EVIL]},
        incidents=None,
        moment=datetime(2026, 11, 21, 12, tzinfo=UTC),
        city_name=EVIL,
        synthetic=True,
        omitted=[EVIL],
    )


@pytest.fixture
def linked(page: MapPage) -> MapPage:
    """The same as a page of the running service, with addresses in place of documents."""
    base = "/api/v1/documents"
    return replace(page, grids=f"{base}/grids/1.json", areas=f"{base}/areas/1.json", status="/api/v1/status")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny map library in place of the built one, with the words that could end its own element."""
    monkeypatch.setattr(pages, "_asset", lambda name: f"/* {name} */ '</script>' '</style>' '<!--'")


class Reader(HTMLParser):
    """What a browser makes of a page: its elements, and what stands in each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.current = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.current = tag

    def handle_endtag(self, tag: str) -> None:
        self.current = ""

    def handle_data(self, data: str) -> None:
        self.inside.append((self.current, data))

    def addresses(self) -> list[str]:
        """Every address that a browser would ask by itself."""
        found = [attributes.get(name) for _, attributes in self.elements for name in ("src", "href")]
        return [address for address in found if address]

    def count(self, tag: str) -> int:
        """How many elements of a kind there are."""
        return sum(name == tag for name, _ in self.elements)


def request_in(html: str) -> dict[str, Any]:
    """What the page asks our library to draw."""
    found = re.search(r"gridsvc\.city\(\w+, (\{.*\})\);", html)
    assert found
    request: dict[str, Any] = json.loads(found.group(1))
    return request


def test_a_linked_page_names_our_two_assets_and_nothing_else(linked: MapPage) -> None:
    reader = Reader(coverage_map(linked))
    assert reader.addresses() == ["/static/gridsvc-map.css", "/static/gridsvc-map.js"]


@pytest.mark.usefixtures("built")
def test_a_saved_page_asks_for_nothing(page: MapPage) -> None:
    reader = Reader(coverage_map(page, self_contained=True))
    assert reader.addresses() == []
    assert "gridsvc-map.js" in "".join(text for tag, text in reader.inside if tag == "script")


def test_no_stock_asset_of_folium_slips_in(linked: MapPage) -> None:
    assert not re.search(r"https?://", patrol_map(linked))


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("draw", [coverage_map, patrol_map])
def test_no_text_of_a_user_ends_the_script_or_the_title(page: MapPage, draw: Any) -> None:
    reader = Reader(draw(page, self_contained=True))
    assert (reader.count("script"), reader.count("style"), reader.count("title")) == (2, 2, 1)
    assert ("title", f"{EVIL} · ") in [(tag, text[: len(EVIL) + 3]) for tag, text in reader.inside]


@pytest.mark.usefixtures("built")
def test_what_arrives_in_the_browser_is_the_text_unchanged(page: MapPage) -> None:
    request = request_in(coverage_map(page, self_contained=True))
    assert request["status"]["workers"] == [EVIL]
    assert request["grids"]["features"][0]["properties"]["name"] == EVIL


def test_coverage_is_coloured_by_staffing_and_patrol_by_visits(linked: MapPage) -> None:
    assert request_in(coverage_map(linked))["mode"] == "staffing"
    assert request_in(patrol_map(linked))["mode"] == "patrol"


def test_the_page_speaks_the_language_asked_for(linked: MapPage) -> None:
    assert '<html lang="zh-CN">' in patrol_map(linked)
    english = patrol_map(replace(linked, locale="en"))
    assert '<html lang="en">' in english
    assert "Visit status of the grids" in english


def test_every_inline_script_and_style_bears_the_nonce(linked: MapPage) -> None:
    reader = Reader(coverage_map(linked, nonce='a"b'))
    inline = [
        attributes for tag, attributes in reader.elements if tag in {"script", "style"} and "src" not in attributes
    ]
    assert [attributes.get("nonce") for attributes in inline] == ['a"b', 'a"b']


def test_no_element_needs_a_style_attribute(linked: MapPage) -> None:
    assert all("style" not in attributes for _, attributes in Reader(coverage_map(linked)).elements)


def test_a_saved_page_refuses_addresses(linked: MapPage) -> None:
    with pytest.raises(ValueError, match="documents"):
        coverage_map(linked, self_contained=True)


def test_a_moment_without_a_zone_is_refused(linked: MapPage) -> None:
    with pytest.raises(ValueError, match="zone"):
        coverage_map(replace(linked, moment=datetime(2026, 11, 21)))  # noqa: DTZ001


def test_an_unbuilt_front_end_says_how_to_build_it(page: MapPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SCRIPT", "not-built.js")
    monkeypatch.setattr(pages, "STYLE", "not-built.css")
    with pytest.raises(FrontEndNotBuilt, match="scripts/setup"):
        coverage_map(page, self_contained=True)
