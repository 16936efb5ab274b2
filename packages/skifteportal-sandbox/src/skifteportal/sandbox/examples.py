"""What the packages' examples look up, as it stands in `.env`: all of it is in the seed."""

from typing import Final

from skifteportal.sandbox.seed import EXAMPLE_CPR, EXAMPLE_DAR, EXAMPLE_PERSON
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_COMPANY, EXAMPLE_PROFILE

__all__ = ["EXAMPLES"]

EXAMPLES: Final = {
    "EXAMPLE_CPR": EXAMPLE_CPR,
    "EXAMPLE_SAG": EXAMPLE_CASE,
    "EXAMPLE_CVR": EXAMPLE_COMPANY,
    "EXAMPLE_PROFILE": EXAMPLE_PROFILE,
    "EXAMPLE_PERSON": EXAMPLE_PERSON,
    "EXAMPLE_DAR": EXAMPLE_DAR,
}
