"""What a portal keeps beside its rows: its clock's hand, what was revoked. A note of each lies in the state file."""

from collections.abc import Callable
from typing import Protocol

__all__ = ["Kept"]


class Kept(Protocol):
    """Something that can be written down, and put back to what was written."""

    @property
    def noted(self) -> str:
        """What must be known of it after a restart; empty: it is as it was at the first start. Asked for after each call that is kept in a file, and by each dump."""
        ...

    def prepared(self, note: str) -> Callable[[], None]:
        """Read a note, and return what puts it back to that; nothing is changed before that is called.

        Args:
            note: What `noted` was; empty for how it was at the first start.

        Raises:
            ValueError: It is no note of this.
        """
        ...
