"""The kinds of edits: what each says, what it is when base and revision change places, and what it does to code.

These tables and the laws (`law.py`, `client_law.py`, `exceptions.py`) are all there is: a level is never set by
hand.
"""

from __future__ import annotations

from portalgen.diff.message_kinds import MESSAGE_KINDS
from portalgen.diff.schema_kinds import SCHEMA_KINDS

__all__ = ["KINDS"]

KINDS = {kind.name: kind for kind in (*MESSAGE_KINDS, *SCHEMA_KINDS)}
