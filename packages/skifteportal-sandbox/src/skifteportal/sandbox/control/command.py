"""A command of the control port: a described path, and what it does to the portal."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.described import Described

__all__ = ["Command"]


@attrs.frozen(kw_only=True)
class Command(Described):
    """Something that the user can do to the portal.

    Attributes:
        run: Does it, given the control, what the path names and the body, and gives what came of it as JSON.
    """

    run: Callable[[Control, Mapping[str, str], Mapping[str, Any]], Any]
