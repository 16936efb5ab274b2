"""Reading what a token endpoint answers: the login or the exchange (guide 3.1.3, RFC 6749 section 5)."""

import json
import math
import re
from collections.abc import Callable, Mapping

import attrs

from skifteportal.auth.errors import (
    ClientRefused,
    TokenError,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
)
from skifteportal.core.retry import GATEWAY, retry_after

__all__ = ["Answer", "Issued", "Refusal", "Refused", "client_refused", "read_answer"]

_TOKEN = re.compile(r"[\x21-\x7e]+")
_CODE = re.compile(r"[A-Za-z_]{1,40}")
_REFUSED = frozenset({400, 401, 403, 404})
_NOT_FOUND = 404
_FIRST_PAUSE = 1.0
_REFUSED_PAUSE = 5.0
_LONGEST_PAUSE = 300.0
_ANOTHER = "Is a proxy or another server answering in its place?"


@attrs.frozen(repr=False)
class Answer:
    """What came back.

    Attributes:
        status: The HTTP status.
        headers: Its headers.
        body: Its bytes. They never get into a text.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@attrs.frozen(repr=False)
class Issued:
    """A token as it was issued.

    Attributes:
        access_token: The token.
        life: Seconds that it is valid; 0 if the answer does not say, or says that it isn't.
    """

    access_token: str
    life: float


@attrs.frozen(repr=False, kw_only=True)
class Refusal:
    """A request that was refused: 400, 401, 403 or 404.

    Attributes:
        endpoint: The URL that was asked.
        status: The HTTP status.
        code: The OAuth error code (RFC 6749 5.2); None if there is none.
        description: The OAuth error description, in small letters; it never gets into a text.
        foreign: Whether there is a body that is no JSON object, as of a proxy or another server.
        empty: Whether there is no body.
        retry_after: Seconds for which nothing more is to be asked.
    """

    endpoint: str
    status: int
    code: str | None
    description: str
    foreign: bool
    empty: bool
    retry_after: float

    @property
    def answer(self) -> str:
        """Status and code, for a text."""
        return f"{self.status} {self.code}" if self.code else str(self.status)


Refused = Callable[[Refusal], TokenError | None]
"""Says what a refusal means; None if it is nothing that this endpoint would answer."""


def client_refused(hint: str) -> Refused:
    """What a refusal of the login means.

    Args:
        hint: What to check.
    """

    def refused(refusal: Refusal) -> TokenError | None:
        if refusal.status == _NOT_FOUND:
            return None
        return ClientRefused(
            f"{refusal.endpoint} refused the client ({refusal.answer}). {hint}",
            endpoint=refusal.endpoint,
            retry_after=refusal.retry_after,
            status=refusal.status,
            code=refusal.code,
        )

    return refused


def read_answer(
    answer: Answer, *, endpoint: str, setting: str, refused: Refused, now: float
) -> Issued:
    """Read an answer.

    Args:
        answer: What came back.
        endpoint: The URL that was asked, for errors.
        setting: The environment's attribute that holds its host.
        refused: Says what a 400, 401, 403 or 404 means.
        now: The wall clock, seconds since 1970.

    Raises:
        TokenError: What ``refused`` says.
        TooManyTokenRequests: 429.
        UnexpectedTokenAnswer: Anything else that is no token.
    """
    members = _members(answer.body)
    if answer.status == 200:  # noqa: PLR2004 - the one status with a token (RFC 6749 5.1)
        return _issued(members, answer, endpoint)
    pause = _pause(answer, now)
    if answer.status in _REFUSED:
        refusal = _refusal(members, answer, endpoint, max(pause, _REFUSED_PAUSE))
        if (error := refused(refusal)) is not None:
            raise error
    raise _no_token(answer, endpoint, setting, pause)


def _members(body: bytes) -> dict[str, object] | None:
    try:
        members = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None  # pyright: ignore[reportUnknownVariableType]


def _issued(members: dict[str, object] | None, answer: Answer, endpoint: str) -> Issued:
    if members is None:
        kind = answer.headers.get("content-type", "no Content-Type").partition(";")[0]
        problem = f"what should be a JSON object is something else ({kind[:40]}). {_ANOTHER}"
    elif not isinstance(token := members.get("access_token"), str) or not _TOKEN.fullmatch(token):
        problem = "it holds no access_token that could be used."
    elif str(members.get("token_type", "Bearer")).lower() != "bearer":
        problem = "its token_type is not Bearer."
    elif (life := _life(members.get("expires_in"))) is None:
        problem = "its expires_in is not a number of seconds."
    else:
        return Issued(token, life)
    raise UnexpectedTokenAnswer(
        f"The answer of {endpoint} is not what a login gives: {problem}",
        endpoint=endpoint,
        status=answer.status,
        retry_after=_FIRST_PAUSE,
    )


def _life(expires_in: object) -> float | None:
    """Seconds; 0 (use once) if it isn't said or is over, None if it is no number."""
    if expires_in is None:
        return 0.0
    if isinstance(expires_in, bool) or not isinstance(expires_in, int | float | str):
        return None
    try:
        life = float(expires_in)
    except (ValueError, OverflowError):
        return None
    return max(0.0, life) if math.isfinite(life) else None


def _pause(answer: Answer, now: float) -> float:
    asked = retry_after(answer.headers, now)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE if asked is None else max(asked, _FIRST_PAUSE))


def _refusal(
    members: dict[str, object] | None, answer: Answer, endpoint: str, pause: float
) -> Refusal:
    known = members or {}
    code = known.get("error")
    return Refusal(
        endpoint=endpoint,
        status=answer.status,
        code=code if isinstance(code, str) and _CODE.fullmatch(code) else None,
        description=str(known.get("error_description", "")).lower(),
        foreign=members is None and bool(answer.body),
        empty=not answer.body,
        retry_after=pause,
    )


def _no_token(answer: Answer, endpoint: str, setting: str, pause: float) -> TokenError:
    status = answer.status
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        pause = max(pause, _REFUSED_PAUSE)
        return TooManyTokenRequests(
            f"{endpoint} takes no more requests for now (429). Nothing more is asked for "
            f"{pause:.0f} s. Use one credential for all clients and threads: it asks for a token "
            "about every four minutes.",
            endpoint=endpoint,
            retryable=True,
            retry_after=pause,
        )
    return UnexpectedTokenAnswer(
        f"{endpoint} answered {status}: {_meaning(status, setting)}",
        endpoint=endpoint,
        retryable=status in GATEWAY,
        retry_after=pause,
        status=status,
    )


def _meaning(status: int, setting: str) -> str:
    if status in GATEWAY:
        return "it is out of order, or its gateway is. Try later."
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        return (
            "a redirect, which is not followed, since that would send the secret on. Check the "
            f"environment's {setting}."
        )
    if status == _NOT_FOUND:
        return f"there is no login there. Check the environment's {setting}. {_ANOTHER}"
    return f"that is not what a login answers. {_ANOTHER}"
