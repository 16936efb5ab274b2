"""The Python twin of a comparison: what breaks between the packages that two specifications give."""

from portalgen.twin.compare import SpecVersion, TwinVerdict, compare_packages

__all__ = ["SpecVersion", "TwinVerdict", "compare_packages"]
