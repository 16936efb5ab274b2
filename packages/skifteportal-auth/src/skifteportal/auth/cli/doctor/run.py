"""Making the steps of an examination, one after the other."""

from collections.abc import Iterator, Sequence

import attrs

from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding, Outcome
from skifteportal.auth.cli.doctor.from_error import finding_of
from skifteportal.auth.cli.doctor.steps import STEPS, Step
from skifteportal.core.errors import PortalError

__all__ = ["Result", "examine", "first_failure"]


@attrs.frozen
class Result:
    """How a step went.

    Attributes:
        step: Its id.
        finding: What was found; None if all is well.
    """

    step: str
    finding: Finding | None = None

    @property
    def outcome(self) -> Outcome:
        """How it went, in a word."""
        return self.finding.outcome if self.finding else "ok"


def examine(examination: Examination, steps: Sequence[Step] = STEPS) -> Iterator[Result]:
    """Make each step whose needs are met; the others are skipped.

    Args:
        examination: What is examined.
        steps: The steps.
    """
    without: set[str] = set()
    for step in steps:
        missing = [need for need in step.needs if need in without]
        result = Result(step.id, _skipped(missing[0]) if missing else _made(step, examination))
        if missing or result.outcome == "failed":
            without.add(step.id)
        yield result


def first_failure(results: Sequence[Result]) -> Result | None:
    """The first step that failed: mend that first."""
    return next((result for result in results if result.outcome == "failed"), None)


def _made(step: Step, examination: Examination) -> Finding | None:
    try:
        return step.check(examination)
    except PortalError as error:
        return finding_of(error, examination.facts)
    except Exception as error:  # noqa: BLE001 - the report is worth more than a traceback
        return Finding(id="other", detail=type(error).__name__)


def _skipped(need: str) -> Finding:
    return Finding(id="needs", facts={"step": need}, outcome="skipped")
