"""A portal to provoke codes on: in memory, with a clock that stands still, and a token for every role."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from skifteportal import specs
from skifteportal.sandbox.answers import Fault, json_object, read_json
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.messages import Request
from skifteportal.sandbox.oas import resolve
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.provocations.step import CLOCK, COURT_ROLE, SentFile, Step
from skifteportal.sandbox.routing import operations
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_PROFILE
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.store import Client

__all__ = ["ESTATE", "FUTURE", "OPEN_ESTATE", "PDF", "ROLES", "Stage"]

ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "creditor": ("11111111", ""),
    "other_creditor": ("90000001", ""),
    "gaeldsstyrelsen": ("19552101", ""),
    "liquidator_firm": ("90000005", ""),
    "stranger": ("90000003", ""),
    "liquidator": ("11111111", EXAMPLE_PROFILE),
    "other_liquidator": ("11111111", "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"),
}
"""The certificate's company (CVR number) of each role, and its profile; empty for a direct token.

`liquidator` is that of the example case, and a former one of the case that was handed on to `other_liquidator`.
"""

ESTATE: Final = "e25d84d3-7aec-4361-84da-93125cb83f08"
"""The guide's own estate, which was handed over."""

OPEN_ESTATE: Final = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0002"
"""An estate that was not handed over yet."""

PDF: Final = SentFile(one_page_pdf("Bilag"), "a PDF file of one page")
"""A document that the portal takes."""

FUTURE: Final = "2999-01-01"
"""A day that has not come, whenever a provocation is tried."""

_CLIENT: Final = Client(id="provocations", secret="")  # never logs in


class Stage:
    """A portal to provoke codes on.

    Args:
        settings: What the sandbox assumes.

    Attributes:
        clock: The portal's time; what a provocation moves it by is a step (`advance`).
        portal: The portal.
        steps: What was done since the last reset.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.clock = ManualClock()
        self.portal = Portal(
            clients=[_CLIENT],
            issuer="https://sysauth.sandbox.test",
            settings=settings,
            clock=self.clock,
        )
        self.steps: list[Step] = []
        self._operations = {
            (api, operation.id): operation
            for api in specs.apis()
            for operation in operations(api, specs.spec(api))
        }

    def reset(self) -> None:
        """Start anew: time, portal and record."""
        self.clock.moment = ManualClock().moment
        self.portal.reset()
        self.steps.clear()

    def call(
        self,
        who: str,
        api: str,
        operation: str,
        body: Any = None,
        *,
        file: SentFile | None = None,
        query: Mapping[str, Any] | None = None,
        **path: str,
    ) -> Step:
        """Call an operation of an API.

        Args:
            who: The role that calls (`ROLES`).
            api: The API: ``doedsbojournal``.
            operation: The operationId.
            body: The JSON to send.
            file: A file to send instead.
            query: Query parameters.
            **path: Path parameters; those that the path has not are passed over.
        """
        found = self._operations[api, operation]
        target = found.path.format_map(
            {name: quote(value, safe="") for name, value in path.items()}
        )
        if query:
            target += f"?{urlencode(query)}"
        about: list[tuple[str, str]] = []
        content = b""
        if file is not None:
            kind = next(iter(resolve(found.document, found.node["requestBody"])["content"]))
            about = [("Content-Type", kind), ("Content-Disposition", 'filename="bilag.pdf"')]
            content = file.content
        elif body is not None:
            about = [("Content-Type", "application/json")]
            content = json.dumps(body).encode()
        answer = self.portal.handle(
            Request(
                role="api",
                method=found.method,
                target=target,
                headers=(("Authorization", f"Bearer {self._token(who)}"), *about),
                body=content,
            )
        )
        is_json = (answer.header("Content-Type") or "").startswith("application/json")
        said = read_json(answer.body) if is_json else None
        code = (json_object(said) or {}).get(self.portal.settings.code_member)
        return self._noted(
            Step(
                who=who,
                operation=operation,
                method=found.method,
                path=target,
                sent=body,
                file=file,
                headers=() if file is None else tuple(about),
                status=answer.status,
                code=code,
                answer=said,
            )
        )

    def court(self, act: str, body: Mapping[str, Any], **path: str) -> Step:
        """Let the court act.

        Args:
            act: The act's name (`skifteportal.sandbox.court.COURT`).
            body: What it is told.
            **path: What its path names.
        """
        found = COURT[act]
        status, code, said = 200, None, None
        try:
            said = self.portal.court(act, path=path, body=body)
        except Fault as fault:
            status, code = fault.status, fault.code
        return self._noted(
            Step(
                who=COURT_ROLE,
                operation=act,
                method=found.method,
                path=found.path.format_map(path),
                sent=body,
                status=status,
                code=code,
                answer=said,
            )
        )

    def advance(self, *, days: int) -> Step:
        """Move the portal's clock on; tokens that were given before may have expired then.

        Args:
            days: By how many days.
        """
        self.clock.advance(days=days)
        return self._noted(
            Step(
                who=CLOCK,
                operation="advance",
                method="POST",
                path="/_sandbox/clock/advance",
                sent={"by": f"{days}d"},
                status=200,
                code=None,
                answer=None,
            )
        )

    def _noted(self, step: Step) -> Step:
        self.steps.append(step)
        return step

    def _token(self, who: str) -> str:
        company, profile = ROLES[who]
        return self.portal.access_token(caller_for(self.portal, company=company, profile=profile))
