"""The control port: plain HTTP on loopback, for the command line, for test suites in any language, and for the inspector.

    GET  /_sandbox/info     what this sandbox is, and every path of this port with the JSON Schema of its body
    POST /_sandbox/reset    and so on: the table is `skifteportal.sandbox.control.commands.COMMANDS`
         /court/…           the court's acts: `skifteportal.sandbox.court.COURT`
    GET  /_sandbox/dump     everything that the portal remembers, in pieces
    POST /_sandbox/load     the other way round: all of it, or nothing
    GET  /_sandbox/journal/live   each call as it is answered (Server-Sent Events: `data` is an entry of the journal)

Bodies and answers are JSON objects. 200 with what came of it; else the body has `message` and, where they are known, `code` (the
portal's business code) and `field`, and nothing was changed: 400 for a body that breaks the schema or what the portal
or the court refuses, 404 for what is not there, 403 for a caller from another site, 415 for a body of another type.

Whoever is on this machine may call it, but no web page of another site: the Host header must name loopback (or a
page could reach the port by DNS rebinding), an Origin must be this port's own, and what changes anything
needs `Content-Type: application/json`, which no form can send.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from skifteportal.sandbox.answers import Fault, json_answer, json_object, read_json
from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.commands import COMMANDS
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.live import LIVE, LiveJournal
from skifteportal.sandbox.control.pages import PAGES, page
from skifteportal.sandbox.court import COURT, Act
from skifteportal.sandbox.errors import Refused, SandboxError
from skifteportal.sandbox.fault_place import place_of
from skifteportal.sandbox.loop_thread import LoopThread

__all__ = ["ControlServer"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_SILENT: Final = logging.getLogger("skifteportal.sandbox.aiohttp")
_SILENT.propagate = False  # what goes wrong is answered and logged here; the rest is who went away
_SILENT.addHandler(logging.NullHandler())
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_READING: Final = frozenset({"GET", "HEAD"})
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_MAX_BODY: Final = 1024 * 1024

DUMP: Final = "/_sandbox/dump"
LOAD: Final = "/_sandbox/load"

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _json(value: Any, *, status: int = 200) -> web.Response:
    answer = json_answer(status, value)
    return web.Response(status=status, headers=list(answer.headers), body=answer.body)


def _problem(
    status: int, message: str, *, code: str | None = None, field: str | None = None
) -> web.Response:
    body = {"status": status, "code": code, "field": field, "message": message}
    return _json({name: value for name, value in body.items() if value is not None}, status=status)


def _check_site(request: web.Request) -> web.Response | None:
    """Refuse what a page of another site sent."""
    try:
        name = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    except ValueError:
        name = None
    if name not in _LOOPBACK:
        return _problem(403, "The Host header must name this machine: 127.0.0.1, ::1 or localhost")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.headers['Host']}":
        return _problem(403, "Only this port's own pages may call it")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        return _problem(415, "Send the body as it is, not compressed", field="Content-Encoding")
    if request.method not in _READING and request.content_type != "application/json":
        return _problem(415, "Send Content-Type: application/json", field="Content-Type")
    return None


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return _check_site(request) or await handler(request)
    except (Fault, SandboxError, web.HTTPException) as error:
        return _refusal(error)
    except Exception as error:  # noqa: BLE001 - the caller gets a clear answer, the log the place
        route = request.match_info.route.resource  # never the path itself, which holds ids
        where = route.canonical if route is not None else request.method
        text = f"The sandbox failed at {where}: {type(error).__name__} {place_of(error)}"
        _LOGGER.error("%s", text)  # noqa: TRY400 - a traceback may quote the request
        return _problem(500, f"{text}. This is a fault of the sandbox's: please report it.")


def _refusal(error: Fault | SandboxError | web.HTTPException) -> web.Response:
    if isinstance(error, Fault | Refused):
        return _problem(error.status, error.message, code=error.code, field=error.field)
    if isinstance(error, SandboxError):
        return _problem(400, str(error))
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return _problem(413, f"The body is larger than {_MAX_BODY} bytes; only {LOAD} takes more")
    return _problem(error.status, f"{error.reason}: GET /_sandbox/info lists the paths")


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.method in _READING:
        return dict(request.query)
    content = await request.read()
    try:
        body = json_object(read_json(content or b"{}"))
    except ValueError as error:
        raise Fault(400, str(error)) from None
    if body is None:
        raise Fault(400, "The body must be a JSON object")
    return body


async def _show_page(request: web.Request) -> web.Response:
    return page(request.path)


class ControlServer:
    """Serves the control port on a socket that already listens, until stopped.

    Args:
        listener: A bound and listening socket.
        control: What is to be controlled.
    """

    def __init__(self, listener: socket.socket, control: Control) -> None:
        self._listener = listener
        self._control = control
        self._thread = LoopThread("sandbox-control")
        self._application = web.Application(middlewares=[_guarded], client_max_size=_MAX_BODY)
        self._application.on_response_prepare.append(_add_headers)
        for command in COMMANDS:
            self._route(command.method, command.path, self._commanding(command))
        for act in COURT.values():
            self._route(act.method, act.path, self._acting(act))
        self._route("GET", DUMP, self._dump)
        self._route("POST", LOAD, self._load)
        self._live = LiveJournal(control.journal)
        self._route("GET", LIVE, self._live.tell)
        for path in PAGES:
            self._route("GET", path, _show_page)
        self._runner = web.AppRunner(
            self._application, access_log=None, logger=_SILENT, shutdown_timeout=1.0
        )

    def _route(self, method: str, path: str, handler: Handler) -> None:
        self._application.router.add_route(method, path, handler)

    def _commanding(self, command: Command) -> Handler:
        async def commanding(request: web.Request) -> web.Response:
            body = await _body(request)
            command.check(body, status=400)
            path = dict(request.match_info)
            return _json(await asyncio.to_thread(command.run, self._control, path, body))

        return commanding

    def _acting(self, act: Act) -> Handler:
        async def acting(request: web.Request) -> web.Response:
            path, body = dict(request.match_info), await _body(request)
            return _json(await asyncio.to_thread(self._act, act, body, path))

        return acting

    async def _dump(self, request: web.Request) -> web.StreamResponse:
        pieces = await asyncio.to_thread(self._control.dump)
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):  # who asked went away
            while piece := await asyncio.to_thread(next, pieces, b""):
                await response.write(piece)
        return response

    async def _load(self, request: web.Request) -> web.Response:
        loop, content = asyncio.get_running_loop(), request.content

        def pieces() -> Iterator[bytes]:
            while piece := asyncio.run_coroutine_threadsafe(content.readany(), loop).result():
                yield piece

        try:
            await asyncio.to_thread(self._control.load, pieces())
        except SandboxError:
            async for _ in content.iter_any():
                pass  # who is still sending hears of it only afterwards
            raise
        return _json({})

    def _act(self, act: Act, body: dict[str, Any], path: dict[str, str]) -> Any:
        return self._control.court(act.name, body, **path)

    def start(self) -> None:
        """Begin to serve, in a thread of its own; return when requests are answered."""
        self._thread.start()
        self._thread.call(self._serve())

    async def _serve(self) -> None:
        await self._runner.setup()
        await web.SockSite(self._runner, self._listener).start()

    async def _close(self) -> None:
        self._live.end()
        await self._runner.cleanup()

    def stop(self) -> None:
        """Stop serving and close every connection."""
        self._thread.call(self._close())
        self._thread.stop()
