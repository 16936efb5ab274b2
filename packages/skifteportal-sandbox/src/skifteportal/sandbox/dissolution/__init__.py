"""Dissolution cases (tvangsopløsningssager): general information, registrations, the liquidator's acts, messages, the case list."""

from skifteportal.sandbox.dissolution.caselist import HANDLERS as CASE_LIST
from skifteportal.sandbox.dissolution.operations import CREDITOR, GENERAL, LIQUIDATOR
from skifteportal.sandbox.dissolution.threads import HANDLERS as MESSAGES
from skifteportal.sandbox.dissolution.threads import HANDLERS_IN_CASE as MESSAGES_IN_CASE

__all__ = ["CASE_LIST", "CREDITOR", "GENERAL", "LIQUIDATOR", "MESSAGES", "MESSAGES_IN_CASE"]
