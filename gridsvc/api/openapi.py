"""The description of the API, completed: how one proves who one is, refusals, shapes of text answers, and examples."""

from collections.abc import Iterable, Iterator
from typing import Any

from gridsvc.api import problems
from gridsvc.api.cookies import HOST_BOUND, PLAIN
from gridsvc.api.documented import DOCUMENTS
from gridsvc.api.examples import example
from gridsvc.api.public import OPEN_OPERATIONS

Description = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete", "head", "options")
REFERENCE = "#/components/schemas/{model}"

SECURITY_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": PLAIN,
        "description": f"From `POST /api/v1/session`; over TLS it is called `{HOST_BOUND}`. Writes also need the "
        "header `X-Gridsvc` (any value) and must come from our own pages.",
    },
    "token": {"type": "http", "scheme": "bearer", "description": "For programs, from `POST /api/v1/tokens`."},
}
REFUSED = {
    "type": "/problems/invalid_input",
    "title": "invalid input",
    "status": 422,
    "code": "invalid_input",
    "detail": "The input is not valid.",
    "faults": [{"place": "query.as_of", "code": "no_zone", "message": "The moment has no time zone."}],
}
UNAVAILABLE = {
    "type": "/problems/unavailable",
    "title": "unavailable",
    "status": 503,
    "code": "unavailable",
    "detail": "The database does not answer; nothing was stored.",
    "faults": [],
}
SHARED = {
    "4XX": {"$ref": "#/components/responses/Refused"},
    "5XX": {"$ref": "#/components/responses/Unavailable"},
}
SHARED_ANSWERS = {
    "Refused": problems.RESPONSES["4XX"] | {"content": {problems.MEDIA_TYPE: problems.CONTENT | {"example": REFUSED}}},
    "Unavailable": problems.RESPONSES["5XX"]
    | {"content": {problems.MEDIA_TYPE: problems.CONTENT | {"example": UNAVAILABLE}}},
}


def operations(description: Description) -> Iterator[tuple[str, Description]]:
    """Every operation as "METHOD /path" with its description."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield f"{method.upper()} {path}", operation


def complete(description: Description) -> Description:
    """The framework's description with what it cannot know; changed in place and returned."""
    components = description.setdefault("components", {})
    models: Description = components.setdefault("schemas", {})
    components["securitySchemes"] = SECURITY_SCHEMES
    components["responses"] = SHARED_ANSWERS
    models["Problem"], models["ProblemFault"] = problems.SCHEMA, problems.FAULT_SCHEMA
    for name, operation in operations(description):
        _describe_text(operation, name, models)
        operation["responses"] |= SHARED
        operation["security"] = [] if name in OPEN_OPERATIONS else [{scheme: []} for scheme in SECURITY_SCHEMES]
    for model in models.values():
        _mend_example(model)
    for _, operation in operations(description):
        _exemplify(operation, models)
        _drop_titles(parameter["schema"] for parameter in operation.get("parameters", ()))
    for model in models.values():
        _drop_titles(model.get("properties", {}).values())
    components["schemas"] = dict(sorted(models.items()))
    return description


def _drop_titles(schemas: Iterable[Description]) -> None:
    """Take away titles that only repeat the name of the field."""
    for schema in schemas:
        schema.pop("title", None)


def _describe_text(operation: Description, name: str, models: Description) -> None:
    """Put the model of an answer that is made as text beside the others."""
    if name not in DOCUMENTS:
        return
    media_type, model = DOCUMENTS[name]
    schema = model.model_json_schema(ref_template=REFERENCE, mode="serialization")
    models |= schema.pop("$defs", {})
    models[model.__name__] = schema
    answer = operation["responses"].setdefault("200", {"description": model.__doc__})
    answer["content"] = {media_type: {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}}


def _mend_example(model: Description) -> None:
    """Put back the nulls of a model's own example: the framework leaves out whatever is null."""
    given = model.get("example")
    if not isinstance(given, dict):
        return
    for name in model.get("required", ()):
        if name not in given and {"type": "null"} in model["properties"][name].get("anyOf", ()):
            given[name] = None


def _exemplify(operation: Description, models: Description) -> None:
    """Give every body and every answer an example, unless its route has given one."""
    for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in holder.get("content", {}).values():
            if content.get("schema") and "example" not in content and "examples" not in content:
                content["example"] = example(content["schema"], models)
    for parameter in operation.get("parameters", ()):
        if parameter["required"] and "example" not in parameter and not parameter["schema"].get("examples"):
            parameter["example"] = example(parameter["schema"], models, parameter["name"])
