"""Be warned of what production does not know yet, and see which contract a package was made from."""

from datetime import date

import attrs

import skifteportal.doedsbojournal
from skifteportal.core import PRODUCTION, Ahead, Environment


def production() -> Environment:
    """Return production, where version 1.4.0 comes later than its notice said."""
    moved = Ahead(
        api="doedsbojournal",
        version="1.4.0",
        in_force=date(2027, 2, 1),
        operations=("addAktiv",),
        source="mail from Domstolsstyrelsen",
    )
    return attrs.evolve(PRODUCTION, ahead=[moved])


if __name__ == "__main__":
    print(skifteportal.doedsbojournal.__spec_version__)
    print(production().ahead)
