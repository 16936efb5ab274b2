"""The sandbox's controls from Python: everything that the control port and the commands do, in process."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any, Literal

from skifteportal import specs
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.control.access import Access
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.defaults import FILER
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.failures import Failure
from skifteportal.sandbox.journal import Journal
from skifteportal.sandbox.moving_clock import read_duration, read_moment
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.revocations import Revocations

__all__ = ["Control"]


class Control:
    """What a user does to a portal from outside its APIs. Thread-safe.

    Args:
        portal: The portal.
        revocations: Revokes certificates; None for a portal without a folder of them.

    Attributes:
        portal: The portal.
        access: Who may log in and act.
    """

    def __init__(self, portal: Portal, *, revocations: Revocations | None = None) -> None:
        self.portal = portal
        self.access = Access(portal, revocations)

    @property
    def journal(self) -> Journal:
        """The newest calls."""
        return self.portal.journal

    def info(self) -> dict[str, Any]:
        """Return what this sandbox is: versions, the portal's time, and what it was told to do."""
        registry = specs.registry()["apis"]
        limit = self.portal.limiter.limit
        return {
            "version": version("skifteportal-sandbox"),
            **self.time(),
            "limit": None if limit is None else str(limit),
            "keep_bodies": self.journal.keep_bodies,
            "failures": [failure.as_json() for failure in self.portal.failures.planned],
            "apis": {api: entry["version"] for api, entry in registry.items()},
            "operations": sorted(self.portal.operations),
        }

    def reset(self) -> None:
        """Put the portal back to how it was started: what was filed, planned, noted and revoked is forgotten.

        Tokens stay good.
        """
        self.portal.reset()

    def seed(
        self, *, estates: int = 0, claims: int = 0, random_seed: int = 0, company: str = FILER
    ) -> int:
        """Add made-up estates and claims to what is there: all of them, or none.

        Args:
            estates: How many estates; with claims at least one.
            claims: How many claims, spread evenly over the new estates.
            random_seed: Another number gives others.
            company: CVR number of the claims' filer.

        Returns:
            How many objects were entered.

        Raises:
            Refused: A number is negative, or these estates are there already.
        """
        try:
            return self.portal.memory.seed(
                estates=estates, claims=claims, random_seed=random_seed, company=company
            )
        except ValueError as error:
            raise Refused(str(error)) from None

    def dump(self) -> Iterator[bytes]:
        """Return everything that the portal remembers as JSON, in pieces, as it is now; no secrets are in it."""
        return self.portal.memory.dump()

    def load(self, content: bytes | Iterable[bytes]) -> None:
        """Replace everything that the portal remembers by a dump: all of it, or nothing.

        Args:
            content: What `dump` gave, whole or in pieces.

        Raises:
            DumpError: It is no dump, is damaged, or a newer sandbox made it.
        """
        self.portal.memory.load(content)

    def forget_tokens(self) -> None:
        """Refuse every token that was issued so far: callers must log in anew."""
        self.portal.forget_tokens()

    def time(self) -> dict[str, Any]:
        """Return the portal's time, and whether it stands still."""
        clock = self.portal.clock
        return {"time": timestamp(clock.now_ns()), "frozen": clock.frozen}

    def freeze(self, at: datetime | str | None = None) -> None:
        """Stop the portal's clock. TLS and assertions go by the machine's in any case.

        Args:
            at: The time to show, aware, or as `set_time` takes it; the present unless given.

        Raises:
            Refused: It is no time.
        """
        moment = read_moment(at) if isinstance(at, str) else at
        self.portal.clock.freeze(at=moment)
        self.portal.memory.settle()

    def set_time(self, at: datetime | str) -> None:
        """Set the portal's clock, which stands still or runs as before.

        Args:
            at: The time, aware; or ``2026-03-01`` (its noon, UTC) or ``2026-03-01T09:30:00Z``.

        Raises:
            Refused: It is no time.
        """
        self.portal.clock.set(read_moment(at) if isinstance(at, str) else at)
        self.portal.memory.settle()

    def advance(self, by: timedelta | str | float) -> None:
        """Move the portal's clock on, which stands still or runs as before.

        Args:
            by: How far: seconds, or ``8w``, ``3d``, ``1d12h``.

        Raises:
            Refused: It is no duration.
        """
        self.portal.clock.advance(by if isinstance(by, timedelta) else read_duration(by))
        self.portal.memory.settle()

    def run(self) -> None:
        """Let the portal's clock run on from the time that it shows."""
        self.portal.clock.run()
        self.portal.memory.settle()

    def release(self) -> None:
        """Let the portal's clock show the machine's time again."""
        self.portal.clock.release()
        self.portal.memory.settle()

    def fail(
        self,
        operation: str,
        *,
        code: str | None = None,
        status: int | None = None,
        message: str | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        cut: Literal["before", "after", "body"] | None = None,
        garbled: bool = False,
        times: int = 1,
        skip: int = 0,
    ) -> Failure:
        """Let the next calls of an operation fail.

        Args:
            operation: The operationId, ``login``, ``exchange``, or ``*`` for any.
            code: The portal's business code to answer with; the call is not carried out.
            status: The HTTP status to answer with; the call is not carried out.
            message: The text to answer with.
            retry_after: Seconds in the header Retry-After, beside a code or a status.
            delay: Seconds by which the answer comes late.
            cut: Drop the connection ``before`` the call is carried out, ``after`` it, or half-way in the ``body``.
            garbled: Carry the call out, and answer with half of the JSON.
            times: How many calls fail.
            skip: How many calls go well first.

        Raises:
            Refused: There is no such operation or code, or the plan says nothing or too much.
        """
        failure = Failure(
            operation=operation,
            code=code,
            status=status,
            message=message,
            retry_after=retry_after,
            delay=delay,
            cut=cut,
            garbled=garbled,
            times=times,
            skip=skip,
        )
        failure.check(operations=self.portal.operations, codes=specs.error_codes())
        self.portal.failures.plan(failure)
        return failure

    def clear_failures(self) -> None:
        """Let all calls go well again."""
        self.portal.failures.clear()

    def limit(self, limit: str | None) -> None:
        """Set the rate limit: so many calls of an operation in a time, for each client id (guide 2.2).

        Args:
            limit: ``500/s``, ``20/min``, ``1000/h``; None for no limit.

        Raises:
            Refused: It can't be read.
        """
        self.portal.limiter.set(limit or "")

    def court(
        self, act: str, body: Mapping[str, Any] | None = None, /, **path: str
    ) -> Mapping[str, Any]:
        """Let the court act: ``control.court("udpegLikvidator", {"likvidatorId": …}, sagId=…)``.

        Args:
            act: The act's name (`skifteportal.sandbox.court.COURT` has them all).
            body: What the court is told.
            **path: What the act's path names.

        Returns:
            What came of it.

        Raises:
            Refused: There is no such act, its body breaks the schema, or a rule forbids it.
        """
        if act not in COURT:
            problem = "there is no such act: skifteportal-sandbox court lists them"
            raise Refused(problem, status=404, field="act")
        try:
            return self.portal.court(act, path=path, body=body or {})
        except Fault as fault:
            raise Refused(
                fault.message, status=fault.status, code=fault.code, field=fault.field
            ) from None
