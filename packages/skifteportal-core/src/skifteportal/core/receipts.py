"""Receipts (kvitteringer): what the portal says when it has taken a registration. They are the proof of filing.

Whoever must keep them gives a client ``on_receipt``, and sees each of them, whichever part of a program made the call.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import attrs
from typing_extensions import override

from skifteportal.core.errors import ReceiptNotKept
from skifteportal.core.redaction import request_id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from skifteportal.core import _http
    from skifteportal.core.call import Call
    from skifteportal.core.model import Model

__all__ = ["Receipt", "hand_over"]


@attrs.frozen(kw_only=True, repr=False)
class Receipt:
    """A receipt. ``repr`` shows which, and nothing of what it says.

    Attributes:
        operation: The operationId of the call that was carried out: ``addKrav``.
        entity_id: The id of what was created; None if the portal gave none.
        kvittering: The receipt itself, as in the answer: ``kode``, ``overskrift``, ``indhold`` (guide 4.3.3).
        received: When its answer came, by this machine's clock, in UTC.
        request_id: The id the portal gave the request, or else the ``X-Request-Id`` we sent.
    """

    operation: str
    entity_id: str | None
    kvittering: Model
    received: datetime
    request_id: str

    @override
    def __repr__(self) -> str:
        return f"<Receipt of {self.operation}, {self.entity_id} [request id {self.request_id}]>"


def hand_over(
    call: Call[Any],
    response: _http.Response,
    result: object,
    on_receipt: Callable[[Receipt], None],
) -> None:
    """Hand over the receipts in the result of a create: a POST that does more than read.

    Raises:
        ReceiptNotKept: The hook failed. What the portal did is done.
    """
    operation = call.operation
    if operation.method != "POST" or operation.repeatable:
        return
    lost: tuple[Receipt, Exception] | None = None
    for entity in _entities(result):
        kvittering: Model | None = getattr(entity, "kvittering", None)
        if kvittering is None:
            continue
        receipt = Receipt(
            operation=operation.id,
            entity_id=getattr(entity, "id", None),
            kvittering=kvittering,
            received=datetime.fromtimestamp(call.timing.wall(), UTC),
            request_id=request_id_of(response.headers) or call.request_id,
        )
        try:
            on_receipt(receipt)
        except Exception as error:  # noqa: BLE001 - raised below; the other receipts come first
            lost = lost or (receipt, error)
    if lost is not None:
        receipt, cause = lost
        raise ReceiptNotKept(operation=operation, receipt=receipt, result=result) from cause


def _entities(result: object) -> Sequence[object]:
    return cast("Sequence[object]", result) if isinstance(result, list) else (result,)
