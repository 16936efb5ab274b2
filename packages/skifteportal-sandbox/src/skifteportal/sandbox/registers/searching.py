"""How registers are searched: by words, whatever their case."""

import re
from typing import Any

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Call

__all__ = ["either", "words"]


def words(text: str) -> list[str]:
    """Return a text's words without case and punctuation."""
    return re.findall(r"\w+", text.casefold())


def either(call: Call, *names: str) -> tuple[str, str]:
    """Return the name and value of the one criterion that a search goes by.

    Args:
        call: The call.
        *names: The criteria that there are.

    Raises:
        Fault: None is given, or several.
    """
    body: dict[str, Any] = call.body
    given = [name for name in names if (body.get(name) or "").strip()]
    if len(given) != 1:
        text = f"Angiv enten {' eller '.join(names)}"
        raise Fault(call.world.settings.schema_status, text, field=names[0])
    return given[0], body[given[0]].strip()
