"""Why a release is as big as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from portalgen.diff import Level

__all__ = ["Reason"]


@attrs.frozen(kw_only=True)
class Reason:
    """What asks for how much.

    Attributes:
        source: `specification`, `notice`, `fragments`, `surface`, `twin`, `aliases`, `bounds` or `first`.
        level: How much it asks for.
        text: What it is.
    """

    source: str
    level: Level
    text: str

    def as_json(self) -> dict[str, Any]:
        """Give the reason as data."""
        return {"source": self.source, "level": str(self.level), "text": self.text}
