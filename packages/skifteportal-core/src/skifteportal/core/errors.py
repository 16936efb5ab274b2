# ruff: noqa: N818 - the names are the contract with users: NotFound, Conflict, OutcomeUnknown
"""Every error a user of a client can meet.

::

    PortalError
    ├─ ConfigurationError        the set-up is wrong: environment, env file, kind of token
    ├─ InvalidArgument           the caller's input was refused before anything was sent
    ├─ CredentialError           no token to be had: the base of skifteportal.auth's errors
    ├─ TransportError            no answer, and nothing was done that can't be asked for again
    │  ├─ ConnectionFailed       no connection, or it broke
    │  ├─ CallTimeout            the portal was too slow
    │  └─ DeadlineExceeded       the call's own time limit was reached
    ├─ OutcomeUnknown            no answer, and the portal may have done what was asked
    ├─ DecodeError               an answer that isn't what the contract says
    └─ ApiError                  an answer that says no
       ├─ BadRequest             400
       ├─ Unauthorized           401
       ├─ Forbidden              403
       ├─ NotFound               404
       ├─ Conflict               409
       ├─ Unprocessable          422
       ├─ TooManyRequests        429
       ├─ ClientError            any other 4xx
       ├─ ServerError            5xx
       └─ UnexpectedStatus       anything else: redirects are not followed

The text of an error names the operation, its path template, the status, the portal's code and the request id. It
never holds a body, a query, the ids of a path or a token. All errors can be copied and pickled; a pickled one leaves
the answer's body behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

if TYPE_CHECKING:
    from skifteportal.core.answers import Answer
    from skifteportal.core.catalogue import CodeInfo
    from skifteportal.core.operation import Operation

__all__ = [
    "ApiError",
    "BadRequest",
    "CallTimeout",
    "ClientError",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "CredentialError",
    "DeadlineExceeded",
    "DecodeError",
    "Forbidden",
    "InvalidArgument",
    "NotFound",
    "OutcomeUnknown",
    "PortalError",
    "ServerError",
    "TooManyRequests",
    "TransportError",
    "Unauthorized",
    "UnexpectedStatus",
    "Unprocessable",
    "error_class",
]


class PortalError(Exception):
    """The base of every error of these packages."""

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # The constructors take keywords, which BaseException's own way of pickling does not know.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[PortalError], args: tuple[Any, ...], state: dict[str, Any]) -> PortalError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class ConfigurationError(PortalError):
    """The set-up is wrong: an environment, an env file, the kind of token, a client's options."""


class InvalidArgument(PortalError):
    """The caller's input was refused before anything was sent.

    Attributes:
        argument: The argument's or field's name.
    """

    def __init__(self, message: str, *, argument: str) -> None:
        super().__init__(message)
        self.argument = argument


class CredentialError(PortalError):
    """No token to be had. ``skifteportal.auth`` says why, by subclasses.

    Attributes:
        retryable: Whether the same call may succeed later without any change of the set-up.
    """

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class _CallError(PortalError):
    """An error of one call.

    Attributes:
        operation: The operationId.
        method: The HTTP method.
        path: The path template.
        request_id: The id the portal gave the request, or else the ``X-Request-Id`` we sent.
        reason: What happened, in a few words.
    """

    def __init__(self, reason: str, *, operation: Operation[Any], request_id: str = "") -> None:
        self.operation = operation.id
        self.method = operation.method
        self.path = operation.path
        self.request_id = request_id
        self.reason = reason
        super().__init__(self._text())

    def _text(self) -> str:
        request = f" [request id {self.request_id}]" if self.request_id else ""
        return f"{self.operation} ({self.method} {self.path}){request}: {self.reason}"


class TransportError(_CallError):
    """No answer, and nothing was done by the portal that can't be asked for again."""


class ConnectionFailed(TransportError):
    """No connection could be made, or it broke."""


class CallTimeout(TransportError):
    """The portal was too slow: one of the Timeouts ran out."""


class DeadlineExceeded(TransportError):
    """The call's own time limit, its deadline, was reached."""


class OutcomeUnknown(_CallError):
    """No answer to use, and the portal may have done what was asked.

    Sending again could do it twice. First look whether it was done: list or search what the call would have
    created, or read what it would have changed; send again only if it was not.

    Attributes:
        answer: The gateway's answer (502, 503 or 504), if there was one.
    """

    def __init__(
        self,
        reason: str,
        *,
        operation: Operation[Any],
        request_id: str = "",
        answer: Answer | None = None,
    ) -> None:
        self.answer = answer
        super().__init__(reason, operation=operation, request_id=request_id)

    @override
    def _text(self) -> str:
        return (
            f"{super()._text()} The portal may have carried it out all the same: look whether it did (list or read "
            "what this call creates or changes) before you send it again."
        )


class DecodeError(PortalError):
    """An answer, or a JSON text, that isn't what the contract says.

    Attributes:
        reason: What is wrong, without the value.
        pointer: Where, as a JSON pointer (RFC 6901); empty for the whole text.
        model: The name of the model that was being read, if any.
        operation: The operationId; None if no call was involved.
        answer: The answer; None if no call was involved.
    """

    def __init__(
        self,
        reason: str,
        *,
        pointer: str = "",
        model: str | None = None,
        operation: Operation[Any] | None = None,
        answer: Answer | None = None,
    ) -> None:
        self.reason = reason
        self.pointer = pointer
        self.model = model
        self.operation = None if operation is None else operation.id
        self.answer = answer
        place = f" at {pointer}" if pointer else ""
        of = f" of {model}" if model else ""
        text = f"The JSON{of} can't be read{place}: {reason}"
        if operation is not None and answer is not None:
            text = (
                f"{operation.id} ({operation.method} {operation.path}) [request id {answer.request_id}]: {text} "
                f"The portal had accepted the request (status {answer.status}); the answer is in .answer."
            )
        super().__init__(text)

    def of_call(self, operation: Operation[Any], answer: Answer) -> DecodeError:
        """The same error, saying of which call."""
        return DecodeError(
            self.reason, pointer=self.pointer, model=self.model, operation=operation, answer=answer
        )


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
        doc_url: The code's page in the documentation.
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
        self.doc_url = info.doc_url if info else None
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
