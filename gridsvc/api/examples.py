"""Examples for the description of the API: what a model says of itself, else values that its field names call for."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

DEEPEST = 8

MOMENT = "2026-11-20T08:30:00+08:00"
LATER = "2026-12-01T00:00:00+08:00"
IDENTIFIER = "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
GRID = "340302001001001"
COMMUNITY = "340302001001"

# What a field of this name usually holds; taken when it fits the field's type. All of it is made up.
NAMED: Mapping[str, Any] = {
    "code": GRID,
    "grid_code": GRID,
    "grid": GRID,
    "grid_codes": [GRID],
    "community_code": COMMUNITY,
    "parent_code": "340302001000",
    "county_code": "340302000000",
    "node_code": COMMUNITY,
    "area_code": COMMUNITY,
    "door_code": "340302001001001-0012",
    "name": "示例",
    "name_zh": "示例",
    "name_en": "Example",
    "zh-CN": "示例",
    "en": "Example",
    "display_name": "示例账号",
    "username": "example",
    "password": "a-long-example-password",
    "phone": "13800000000",
    "address": "示例路1号",
    "description": "示例",
    "detail": "示例",
    "note": "示例",
    "reason": "示例",
    "message": "示例",
    "label": "示例",
    "crs": "EPSG:4326",
    "x": 117.3889,
    "y": 32.9169,
    "raw_x": 117.3889,
    "raw_y": 32.9169,
    "raw_crs": "GCJ-02",
    "bbox": [117.38, 32.91, 117.4, 32.93],
    "email": "example@example.invalid",
    "city_timezone": "Asia/Shanghai",
    "locale": "zh-CN",
    "status": "ok",
    "version": "0.1.0",
    "role": "main",
    "roles": ["worker"],
    "kind": "basic",
    "channel": "hotline",
    "category": "exposed_rubbish",
    "state": "routed",
    "key": "exposed_rubbish",
    "counts": {"households": 321, "doors": 318},
    "id": IDENTIFIER,
    "flags": [],
    "number": 7,
    "revision": 1,
    "synthetic": True,
    "next_cursor": None,
    "valid_to": None,
    "tile_url": None,
    "url": "https://example.invalid",
    "day": "2026-11-20",
    "from": MOMENT,
    "to": LATER,
    "until": LATER,
    "effective_at": LATER,
    "expires_at": LATER,
}

FORMATS: Mapping[str, Any] = {
    "date-time": MOMENT,
    "date": "2026-11-20",
    "time": "08:30:00+08:00",
    "uuid": IDENTIFIER,
    "duration": "P30D",
    "email": "example@example.invalid",
    "uri": "https://example.invalid",
    "binary": "(file)",
    "password": "a-long-example-password",
}


# What a field whose name ends so usually holds.
ENDINGS: Mapping[str, Any] = {"_id": IDENTIFIER, "_at": MOMENT, "_from": MOMENT, "_code": COMMUNITY, "_name": "示例"}


def example(schema: Schema, models: Mapping[str, Schema], name: str = "", depth: int = 0) -> Any:
    """A value that fits `schema`, whose references are looked up in `models`."""
    if "$ref" in schema:
        title = str(schema["$ref"]).rpartition("/")[2]
        return example(models[title], models, name, depth)
    for given in ("example", "const", "default"):
        if schema.get(given) is not None:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    return _composed(schema, models, name, depth)


def _composed(schema: Schema, models: Mapping[str, Schema], name: str, depth: int) -> Any:
    """A value for a schema without an example of its own."""
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        if name in NAMED and NAMED[name] is None and {"type": "null"} in choices:
            return None
        told = [choice for choice in choices if choice.get("type") != "null"]
        return example(told[0], models, name, depth) if told else None
    if schema.get("allOf"):
        parts = [example(part, models, name, depth) for part in schema["allOf"]]
        return {key: value for part in parts for key, value in part.items()} if isinstance(parts[0], dict) else parts[0]
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return _object(schema, models, name, depth)
    if kind == "array":
        return _array(schema, models, name, depth)
    return _plain(schema, name)


def _object(schema: Schema, models: Mapping[str, Schema], name: str, depth: int) -> Any:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    if not properties:
        named = NAMED.get(name)
        return named if isinstance(named, dict) else {}
    if depth > DEEPEST:
        return {key: example(properties[key], models, key, depth + 1) for key in schema.get("required", ())}
    return {key: example(part, models, key, depth + 1) for key, part in properties.items()}


def _array(schema: Schema, models: Mapping[str, Schema], name: str, depth: int) -> list[Any]:
    named = NAMED.get(name)
    if isinstance(named, list):
        return list(named)
    if depth > DEEPEST:
        return []
    if "prefixItems" in schema:
        return [example(part, models, "", depth + 1) for part in schema["prefixItems"]]
    one = example(schema.get("items", {}), models, name.removesuffix("s"), depth + 1)
    return [one] * max(1, int(schema.get("minItems", 1)))


def _plain(schema: Schema, name: str) -> Any:
    kind, named = schema.get("type"), NAMED.get(name)
    if named is None:
        named = next((value for ending, value in ENDINGS.items() if name.endswith(ending)), None)
    if kind == "boolean":
        return named if isinstance(named, bool) else False
    if kind in ("integer", "number"):
        return named if isinstance(named, int | float) and not isinstance(named, bool) else _number(schema)
    if kind == "null":
        return None
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if kind == "string":
        return _text(schema, named if isinstance(named, str) else "示例")
    return named if named is not None else "示例"


def _number(schema: Schema) -> Any:
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    value = max(1, low + 1 if "exclusiveMinimum" in schema else low)
    return value if high is None or value <= high else high


def _text(schema: Schema, text: str) -> str:
    shortest, longest = int(schema.get("minLength", 0)), schema.get("maxLength")
    text = text + "示" * (shortest - len(text))
    return text if longest is None else text[: int(longest)]
