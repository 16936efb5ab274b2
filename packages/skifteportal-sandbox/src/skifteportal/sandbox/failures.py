"""Failures that the user plans: the next calls of an operation are refused, slow, cut off, or answered with nonsense."""

import threading
from collections.abc import Callable, Collection
from typing import Any, Final, Literal, TypeAlias

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.messages import Answer, Cut, Role
from skifteportal.sandbox.oauth import failed
from skifteportal.sandbox.wanted import perhaps

__all__ = ["ANY", "Failure", "Failures"]

Refusal: TypeAlias = Callable[[str], Fault]

ANY: Final = "*"
"""Stands for every operation, login and exchange included."""

_CUTS: Final = frozenset({"before", "after", "body"})
_ERRORS: Final = range(400, 600)
_REST: Final = {503: "Service Unavailable", 429: "Too Many Requests", 500: "Internal Server Error"}
_LONGEST: Final = 3600.0


@attrs.frozen(kw_only=True)
class Failure:
    """One planned failure.

    With `code` or `status` the call is refused and not carried out. With `cut` "before" it isn't carried out either;
    with anything else it is.

    Attributes:
        operation: The operationId, ``login``, ``exchange``, or ``*`` for any.
        code: The portal's business code to answer with.
        status: The HTTP status to answer with; with a code the sandbox's `business_status` unless given.
        message: The text to answer with.
        retry_after: Seconds in the header Retry-After.
        delay: Seconds by which the answer comes late.
        cut: Drop the connection: ``before`` the call is carried out, ``after`` it, or half-way in the answer's ``body``.
        garbled: Send the first half of the JSON as if it were the whole.
        times: How many calls fail.
        skip: How many calls go well first.
    """

    operation: str
    code: str | None = None
    status: int | None = None
    message: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    cut: Literal["before", "after", "body"] | None = None
    garbled: bool = False
    times: int = 1
    skip: int = 0

    @property
    def refuses(self) -> bool:
        """Whether the call is answered with an error."""
        return self.code is not None or self.status is not None

    def check(self, *, operations: Collection[str], codes: Collection[str]) -> None:
        """Refuse a plan that can't be carried out.

        Args:
            operations: The names of all operations.
            codes: The portal's business codes.

        Raises:
            Refused: It names what is not there, or says nothing or too much.
        """
        ways = [self.refuses, self.cut is not None, self.garbled]
        problems = {
            "operation": self.operation in {*operations, "login", "exchange", ANY}
            or f"there is no such operation{perhaps(self.operation, operations)}; * stands for any, "
            "skifteportal-sandbox info --format json lists them",
            "code": self.code is None
            or self.code in codes
            or f"the portal has no such code{perhaps(self.code, codes)}; "
            "skifteportal-sandbox codes lists them",
            "status": self.status is None
            or self.status in _ERRORS
            or "a refusal's status is from 400 to 599",
            "delay": 0 <= self.delay <= _LONGEST or "a delay is from 0 to 3600 seconds",
            "cut": self.cut is None
            or self.cut in _CUTS
            or "the connection is cut before, after, or in the body",
            "times": self.times >= 1 or "at least one call fails",
            "skip": self.skip >= 0 or "no fewer than no calls go well",
            "retry_after": self.retry_after is None
            or (self.refuses and self.retry_after >= 0)
            or "seconds, beside a code or a status",
            "message": self.message is None
            or self.refuses
            or "a text stands beside a code or a status",
            "": (sum(ways) == 1 or (not any(ways) and self.delay > 0))
            or "say one of code or status, cut, garbled, or a delay",
        }
        for field, problem in problems.items():
            if isinstance(problem, str):
                raise Refused(problem, field=field or None)

    def refuse(self, role: Role, by_code: Refusal) -> Answer | None:
        """Refuse the call, or drop it, if that is planned, without its being carried out.

        Args:
            role: The host that was called: login and exchange have OAuth's refusals.
            by_code: Makes the refusal with a code.

        Returns:
            The answer; None: the call is to be carried out.

        Raises:
            Fault: The refusal of an API.
        """
        if self.cut == "before":
            return Answer(status=503, delay=self.delay, cut="whole")
        if not self.refuses:
            return None
        headers = () if self.retry_after is None else (("Retry-After", str(self.retry_after)),)
        fault = by_code(self.code) if self.code is not None else Fault(0, "")
        status = self.status or fault.status
        text = self.message or fault.message or _REST.get(status, "Planned failure")
        if role != "api":
            answer = failed(status, text)
            return attrs.evolve(answer, headers=(*answer.headers, *headers), delay=self.delay)
        raise Fault(status, text, code=self.code, headers=headers, delay=self.delay)

    def spoil(self, answer: Answer) -> Answer:
        """Spoil the answer of a call that was carried out."""
        cut: Cut = "" if self.cut is None else "body" if self.cut == "body" else "whole"
        body = answer.body[: len(answer.body) // 2] or b"{" if self.garbled else answer.body
        return attrs.evolve(answer, body=body, delay=self.delay, cut=cut)

    @property
    def summary(self) -> str:
        """What happens, in a few words, for the journal."""
        parts = {
            "code": self.code,
            "status": self.status,
            "delay": self.delay,
            "cut": self.cut,
            "garbled": self.garbled,
        }
        return ", ".join(f"{name} {value}" for name, value in parts.items() if value)

    def as_json(self) -> dict[str, Any]:
        """Return what was planned, without what was not."""
        return {
            name: value for name, value in attrs.asdict(self).items() if value not in (None, False)
        }


class Failures:
    """The planned failures, in the order planned. Thread-safe."""

    def __init__(self) -> None:
        self._planned: list[Failure] = []
        self._guard = threading.Lock()

    def plan(self, failure: Failure) -> None:
        """Plan a failure, after those that are planned already."""
        with self._guard:
            self._planned.append(failure)

    def clear(self) -> None:
        """Let all calls go well."""
        with self._guard:
            self._planned.clear()

    @property
    def planned(self) -> tuple[Failure, ...]:
        """What is still to fail."""
        with self._guard:
            return tuple(self._planned)

    def take(self, operation: str) -> Failure | None:
        """Return the failure of this call, or None if it is to go well.

        Args:
            operation: The operationId, ``login`` or ``exchange``.
        """
        if not self._planned:  # nearly always
            return None
        with self._guard:
            for index, failure in enumerate(self._planned):
                if failure.operation not in {operation, ANY}:
                    continue
                if failure.skip:
                    self._planned[index] = attrs.evolve(failure, skip=failure.skip - 1)
                    return None
                left = attrs.evolve(failure, times=failure.times - 1)
                self._planned[index : index + 1] = [left] if left.times else []
                return failure
        return None
