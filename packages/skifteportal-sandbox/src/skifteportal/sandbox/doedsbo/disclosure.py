"""Who is told who settles an estate before it is handed over: a company whose inquiry (forespørgsel) the court has approved.

The guide has the court judge an inquiry before anything is told (1.2).
"""

from typing import Final

from skifteportal.sandbox.call import Asked
from skifteportal.sandbox.state import Several
from skifteportal.sandbox.store import Estate

__all__ = ["APPROVED", "INQUIRY", "reckon_approval"]

INQUIRY: Final = "forespoergsel"
"""The name of the kind."""
APPROVED: Final = "GODKENDT"
"""The status of an inquiry that the court has approved."""


def reckon_approval(call: Asked, estate: Estate, company: str) -> bool:
    """Note whether any inquiry of a company's that stands in an estate is approved.

    Args:
        call: What changed one of them.
        estate: The estate, to be changed.
        company: CVR number of the filer.

    Returns:
        Whether that is otherwise than before.
    """
    inquiries = call.world.store.registrations_of(
        INQUIRY, estate=estate.id, company=company, deleted=False
    )
    approved = any(inquiry.derived["status"] == APPROVED for inquiry in inquiries)
    if approved == (company in estate.approved):
        return False
    estate.approved = Several({*estate.approved} ^ {company})
    return True
