"""Short words for the JSON Schemas of the control port."""

from typing import Any, Final

__all__ = ["BOOLEAN", "DIGITS", "NOTHING", "SECONDS", "TEXT", "members"]

TEXT: Final = {"type": "string", "minLength": 1}
BOOLEAN: Final = {"type": "boolean"}
DIGITS: Final = {
    "type": "string",
    "pattern": "^[0-9]{1,9}$",
    "description": "a whole number of at most nine digits",
}
SECONDS: Final = {"type": "number", "minimum": 0}


def members(required: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    """Describe an object that has these members and no others.

    Args:
        required: Those that must be there.
        **properties: The schema of each.
    """
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


NOTHING: Final = members()
