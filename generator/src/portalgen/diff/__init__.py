"""What a change in an OpenAPI 3.0 file breaks: on the wire, and in a user's Python code."""

from portalgen.diff.compare import compare
from portalgen.diff.level import Level
from portalgen.diff.report import Change, PythonName, Report, Witness

__all__ = ["Change", "Level", "PythonName", "Report", "Witness", "compare"]
