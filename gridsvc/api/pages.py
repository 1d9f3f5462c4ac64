"""The pages people open, as built from `web/`, and who is led to which."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gridsvc.api import deps
from gridsvc.core.errors import InstallationFault

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parent.parent / "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"


class CachedFiles(StaticFiles):
    """Files whose hashed names never change their content are kept by browsers; the others are asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = FOR_A_YEAR if is_hashed else REVALIDATED
        return response


def static_files() -> CachedFiles:
    """Everything that was built from `web/`."""
    return CachedFiles(directory=STATIC, check_dir=False)


def page(name: str) -> Response:
    """A built page."""
    return built(f"{name}.html")


def built(name: str, *, media_type: str = "text/html") -> Response:
    """A file with a lasting name; raises InstallationFault when the front end was not built."""
    file = STATIC / name
    if not file.exists():
        raise InstallationFault("The front end is not built; run scripts/setup.")
    return FileResponse(file, media_type=media_type, headers={"Cache-Control": REVALIDATED})


@router.get("/")
def start(visitor: deps.Visitor) -> Response:
    """Lead everybody to the page they work with."""
    if visitor is None:
        return RedirectResponse("/login", status_code=303)
    return RedirectResponse("/visit" if visitor.roles == {"worker"} else "/command", status_code=303)


@router.get("/login")
def login() -> Response:
    """Where one logs in."""
    return page("login")


@router.get("/command")
def command() -> Response:
    """The command center's map."""
    return page("command")


@router.get("/admin")
def admin() -> Response:
    """Accounts, rights, the management tree, settings, imports, the net's health, the audit, programs."""
    return page("admin")


@router.get("/people")
def people() -> Response:
    """Posts, workers, vacancies, leave, norms and hand-overs, with the map of the same rows."""
    return page("people")


@router.get("/visit")
def visit() -> Response:
    """The grid worker's phone page."""
    return page("visit")


@router.get("/visit-worker.js")
def visit_worker() -> Response:
    """What lets a phone open its page without a network; it lies here because it may only serve pages beside it."""
    return built("visit-worker.js", media_type="text/javascript")


@router.get("/plan")
@router.get("/plan/{plan_id}")
def plan() -> Response:
    """The planner's page: the list of plans, and one of them on the map."""
    return page("plan")


@router.get("/favicon.ico")
def favicon() -> Response:
    """The icon browsers ask for unasked."""
    file = STATIC / "favicon.svg"
    return FileResponse(file, media_type="image/svg+xml") if file.exists() else Response(status_code=204)
