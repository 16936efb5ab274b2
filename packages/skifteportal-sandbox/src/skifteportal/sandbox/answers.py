"""How the portal writes JSON and errors: amounts exactly as they came, one envelope for every refusal."""

from decimal import Decimal
from typing import Any, Final, cast

import attrs
import msgspec

from skifteportal.sandbox.messages import Answer, Headers
from skifteportal.sandbox.settings import Settings

__all__ = ["Fault", "error_answer", "json_answer", "json_object", "read_answer", "read_json"]

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
# That of doubles: greater numbers are no amounts, and cost memory to compare.
_LARGEST_EXPONENT: Final = 400


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError
    return number


_DECODER: Final = msgspec.json.Decoder(float_hook=_decimal)
_OURS: Final = msgspec.json.Decoder(float_hook=Decimal)


class Fault(Exception):  # noqa: N818 - the portal's answer, never seen by a user
    """A refusal on its way to the caller.

    Its own text is the status and the code only: the message may quote the request.

    Attributes:
        status: HTTP status.
        message: What is wrong.
        code: The portal's business code, where there is one.
        field: The field or header it is about.
        headers: Further headers of the answer.
        rule: The specification's rule that the request breaks, where that is the reason.
        delay: Seconds by which the answer comes late.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        field: str | None = None,
        headers: Headers = (),
        rule: str | None = None,
        delay: float = 0.0,
    ) -> None:
        super().__init__(status, code)
        self.status = status
        self.message = message
        self.code = code
        self.field = field
        self.headers = headers
        self.rule = rule
        self.delay = delay


def read_json(body: bytes) -> Any:
    """Read JSON with numbers as written: integers as int, all others as Decimal.

    Raises:
        ValueError: The bytes are no JSON, or hold a number or a nesting beyond reason; the text holds nothing of them.
    """
    try:
        return _DECODER.decode(body)
    except (ValueError, ArithmeticError, RecursionError):
        raise ValueError("The body is not JSON that the portal can read") from None


def read_answer(body: bytes) -> Any:
    """Read JSON that the portal itself wrote, with numbers as written."""
    return _OURS.decode(body)


def json_object(value: object) -> dict[str, Any] | None:
    """Return a JSON value as an object, or None if it isn't one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def json_answer(status: int, value: Any, *, headers: Headers = ()) -> Answer:
    """Make an answer with a JSON body.

    Args:
        status: HTTP status.
        value: What to write; Decimal and int are written digit for digit.
        headers: Further headers.
    """
    return Answer(
        status=status,
        headers=(("Content-Type", "application/json"), *headers),
        body=_ENCODER.encode(value),
    )


def error_answer(fault: Fault, *, settings: Settings, moment: str, request_id: str) -> Answer:
    """Write a refusal in the portal's error envelope, whose shape is an assumption (`genericErrorResponse`).

    Args:
        fault: The refusal.
        settings: Names the envelope's members.
        moment: The portal's time, as it writes it.
        request_id: What the caller may name the request by.
    """
    body = {
        "tidspunkt": moment,
        "status": fault.status,
        settings.code_member: fault.code,
        settings.message_member: fault.message,
        settings.field_member: fault.field,
        "sporingsId": request_id,
    }
    present = {name: value for name, value in body.items() if value is not None}
    answer = json_answer(fault.status, present, headers=fault.headers)
    return attrs.evolve(answer, delay=fault.delay)
