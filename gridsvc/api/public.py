"""What answers without a session: the one list. Every other operation of the API refuses a stranger with 401."""

# A new entry is a decision. Pages that hold no data (the login, scripts, styles) are not operations of the API.
OPEN_OPERATIONS = frozenset(
    {
        "GET /health",
        "GET /ready",
        "GET /api/v1/problems",
        "POST /api/v1/session",
        "DELETE /api/v1/session",
    }
)

# Addresses outside the description of the API that answer a stranger with something.
OPEN_PAGES = frozenset(
    {
        "/",  # leads to the login
        "/login",
        "/command",  # pages are empty without their data, which asks for a session
        "/visit",
        "/visit-worker.js",
        "/admin",
        "/people",
        "/plan",
        "/plan/{plan_id}",
        "/favicon.ico",
        "/docs",
        "/openapi.json",
        "/problems/{code}",
        "/static",
        "/maps/{name}.html",  # leads to the login
    }
)
