"""How each of the portal's business codes is provoked: an entry, and what came of running it."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from skifteportal.sandbox.provocations.stage import Stage
from skifteportal.sandbox.provocations.step import Step

__all__ = ["Outcome", "Provocation", "Side", "run"]

Side: TypeAlias = Literal["api", "court"]


@attrs.frozen(kw_only=True)
class Provocation:
    """A way to one of the portal's business codes.

    Attributes:
        code: The code: ``doedsbo.f1``.
        side: Whether a call of an API raises it, or only an act of the court's.
        operation: The operation, or the court's act, that answers with it.
        how: What to do, one English sentence.
        provoke: Does it; its last step is answered with the code, all before it succeed.
        note: What is not plain from the guide about who answers so, and how we took it; empty for nothing.
        settings: Settings of the sandbox that it takes, where its defaults never answer so.
    """

    code: str
    side: Side
    operation: str
    how: str
    provoke: Callable[[Stage], object]
    note: str = ""
    settings: Mapping[str, Any] = attrs.field(factory=dict[str, Any])


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a provocation.

    Attributes:
        provocation: Which.
        steps: Every call and act, in order, with its answer.
        problem: Why it failed; empty where the code came back as it should.
    """

    provocation: Provocation
    steps: tuple[Step, ...]
    problem: str

    @property
    def passed(self) -> bool:
        """Whether exactly this code came back, from this operation."""
        return not self.problem


def run(provocation: Provocation, stage: Stage) -> Outcome:
    """Provoke a code on a stage that is set anew.

    Args:
        provocation: What to do.
        stage: Where; it must have the provocation's settings.
    """
    stage.reset()
    provocation.provoke(stage)
    steps = tuple(stage.steps)
    return Outcome(provocation=provocation, steps=steps, problem=_problem(provocation, steps))


def _problem(provocation: Provocation, steps: tuple[Step, ...]) -> str:
    if not steps:
        return "nothing was done"
    for step in steps[:-1]:
        if step.code is not None or step.failed:
            return f"{step.operation}, before the last step, was answered {step.status} {step.code or ''}".rstrip()
    last = steps[-1]
    wanted, got = (provocation.operation, provocation.code), (last.operation, last.code)
    if wanted != got:
        return f"{last.operation} was answered {last.status} {last.code or 'without a code'}"
    return ""
