"""Our side: credentials as a user makes them, and calls with their tokens."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import attrs
from typing_extensions import override

from skifteportal.auth import Certificate, ClientSecretCredential, SignedAssertionCredential
from skifteportal.auth._clock import Clock
from skifteportal.core import Environment, _http

if TYPE_CHECKING:
    import ssl

    from certificates import Certificates

__all__ = ["CLIENT", "SECRET", "THREADS", "Logins", "Through", "at", "get", "together"]

CLIENT = "anvender"
SECRET = "made-up-secret"
THREADS = 200
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Through(_http.BaseTransport):
    """Carries token requests under another TLS context than the credential's, and keeps the last."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self.sent = b""

    @override
    def handle_request(self, request: _http.Request) -> _http.Response:
        self.sent = request.read()
        with _http.Client(verify=self._context) as client:
            answer = client.post(request.url, content=self.sent, headers=FORM)
        return _http.Response(answer.status_code, content=answer.content)


@attrs.frozen(kw_only=True)
class Logins:
    """Makes credentials of both variants.

    Attributes:
        environment: Where the peer is.
        certificates: Who takes part.
        audience: Whom assertions are for; None for the guide's.
    """

    environment: Environment
    certificates: Certificates
    audience: str | None = None

    def secret(
        self,
        *,
        client: str = CLIENT,
        secret: str = SECRET,
        certificate: Certificate | None = None,
        clock: Clock | None = None,
        transport: Through | None = None,
    ) -> ClientSecretCredential:
        """Variant A, with the reporter's certificate unless told."""
        return ClientSecretCredential(
            self.environment,
            client_id=client,
            client_secret=secret,
            certificate=certificate or self.certificates.own,
            clock=clock,
            transport=transport,
        )

    def assertion(
        self,
        *,
        certificate: Certificate | None = None,
        signer: Certificate | None = None,
        issuer: str | None = None,
        audience: str | None = None,
        include_thumbprint: bool = False,
        clock: Clock | None = None,
        transport: Through | None = None,
    ) -> SignedAssertionCredential:
        """Variant B; the reporter both shows and signs unless told."""
        return SignedAssertionCredential(
            self.environment,
            certificate=certificate or self.certificates.own,
            signer=signer or self.certificates.own,
            issuer=issuer,
            audience=audience or self.audience,
            include_thumbprint=include_thumbprint,
            clock=clock,
            transport=transport,
        )

    def shown(self, certificate: Certificate) -> ssl.SSLContext:
        """Return a context that shows a certificate to the peer."""
        return certificate.ssl_context(ca_file=self.environment.ca_file)

    def post(self, form: str | bytes) -> str:
        """Post a form to the login as it is, past our library; return status and OAuth error."""
        with _http.Client(verify=self.shown(self.certificates.own)) as client:
            answer = client.post(self.environment.token_endpoint, content=form, headers=FORM)
        return f"{answer.status_code} {answer.json().get('error', 'token')}"


def at(*, offset: float) -> Clock:
    """Return a clock that is wrong by some seconds."""
    return Clock(wall=lambda: time.time() + offset)


def get(
    auth: _http.Auth | None, path: str, *, base: str, context: ssl.SSLContext
) -> _http.Response:
    """Call, with a token if there is an auth."""
    with _http.Client(auth=auth, verify=context, timeout=30) as client:
        return client.get(base + path)


class _Gate(_http.BaseTransport):
    """Sends each request on a connection of its own, some at a time.

    A pool that many threads share hands out connections that are being closed (httpcore 1.0, seen on busy machines).
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._places = threading.BoundedSemaphore(20)

    @override
    def handle_request(self, request: _http.Request) -> _http.Response:
        with self._places, _http.Client(verify=self._context, timeout=60) as client:
            return client.send(request)


def together(auth: _http.Auth, path: str, *, base: str, context: ssl.SSLContext) -> str:
    """Call from many threads at once; return the answers' statuses, counted."""
    start = threading.Barrier(THREADS)
    with (
        _http.Client(auth=auth, transport=_Gate(context)) as client,
        ThreadPoolExecutor(THREADS) as threads,
    ):

        def call(_: int) -> int:
            start.wait(timeout=60)
            return client.get(base + path).status_code

        statuses = Counter(threads.map(call, range(THREADS)))
    return ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
