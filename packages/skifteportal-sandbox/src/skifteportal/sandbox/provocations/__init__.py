"""How each of the portal's business codes is provoked in the sandbox: through an API, or by an act of the court's.

Each entry runs on a `Stage`, an in-process portal, and is the same that the docs and the command
``skifteportal-sandbox codes`` show.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from skifteportal.sandbox.provocations import dissolution, estates
from skifteportal.sandbox.provocations.entry import Outcome, Provocation, Side, run
from skifteportal.sandbox.provocations.stage import Stage
from skifteportal.sandbox.provocations.step import Step
from skifteportal.sandbox.settings import Settings

__all__ = ["PROVOCATIONS", "Outcome", "Provocation", "Side", "Stage", "Step", "run", "run_all"]

PROVOCATIONS: Final[Mapping[str, Provocation]] = {
    entry.code: entry for entry in (*estates.ENTRIES, *dissolution.ENTRIES)
}
"""Every entry by its code."""


def run_all() -> Iterator[Outcome]:
    """Provoke every code, one after another, each on a portal as it was seeded."""
    usual = Stage()
    for entry in PROVOCATIONS.values():
        stage = Stage(Settings(**entry.settings)) if entry.settings else usual
        yield run(entry, stage)
