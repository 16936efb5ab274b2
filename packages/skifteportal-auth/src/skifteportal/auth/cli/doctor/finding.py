"""What a check found, as data: an id that has texts in every language, and facts to put into them."""

from collections.abc import Mapping
from typing import Literal

import attrs

__all__ = ["Finding", "Outcome"]

Outcome = Literal["ok", "warning", "failed", "skipped"]


@attrs.frozen(kw_only=True)
class Finding:
    """What a check found.

    Attributes:
        id: Its name in the table of texts.
        facts: What the texts need, by name.
        outcome: "failed", "warning" or "skipped".
        detail: What the library says of it, in English; it may name files, and is for the user
            only.
    """

    id: str
    facts: Mapping[str, str] = attrs.field(factory=dict[str, str])
    outcome: Outcome = "failed"
    detail: str = ""
