"""The API process, `python -m gridsvc.api.serving`: uvicorn with what this service needs of it."""

import socket
import sys
from contextlib import suppress
from typing import Any

import uvicorn
from fastapi import FastAPI

from gridsvc.api.app import create_app
from gridsvc.infra.settings import Settings, get_settings

# Of TLS 1.2 what keeps past talks secret when the key is lost one day; TLS 1.3 has nothing else.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
# A connection must be given up by whoever asks, never by the service first: else a request that is on its way just then
# is lost. Browsers and programs ask again; a proxy may not, and keeps connections for one or two minutes.
KEEP_ALIVE_S = 30
KEEP_ALIVE_OF_PROXY_S = 150
END_PATIENCE_S = 5
FAILED_TO_START = 3


class Server(uvicorn.Server):
    """Serves the application. When it is to end, streams end first: they would be waited for until patience is over."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(uvicorn.Config(self._make, factory=True, **options(settings)))
        self._made: FastAPI | None = None

    def _make(self) -> FastAPI:
        self._made = create_app()
        return self._made

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was asked, and end."""
        if self._made is not None:
            self._made.state.gridsvc.news.end()
        await super().shutdown(sockets)


def options(settings: Settings) -> dict[str, Any]:
    """What uvicorn is told."""
    level = "warning" if settings.log_level == "info" else settings.log_level  # one line of ours says that it serves
    told: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_level": level,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": END_PATIENCE_S,
        "timeout_keep_alive": KEEP_ALIVE_OF_PROXY_S if settings.trusted_proxy else KEEP_ALIVE_S,
        "proxy_headers": settings.trusted_proxy is not None,
        "forwarded_allow_ips": settings.trusted_proxy,
    }
    if settings.tls_cert and settings.tls_key:
        told |= {"ssl_certfile": settings.tls_cert, "ssl_keyfile": settings.tls_key, "ssl_ciphers": CIPHERS}
    return told


def main() -> int:
    """Serves with the settings of the environment until INT or TERM; 3 when the address cannot be had."""
    server = Server(get_settings())
    with suppress(KeyboardInterrupt):  # uvicorn hands on what made it end
        server.run()
    return 0 if server.started else FAILED_TO_START


if __name__ == "__main__":
    sys.exit(main())
