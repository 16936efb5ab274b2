"""Asking a token endpoint for a token: one form, one short-lived client, one answer.

A client per request costs 0.07 ms on a kept SSLContext, survives a fork, and needs no closing.
"""

import os
import platform
import ssl
from collections.abc import Callable, Mapping
from importlib.metadata import version

import attrs
from typing_extensions import override

from skifteportal.auth._clock import Clock
from skifteportal.auth._token import Token
from skifteportal.auth._token_answer import Answer, Refused, read_answer
from skifteportal.auth._transport_failure import FAILURES, explain
from skifteportal.auth.errors import (
    AuthUnreachable,
    CertificateRefused,
    TokenError,
    UnexpectedTokenAnswer,
)
from skifteportal.core import _http
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.redaction import LOGGER
from skifteportal.core.retry import GATEWAY

__all__ = ["TokenEndpoint"]

_DEADLINE = 20.0
_CONNECT = 5.0
_RETRY_PAUSE = 0.5
_LONGEST_BODY = 1 << 20


@attrs.frozen(kw_only=True, repr=False, eq=False)
class TokenEndpoint:
    """A place that issues tokens: the login, or the exchange.

    Attributes:
        url: Where to post the form.
        ssl_context: Gives the context to use, with or without a certificate.
        certificate: What to call the certificate that is shown; None if none is.
        setting: The environment's attribute that holds its host.
        refused: Says what a refusal means.
        clock: The time.
        proxy: The proxy's URL; None for the environment variables'.
        transport: Used instead of the network; left open.
        process: The process that it was made in: a transport has connections, which are that one's.
    """

    url: str
    ssl_context: Callable[[], ssl.SSLContext]
    certificate: str | None
    setting: str
    refused: Refused
    clock: Clock
    proxy: str | None = None
    transport: _http.BaseTransport | None = None
    process: int = attrs.field(factory=os.getpid)

    def fetch(self, form: Callable[[], Mapping[str, str]]) -> Token:
        """Ask for a token, within 20 s; once more if no answer came or a gateway failed.

        Args:
            form: Makes the form's fields, anew for each attempt: a signed assertion is good once.

        Raises:
            TokenError: There is none, and why. It has no tie to the request.
            ConfigurationError: The transport is that of the process which this one was forked from.
        """
        if self.transport is not None and self.process != os.getpid():
            raise ConfigurationError(
                "The credential was made before this process was forked, with a transport of yours: its "
                "connections are the parent's, and can't be shared. Make both anew in the child."
            )
        deadline = self.clock.monotonic() + _DEADLINE
        try:
            return self._attempt(form(), deadline)
        except TokenError as error:
            failure = error
        if _worth_another(failure) and self.clock.monotonic() + _RETRY_PAUSE < deadline:
            LOGGER.info("token request failed, once more: %s", failure)
            self.clock.sleep(_RETRY_PAUSE)
            try:
                return self._attempt(form(), deadline)
            except TokenError as error:
                failure = error
        LOGGER.warning("token request failed: %s", failure)
        raise failure

    def _attempt(self, form: Mapping[str, str], deadline: float) -> Token:
        asked_at, asked_at_wall = self.clock.monotonic(), self.clock.wall()
        answer = self._send(form, deadline)
        issued = read_answer(
            answer,
            endpoint=self.url,
            setting=self.setting,
            refused=self.refused,
            now=self.clock.wall(),
        )
        LOGGER.info("token from %s for %g s", self.url, issued.life)
        return Token.living(
            issued.access_token,
            life=issued.life,
            asked_at=asked_at,
            asked_at_wall=asked_at_wall,
            jitter=self.clock.jitter(),
        )

    def _send(self, form: Mapping[str, str], deadline: float) -> Answer:
        context = self.ssl_context()
        left = deadline - self.clock.monotonic()
        try:
            with (
                _http.Client(
                    verify=context,
                    transport=self.transport and _Borrowed(self.transport),
                    proxy=self.proxy,
                    timeout=_http.Timeout(left, connect=min(left, _CONNECT)),
                    follow_redirects=False,  # a 307 would carry the secret elsewhere
                    headers={"User-Agent": _user_agent(), "Accept": "application/json"},
                ) as client,
                client.stream("POST", self.url, data=form) as response,
            ):
                return Answer(
                    response.status_code, response.headers, self._read(response, deadline)
                )
        except FAILURES as error:
            failure = explain(
                error, endpoint=self.url, certificate=self.certificate, proxy=self.proxy
            )
        raise failure  # here, not above: so the request is not in its context either

    def _read(self, response: _http.Response, deadline: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > _LONGEST_BODY:
                raise UnexpectedTokenAnswer(
                    f"{self.url} answered with more than 1 MiB, which is no token.",
                    endpoint=self.url,
                    status=response.status_code,
                    retry_after=1.0,
                )
            if self.clock.monotonic() > deadline:
                raise AuthUnreachable(
                    f"{self.url} did not finish its answer within {_DEADLINE:.0f} s.",
                    endpoint=self.url,
                    retryable=True,
                )
        return bytes(body)


def _worth_another(error: TokenError) -> bool:
    if isinstance(error, UnexpectedTokenAnswer):
        return error.status in GATEWAY and error.retry_after <= 1.0
    return error.retryable and isinstance(error, (AuthUnreachable, CertificateRefused))


def _user_agent() -> str:
    python = ".".join(platform.python_version_tuple()[:2])
    return f"skifteportal-auth/{version('skifteportal-auth')} python/{python}"


class _Borrowed(_http.BaseTransport):
    """A transport of the user's, which our short-lived client must not close."""

    def __init__(self, transport: _http.BaseTransport) -> None:
        self._transport = transport

    @override
    def handle_request(self, request: _http.Request) -> _http.Response:
        return self._transport.handle_request(request)
