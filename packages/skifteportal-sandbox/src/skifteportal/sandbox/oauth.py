"""What login and token exchange share: forms in, tokens or OAuth's refusals out (RFC 6749, section 5).

Refusals have Keycloak's shape, since the portal's realm is one of Keycloak's; which it really sends is not known.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from skifteportal.sandbox.answers import json_answer
from skifteportal.sandbox.messages import Answer, Request

__all__ = ["Refused", "failed", "not_allowed", "read_form", "refusal", "token_answer"]

_FORM: Final = "application/x-www-form-urlencoded"
_SERVER: Final = 500
_UNCACHED: Final = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))


def refusal(status: int, error: str, description: str | None = None) -> Answer:
    """Write a refusal.

    Args:
        status: HTTP status.
        error: OAuth's code.
        description: What is wrong, for people.
    """
    body = {"error": error}
    if description is not None:
        body["error_description"] = description
    return json_answer(status, body, headers=_UNCACHED)


def failed(status: int, description: str) -> Answer:
    """Write a refusal that is not OAuth's own: the code goes by the status.

    Args:
        status: HTTP status.
        description: What is wrong, for people.
    """
    unavailable = status >= _SERVER
    return refusal(
        status, "temporarily_unavailable" if unavailable else "invalid_request", description
    )


class Refused(Exception):  # noqa: N818 - becomes an answer
    """A refusal on its way to the caller.

    Attributes:
        answer: What the caller gets.
    """

    def __init__(self, status: int, error: str, description: str | None = None) -> None:
        super().__init__(error)
        self.answer = refusal(status, error, description)


def not_allowed(method: str) -> Answer:
    """Refuse a method where only another is taken."""
    answer = refusal(405, "HTTP 405 Method Not Allowed")
    return Answer(status=405, headers=(*answer.headers, ("Allow", method)), body=answer.body)


def read_form(request: Request, *, repeatable: str | None = None) -> dict[str, str]:
    """Read a form.

    Args:
        request: The request.
        repeatable: A field that may be given twice with the same value, but for spaces around it.

    Raises:
        Refused: It is no form, cannot be read, or gives a field twice.
    """
    kind = (request.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise Refused(415, "HTTP 415 Unsupported Media Type")
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=50
        )
    except ValueError:
        raise Refused(400, "invalid_request", "The form cannot be read") from None
    form: dict[str, str] = {}
    for name, sent in pairs:
        value = sent.strip() if name == repeatable else sent
        if name in form and (name != repeatable or form[name] != value):
            raise Refused(400, "invalid_request", "duplicated parameter")
        form[name] = value
    return form


def token_answer(
    *, access_token: str, id_token: str, seconds: int, extra: Mapping[str, Any] | None = None
) -> Answer:
    """Answer with a token, member for member as the guide prints it (example 3).

    Args:
        access_token: The access token.
        id_token: The id token beside it.
        seconds: How long it lasts.
        extra: Further members.
    """
    body = {
        "access_token": access_token,
        "expires_in": seconds,
        "refresh_expires_in": 0,
        "token_type": "Bearer",
        "id_token": id_token,
        "not-before-policy": 0,
        "scope": "openid",
        **(extra or {}),
    }
    return json_answer(200, body, headers=_UNCACHED)
