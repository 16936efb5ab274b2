"""JSON text to Python and back, exactly: msgspec, with Decimal for every number that is no integer.

Integers of any size stay integers (``-0`` becomes ``0``). A number with a fraction or an exponent
becomes the Decimal of its digits, and is written as ``str()`` of it: digit for digit what came,
but for an exponent, whose writing is Decimal's (``1e2`` goes out as ``1E+2``, and ``0.0000001`` as
``1E-7``; Java's BigDecimal has the same rule).
"""

from decimal import Decimal

import msgspec

__all__ = ["from_text", "to_text"]

from_text = msgspec.json.Decoder(float_hook=Decimal).decode
to_text = msgspec.json.Encoder(decimal_format="number").encode
