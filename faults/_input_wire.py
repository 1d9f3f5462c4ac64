"""Requests as bytes, over a few connections at once, each as fast as it is answered; nothing is made well-formed."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

PATIENCE_S = 30.0
# Failed logins are counted by address; those that are tried out must not slow down the logins of the trial itself.
SENDER = ("127.9.9.9", 0)
OUR_OWN = b"Connection: close"


@dataclass(frozen=True)
class Case:
    """One request: whose it is, what kind of fault is in it, and its bytes. `role` None: by nobody."""

    operation: str
    kind: str
    role: str | None
    line: bytes
    headers: tuple[bytes, ...] = ()
    body: bytes | None = None
    chunked: bool = False
    endless: bool = False

    @property
    def shows_session(self) -> bool:
        """Whether it goes out with the session of its role and nothing that could be taken for another one."""
        names = {header.split(b":", 1)[0].lower() for header in self.headers}
        return self.role is not None and not names & {b"cookie", b"authorization"}


@dataclass(frozen=True)
class Reply:
    """The answer to a case; status 0: the connection was closed without one, or none came in time."""

    case: Case
    status: int
    ms: float
    head: bytes = b""
    body: bytes = b""

    @property
    def is_problem(self) -> bool:
        """Whether the answer is a problem document."""
        return b"application/problem+json" in self.head.lower()


@dataclass
class Wire:
    """Connections to one port on this machine. `cookies` are the sessions by role, as the header wants them."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    async def send_all(self, cases: Iterable[Case], connections: int, note: Callable[[Reply], None]) -> None:
        """Sends the cases in their order over so many connections and notes each answer."""
        waiting = iter(cases)

        async def one_after_the_other() -> None:
            stream: Stream | None = None
            for case in waiting:
                if stream is None:
                    stream = await asyncio.open_connection("127.0.0.1", self.port, local_addr=SENDER)
                reply, stays = await self._ask(stream, case)
                note(reply)
                if not stays:
                    stream[1].close()
                    stream = None
            if stream is not None:
                stream[1].close()

        await asyncio.gather(*(one_after_the_other() for _ in range(connections)))

    async def _ask(self, stream: "Stream", case: Case) -> tuple[Reply, bool]:
        began = time.perf_counter()
        try:
            stream[1].write(self._bytes(case))
            async with asyncio.timeout(PATIENCE_S):
                head, body, stays = await _answer(stream[0], case)
            status = int(head[9:12])
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
            head, body, stays, status = b"", b"", False, 0
        return Reply(case, status, (time.perf_counter() - began) * 1000, head, body), stays

    def _bytes(self, case: Case) -> bytes:
        lines = [case.line + b" HTTP/1.1"]
        names = {header.split(b":", 1)[0].lower() for header in case.headers}
        if b"host" not in names:
            lines.append(b"Host: 127.0.0.1:%d" % self.port)
        if b"x-gridsvc" not in names:
            lines.append(b"X-Gridsvc: web")
        if case.role is not None and case.shows_session:
            lines.append(b"Cookie: " + self.cookies[case.role].encode())
        body = case.body
        if body is not None and case.chunked:
            lines.append(b"Transfer-Encoding: chunked")
            pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        elif body is not None:
            lines.append(b"Content-Length: %d" % len(body))
        return b"\r\n".join([*lines, *case.headers, b"", body or b""])


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _answer(reader: asyncio.StreamReader, case: Case) -> tuple[bytes, bytes, bool]:
    """Head and body of an answer, and whether the connection may be used again."""
    head = await reader.readuntil(b"\r\n\r\n")
    low = head.lower()
    stays = b"\r\nconnection: close" not in low and not case.endless
    if case.endless and head[9:12] == b"200":
        return head, b"", False
    if case.line.startswith(b"HEAD") or head[9:12] in (b"204", b"304"):
        return head, b"", stays
    if b"\r\ntransfer-encoding: chunked" in low:
        return head, await _chunks(reader), stays
    for line in low.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return head, await reader.readexactly(int(line[15:])), stays
    return head, await reader.read(), False


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
