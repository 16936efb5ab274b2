"""Takes in the files that the portal sends: what may be registered, under which name, and what it changes."""

from portalgen.intake.refusal import Refused, Unreadable
from portalgen.intake.take import Intake, Taken, take_in

__all__ = ["Intake", "Refused", "Taken", "Unreadable", "take_in"]
