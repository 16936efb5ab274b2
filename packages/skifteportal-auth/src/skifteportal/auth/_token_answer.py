"""Reading what the token endpoint answers (guide 3.1.3, RFC 6749 section 5)."""

import json
import math
import re
from collections.abc import Mapping

import attrs

from skifteportal.auth.errors import (
    ClientRefused,
    TokenError,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
)
from skifteportal.core.retry import GATEWAY, retry_after

__all__ = ["Answer", "Issued", "read_answer"]

_TOKEN = re.compile(r"[\x21-\x7e]+")
_CODE = re.compile(r"[A-Za-z_]{1,40}")
_REFUSED = frozenset({400, 401, 403})
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


def read_answer(answer: Answer, *, endpoint: str, hint: str, now: float) -> Issued:
    """Read an answer.

    Args:
        answer: What came back.
        endpoint: The URL that was asked, for errors.
        hint: What to check if the client is refused.
        now: The wall clock, seconds since 1970.

    Raises:
        ClientRefused: 400, 401 or 403.
        TooManyTokenRequests: 429.
        UnexpectedTokenAnswer: Anything else that is no token.
    """
    members = _members(answer.body)
    if answer.status == 200:  # noqa: PLR2004 - the one status with a token (RFC 6749 5.1)
        return _issued(members, answer, endpoint)
    raise _refusal(members, answer, endpoint, hint, now)


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


def _refusal(
    members: dict[str, object] | None, answer: Answer, endpoint: str, hint: str, now: float
) -> TokenError:
    status = answer.status
    asked = retry_after(answer.headers, now)
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE if asked is None else max(asked, _FIRST_PAUSE))
    code = members.get("error") if members else None
    code = code if isinstance(code, str) and _CODE.fullmatch(code) else None
    if status in _REFUSED:
        return ClientRefused(
            f"{endpoint} refused the client ({status}{f' {code}' if code else ''}). {hint}",
            endpoint=endpoint,
            retry_after=max(pause, _REFUSED_PAUSE),
            status=status,
            code=code,
        )
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
        f"{endpoint} answered {status}: {_meaning(status)}",
        endpoint=endpoint,
        retryable=status in GATEWAY,
        retry_after=pause,
        status=status,
    )


def _meaning(status: int) -> str:
    if status in GATEWAY:
        return "it is out of order, or its gateway is. Try later."
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        return (
            "a redirect, which is not followed, since that would send the secret on. Check the "
            "environment's auth_url."
        )
    if status == 404:  # noqa: PLR2004 - Not Found
        return f"there is no login there. Check the environment's auth_url. {_ANOTHER}"
    return f"that is not what a login answers. {_ANOTHER}"
