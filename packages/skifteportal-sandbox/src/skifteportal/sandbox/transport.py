"""The portal in the caller's own process: an httpx transport that asks its heart, without sockets and TLS."""

from typing import Final

from typing_extensions import override

from skifteportal.core._http import (
    AsyncBaseTransport,
    BaseTransport,
    ConnectError,
    ReadError,
    Response,
)
from skifteportal.core._http import (
    Request as HttpRequest,
)
from skifteportal.core.environments import TEST, Environment
from skifteportal.sandbox.messages import Answer, Request, Role
from skifteportal.sandbox.portal import Portal

__all__ = ["SandboxTransport"]

_HTTPS: Final = 443


def _origin(url: str) -> str:
    return url.split("/")[2]


class SandboxTransport(BaseTransport, AsyncBaseTransport):
    """Answers httpx clients, sync and async, from a portal in memory.

    No TLS is spoken, so the certificate is given here, and only whether there is one is judged.

    Args:
        portal: The portal.
        environment: Whose addresses the client calls; the portal's test environment unless given.
        certificate: The client certificate that the login sees, DER; without one the login hangs up.
    """

    def __init__(
        self, portal: Portal, *, environment: Environment = TEST, certificate: bytes | None = None
    ) -> None:
        self._portal = portal
        self._certificate = certificate
        self._roles: dict[str, Role] = {
            _origin(environment.auth_url): "sysauth",
            _origin(environment.exchange_url): "auth",
            _origin(environment.api_url): "api",
        }

    def _answer(self, request: HttpRequest, body: bytes) -> Response:
        role = self._roles.get(request.url.netloc.decode())
        if role is None:
            raise ConnectError("The sandbox has no such host", request=request)
        certificate = self._certificate if role == "sysauth" else None
        if role == "sysauth" and certificate is None:
            # what a client meets under TLS 1.3: the refusal comes after the connection
            raise ReadError("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]", request=request)
        answer: Answer = self._portal.handle(
            Request(
                role=role,
                method=request.method,
                target=request.url.raw_path.decode(),
                headers=tuple(request.headers.multi_items()),
                body=body,
                certificate=certificate,
            )
        )
        headers = [*answer.headers, ("Content-Length", str(len(answer.body)))]
        return Response(answer.status, headers=headers, content=answer.body, request=request)

    @override
    def handle_request(self, request: HttpRequest) -> Response:
        return self._answer(request, request.read())

    @override
    async def handle_async_request(self, request: HttpRequest) -> Response:
        return self._answer(request, await request.aread())
