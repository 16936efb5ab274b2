"""An act of the court's: what no API offers, and the control port does (assumptions of ours: the guide is silent)."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import World
from skifteportal.sandbox.described import Described

__all__ = ["Act", "CourtCall"]


@attrs.frozen(kw_only=True, repr=False)
class CourtCall:
    """One act, as it was asked for.

    Attributes:
        world: What all operations share; changed in a transaction.
        path: What the act's path names: ``{"sagId": …}``.
        body: What the court was told to do; it keeps the act's schema.
    """

    world: World
    path: Mapping[str, str]
    body: Mapping[str, Any]

    def refuse(self, code: str, *holes: str, field: str | None = None) -> Fault:
        """Make a refusal with one of the portal's business codes.

        Args:
            code: The code: ``doedsbo.f3``.
            *holes: What stands in the text's ``{0}``, ``{1}`` ….
            field: The field that the refusal is about.
        """
        return self.world.refusal(code, *holes, field=field)


@attrs.frozen(kw_only=True)
class Act(Described):
    """Something that the court can do.

    Attributes:
        run: Carries it out and gives what came of it, ready to send as JSON.
    """

    run: Callable[[CourtCall], Mapping[str, Any]]
