"""What a date and a moment must be (RFC 3339), and that they are of a year that Python's calendar has: not of 0000."""

from collections.abc import Callable, Mapping
from typing import Final

import jsonschema_rs

__all__ = ["FORMATS"]

_NO_YEAR: Final = "0000"


def _of_the_calendar(name: str) -> Callable[[str], bool]:
    by_the_rfc = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    is_valid = by_the_rfc.is_valid
    return lambda text: is_valid(text) and not text.startswith(_NO_YEAR)


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    name: _of_the_calendar(name) for name in ("date", "date-time")
}
"""What is judged by more than the RFC, for the validators of whatever is sent."""
