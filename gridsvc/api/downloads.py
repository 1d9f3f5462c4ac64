"""Tables that are taken along, on the wire: a file by its name that nobody on the way keeps."""

from typing import Any, Literal

from fastapi import Response

Form = Literal["csv", "xlsx"]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CSV, XLSX = "text/csv", MEDIA_TYPES["xlsx"]


def told_as_table(description: str, *, csv: str | None = None, xlsx: bool = True) -> dict[int | str, dict[str, Any]]:
    """The answers of an operation that gives a table, for the description of the API; `csv` is an example of one."""
    content: dict[str, Any] = {} if csv is None else {CSV: {"example": csv}}
    return {200: {"content": content | ({XLSX: {"example": "PK…"}} if xlsx else {}), "description": description}}


def download(content: bytes, name: str, form: Form = "xlsx") -> Response:
    """The table as a file; `name` is without its ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)
