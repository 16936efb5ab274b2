"""What the court says when it hands an estate over (udlevering): the forms of administration, and the names of the details."""

from typing import Final

__all__ = ["DETAILS", "FORMS"]

FORMS: Final = (
    "USKIFTET_BO",
    "BOUDLAEG",
    "AEGTEFAELLEUDLAEG",
    "PRIVAT_SKIFTE",
    "FORENKLET_PRIVAT_SKIFTE",
    "BOBESTYRERBO",
)
"""The forms of administration (skifteformer)."""
DETAILS: Final = (
    "skifteform",
    "udleveringsdato",
    "kontaktperson",
    "bobestyrer",
    "bobeholdning",
    "bundfradrag",
    "skaeringsdato",
    "tillaegsboafgift",
)
"""The members of what the court sends."""
