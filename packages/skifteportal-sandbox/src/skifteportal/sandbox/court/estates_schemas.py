"""The bodies of the court's acts in estates, as JSON Schema: what has a business code of its own stays optional."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.handover_terms import FORMS

__all__ = [
    "ADDRESS",
    "AMOUNT",
    "CPR",
    "CVR",
    "DAY",
    "FIGURES",
    "FORM",
    "HOLDER",
    "PARTY",
    "TEXT",
    "body",
]

TEXT: Final[Mapping[str, Any]] = {"type": "string", "minLength": 1}
DAY: Final[Mapping[str, Any]] = {"type": "string", "format": "date"}
AMOUNT: Final[Mapping[str, Any]] = {"type": "number"}
FORM: Final[Mapping[str, Any]] = {"enum": [*FORMS]}
ADDRESS: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": dict.fromkeys(("darId", "adresselinje", "postnummer", "by"), TEXT),
}
CVR: Final[Mapping[str, Any]] = {
    "type": "string",
    "pattern": "^[0-9]{8}$",
    "description": "a CVR number, eight digits",
}
CPR: Final[Mapping[str, Any]] = {
    "type": "string",
    "pattern": "^[0-9]{10}$",
    "description": "a CPR number, ten digits",
}
PARTY: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["PERSON", "VIRKSOMHED", "ANDEN", "UDENLANDSK_PERSON"]},
        "person": {
            "type": "object",
            "properties": {
                "personId": {"type": "string", "format": "uuid"},
                "cprNummer": CPR,
                "navn": TEXT,
            },
        },
        "virksomhed": {
            "type": "object",
            "required": ["cvrNummer"],
            "properties": {"cvrNummer": CVR},
        },
        "anden": {"type": "string"},
        "udenlandskPerson": {
            "type": "object",
            "properties": {
                "navn": TEXT,
                "foedselsdato": DAY,
                "adresse": ADDRESS,
                "landekode": TEXT,
            },
        },
    },
}
HOLDER: Final[Mapping[str, Any]] = {
    "type": ["object", "null"],
    "properties": {"part": PARTY},
}
"""A contact person or administrator; null says that there is none."""

FIGURES: Final[Mapping[str, Any]] = {
    "bobeholdning": {
        "type": "object",
        "required": ["beloeb"],
        "properties": {"beloeb": AMOUNT, "afgiftsfri": {"type": "boolean"}},
    },
    "bundfradrag": AMOUNT,
    "skaeringsdato": DAY,
    "tillaegsboafgift": {"type": "boolean"},
}
"""What the court reckons with while an estate is settled."""


def body(*required: str, **properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the schema of a body.

    Args:
        *required: The members that must be there.
        **properties: All members.
    """
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }
