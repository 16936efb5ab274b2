"""The sandbox's controls from Python: everything that the control port and the commands do, in process."""

from importlib.metadata import version
from typing import Any

from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.portal import Portal

__all__ = ["Control"]


class Control:
    """What a user does to a portal from outside its APIs. Thread-safe.

    Args:
        portal: The portal.
    """

    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def info(self) -> dict[str, Any]:
        """Return what this sandbox is: versions and the portal's time."""
        return {
            "version": version("skifteportal-sandbox"),
            "time": timestamp(self.portal.clock.now_ns()),
        }

    def reset(self) -> None:
        """Put the portal back to how it was seeded: all that was filed is forgotten. Tokens stay good."""
        self.portal.reset()
