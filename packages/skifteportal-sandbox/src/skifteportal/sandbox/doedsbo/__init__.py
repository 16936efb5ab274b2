"""The rules of the estates' API, dødsbojournal: what its operations do, table-driven."""

from skifteportal.sandbox.doedsbo.operations import HANDLERS

__all__ = ["HANDLERS"]
