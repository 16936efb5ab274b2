"""The registers that the portal looks things up in: courts, addresses, companies and persons."""

from skifteportal.sandbox.registers.addresses import HANDLERS as ADDRESSES
from skifteportal.sandbox.registers.companies import HANDLERS as COMPANIES
from skifteportal.sandbox.registers.courts import HANDLERS as COURTS
from skifteportal.sandbox.registers.people import HANDLERS as PEOPLE

__all__ = ["ADDRESSES", "COMPANIES", "COURTS", "PEOPLE"]
