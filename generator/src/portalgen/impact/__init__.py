"""Which lines of a user's own program an update of an API would break, by name. The program is read, never run."""

from portalgen.impact.find import Hit, Impact, impact

__all__ = ["Hit", "Impact", "impact"]
