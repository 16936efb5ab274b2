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
    ├─ PagesIncomplete           the portal announced more items than its pages hold
    ├─ ReceiptNotKept            the portal did it, but on_receipt failed with its receipt
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

from skifteportal.core.error_base import PortalError
from skifteportal.core.refusals import (
    ApiError,
    BadRequest,
    ClientError,
    Conflict,
    Forbidden,
    NotFound,
    ServerError,
    TooManyRequests,
    Unauthorized,
    UnexpectedStatus,
    Unprocessable,
    error_class,
)

if TYPE_CHECKING:
    from skifteportal.core.answers import Answer
    from skifteportal.core.operation import Operation
    from skifteportal.core.receipts import Receipt

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
    "PagesIncomplete",
    "PortalError",
    "ReceiptNotKept",
    "ServerError",
    "TooManyRequests",
    "TransportError",
    "Unauthorized",
    "UnexpectedStatus",
    "Unprocessable",
    "error_class",
]


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


class PagesIncomplete(_CallError):
    """The portal announced more items than its pages hold, or gives one page again and again.

    The items that came before it are good, and were given out; the rest can't be had this way.

    Attributes:
        seen: How many items came, from the page where it began.
        announced: How many the portal says there are on all pages.
    """

    def __init__(self, *, seen: int, announced: int, operation: Operation[Any]) -> None:
        self.seen = seen
        self.announced = announced
        super().__init__(
            f"{seen} items came and {announced} were announced; the pages that follow hold no others.",
            operation=operation,
        )


class ReceiptNotKept(_CallError):
    """The portal carried the call out, and ``on_receipt`` failed with its receipt: the error's cause says how.

    Don't make the call again. Nothing is lost: what it would have returned is here. A pickled error leaves both
    attributes behind, for they hold personal data.

    Attributes:
        receipt: The receipt that was not kept.
        result: What the call would have returned.
    """

    def __init__(self, *, operation: Operation[Any], receipt: Receipt, result: object) -> None:
        self.receipt: Receipt | None = receipt
        self.result = result
        super().__init__(
            "The portal has carried it out, but on_receipt failed. The receipt is in .receipt, what the call would "
            "have returned in .result: don't make the call again.",
            operation=operation,
            request_id=receipt.request_id,
        )

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        rebuild, (cls, args, state) = super().__reduce__()
        return rebuild, (cls, args, state | {"receipt": None, "result": None})


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
