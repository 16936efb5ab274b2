# ruff: noqa: N818 - the names are the contract with users: NotFound, Conflict
"""The errors for an answer that says no; see errors for the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skifteportal.core.error_base import PortalError

if TYPE_CHECKING:
    from skifteportal.core.answers import Answer
    from skifteportal.core.catalogue import CodeInfo
    from skifteportal.core.operation import Operation

__all__ = [
    "ApiError",
    "BadRequest",
    "ClientError",
    "Conflict",
    "Forbidden",
    "NotFound",
    "ServerError",
    "TooManyRequests",
    "Unauthorized",
    "UnexpectedStatus",
    "Unprocessable",
    "error_class",
]


class ApiError(PortalError):
    """An answer that says no.

    Attributes:
        status: The HTTP status.
        code: The portal's business error code (``doedsbo.f17``), the first if there are several.
        codes: All codes found in the answer.
        field: The field of the request the portal names.
        portal_text: The portal's Danish text for the code, from its guide.
        explanation: What the code means, in English.
        action: What to do about it, in English.
        doc_url: The code's page in the documentation; without a known code, the section about the class.
        request_id: The id the portal gave the request, or else the ``X-Request-Id`` we sent.
        operation: The operationId.
        method: The HTTP method.
        path: The path template.
        answer: The whole answer.
        retry_after: Seconds the portal asks to wait; None if it doesn't say.
    """

    def __init__(
        self,
        *,
        operation: Operation[Any],
        answer: Answer,
        codes: tuple[str, ...] = (),
        info: CodeInfo | None = None,
        field: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.status = answer.status
        self.codes = codes
        self.code = codes[0] if codes else None
        self.field = field
        self.portal_text = info.portal_text if info else None
        self.explanation = info.explanation if info else None
        self.action = info.action if info else None
        if info and info.doc_url:
            self.doc_url = info.doc_url
        self.request_id = answer.request_id
        self.operation = operation.id
        self.method = operation.method
        self.path = operation.path
        self.answer = answer
        self.retry_after = retry_after
        code = f" {self.code}" if self.code else ""
        words = [self.explanation or self.portal_text, self.action]
        text = ": " + " ".join(word for word in words if word) if any(words) else ""
        super().__init__(
            f"{operation.id} ({operation.method} {operation.path}) [request id {answer.request_id}]: "
            f"{answer.status}{code}{text}"
        )


class BadRequest(ApiError):
    """400: the portal finds the request wrong."""


class Unauthorized(ApiError):
    """401: the portal refuses the token, also a new one."""


class Forbidden(ApiError):
    """403: the token is good and does not give this right."""


class NotFound(ApiError):
    """404: there is no such thing, or not for this caller."""


class Conflict(ApiError):
    """409: it doesn't go with what the portal has."""


class Unprocessable(ApiError):
    """422: a rule of the portal's is broken; see the code."""


class TooManyRequests(ApiError):
    """429: the rate limit. Nothing was done."""


class ClientError(ApiError):
    """Any other 4xx."""


class ServerError(ApiError):
    """5xx: the portal failed."""


class UnexpectedStatus(ApiError):
    """Neither success nor error. Redirects are not followed: they would carry data to another address."""


_CLASSES: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    429: TooManyRequests,
}


def error_class(status: int) -> type[ApiError]:
    """The error for a status that isn't a success."""
    if status in _CLASSES:
        return _CLASSES[status]
    return {4: ClientError, 5: ServerError}.get(status // 100, UnexpectedStatus)
