"""Folium pages of the command map's layers: linked to the running service, or one file that opens from a disk.

Folium is only the Python binding here. Layers, styles, legend, popups and words come from our own map library
(`web/src/map`, global `gridsvc`), so that there is one look. Folium escapes nothing: whatever reaches the page
goes through `_json`, and the library puts texts in as texts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib import resources
from typing import Any, Final, Literal

import folium
from branca.element import Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from gridsvc.core.errors import InstallationFault
from gridsvc.i18n import known_locale, text

Mode = Literal["staffing", "patrol"]
Source = Mapping[str, Any] | str

SCRIPT: Final = "gridsvc-map.js"
STYLE: Final = "gridsvc-map.css"


class FrontEndNotBuilt(InstallationFault):
    """The map library is not built; run scripts/setup."""


@dataclass(frozen=True, kw_only=True)
class MapPage:
    """What a page shows. Each source is the document itself or the address from which a browser fetches it.

    Geometry is WGS 84 (EPSG:4326) as in the display documents, `status` as in /status, `incidents` as in
    /incidents/points, `catalogue` as in /catalogue; `moment` is the one the states speak of and carries a zone.
    """

    grids: Source
    areas: Source
    backdrop: Source | None
    status: Source
    incidents: Source | None
    moment: datetime
    city_name: str
    locale: str = "zh-CN"
    zone: str = "Asia/Shanghai"
    synthetic: bool = False
    omitted: Sequence[str] = ()
    tile_url: str | None = None
    static_url: str = "/static"
    catalogue: Source | None = None


def coverage_map(page: MapPage, *, self_contained: bool = False, nonce: str | None = None) -> str:
    """A page whose grids are coloured by staffing; see `_render`."""
    return _render(page, "staffing", self_contained=self_contained, nonce=nonce)


def patrol_map(page: MapPage, *, self_contained: bool = False, nonce: str | None = None) -> str:
    """A page whose grids are coloured by the state of visits; see `_render`."""
    return _render(page, "patrol", self_contained=self_contained, nonce=nonce)


def _render(page: MapPage, mode: Mode, *, self_contained: bool, nonce: str | None) -> str:
    """The HTML of a page. Self-contained, it holds scripts, styles and data and asks nobody for anything.

    `nonce` goes on each inline script and style, for a strict content security policy. Raises ValueError for a
    moment without zone or a self-contained page with addresses in place of documents.
    """
    if page.moment.tzinfo is None:
        raise ValueError("the moment of a map needs a zone")
    sources = (page.grids, page.areas, page.backdrop, page.status, page.incidents, page.catalogue)
    if self_contained and any(isinstance(source, str) for source in sources):
        raise ValueError("a self-contained page needs the documents themselves")
    shell = Shell(page, mode, nonce=nonce, inline=self_contained)
    city = LocalMap(page)
    for layer in (CityLayers(page, mode), *(MapControl(name) for name in ("legend", "controls", "popups", "notice"))):
        city.add_child(layer)
    shell.add_child(city)
    html: str = shell.render()
    return html


class Shell(Figure):
    """The page around the map: language, title, our two assets, and nonces; nothing from another machine."""

    _template = Template(
        """<!doctype html>
<html lang="{{ this.lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ this.heading }}</title>
{{ this.assets }}
<style{{ this.nonce }}>html, body, .folium-map { width: 100%; height: 100%; margin: 0; }</style>
</head>
<body>
{{ this.html.render(**kwargs) }}
<script{{ this.nonce }}>
{{ this.script.render(**kwargs) }}
</script>
</body>
</html>
"""
    )

    def __init__(self, page: MapPage, mode: Mode, *, nonce: str | None, inline: bool) -> None:
        super().__init__()
        for part in (self.header, self.html, self.script):
            part._children.clear()
        self.lang = known_locale(page.locale)
        key = "page.coverage" if mode == "staffing" else "page.patrol"
        self.heading = escape(f"{page.city_name} · {text(page.locale, key)}")
        self.nonce = f' nonce="{escape(nonce)}"' if nonce else ""
        self.assets = self._inlined() if inline else self._linked(page.static_url)

    def _linked(self, base: str) -> str:
        base = escape(base.rstrip("/"))
        return f'<link rel="stylesheet" href="{base}/{STYLE}">\n<script src="{base}/{SCRIPT}"></script>'

    def _inlined(self) -> str:
        style = _asset(STYLE).replace("</style", "<\\/style")
        script = _asset(SCRIPT).replace("</script", "<\\/script").replace("<!--", "<\\!--")
        return f"<style{self.nonce}>{style}</style>\n<script{self.nonce}>{script}</script>"


class LocalMap(folium.Map):
    """A folium map without tiles or outside links; the layers set its view."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - declared so by folium
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """{% macro html(this, kwargs) %}
<div class="folium-map" id="{{ this.get_name() }}" role="application" aria-label="{{ this.label }}"></div>
{% endmacro %}
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.behaviour }});
{% endmacro %}"""
    )

    def __init__(self, page: MapPage) -> None:
        super().__init__(tiles=None)
        self.behaviour = _json({"zoomControl": False, "zoomSnap": 0.25, "minZoom": 8, "maxZoom": 19})
        self.label = escape(text(page.locale, "map.label"))


class CityLayers(JSCSSMixin, MacroElement):
    """Our layers on a folium map: grids by state, areas, villages, backdrop, incidents."""

    _template = Template(
        """{% macro script(this, kwargs) %}
gridsvc.city({{ this._parent.get_name() }}, {{ this.request }});
{% endmacro %}"""
    )

    def __init__(self, page: MapPage, mode: Mode) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "CityLayers"
        self.request = _json(
            {
                "grids": page.grids,
                "areas": page.areas,
                "backdrop": page.backdrop,
                "status": page.status,
                "incidents": page.incidents,
                "locale": page.locale,
                "mode": mode,
                "moment": page.moment.isoformat(),
                "zone": page.zone,
                "synthetic": page.synthetic,
                "omitted": [{"name": name} for name in page.omitted],
                "tile_url": page.tile_url,
                "catalogue": page.catalogue,
            }
        )


class MapControl(JSCSSMixin, MacroElement):
    """One of the library's controls: legend, controls, popups or notice."""

    _template = Template(
        """{% macro script(this, kwargs) %}
gridsvc.{{ this.control }}({{ this._parent.get_name() }});
{% endmacro %}"""
    )

    def __init__(self, control: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapControl"
        self.control = control


def _json(value: object) -> str:
    """JSON that can stand in a script: no `<`, `>` or `&` can end it, nor a line separator break it."""
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        made = made.replace(char, f"\\u{ord(char):04x}")
    return made


@cache
def _asset(name: str) -> str:
    file = resources.files("gridsvc").joinpath("static", name)
    if not file.is_file():
        raise FrontEndNotBuilt
    return file.read_text(encoding="utf-8")
