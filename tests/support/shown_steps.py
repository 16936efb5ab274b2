"""The steps that a page shows to provoke a code, read off the page and done again in a portal in memory."""

from __future__ import annotations

import json
import re
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from page_code import shown_in

from skifteportal.core._http import Client
from skifteportal.sandbox import InProcessPortal
from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.control.commands import COMMANDS
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.provocations.stage import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

_CLOCK = re.compile(r"skifteportal-sandbox clock (\w+) (\S+)")
_AGAIN = re.compile(r"# the same (\d+) more times")
_OK = 200


class ShownStep(NamedTuple):
    """A step as it is shown.

    Attributes:
        request: The block that says what is sent, or the command.
        answer: The block that says what comes back; empty after a command.
    """

    request: str
    answer: str = ""

    @property
    def times(self) -> int:
        """How often it is done."""
        found = _AGAIN.search(self.answer)
        return 1 + int(found[1]) if found else 1


def shown_steps(page: str) -> Iterator[ShownStep]:
    """Read the steps of a code's page, which shows no other blocks."""
    blocks = iter(shown_in(page).blocks)
    for block in blocks:
        if block.language == "http":
            yield ShownStep(block.text.strip(), next(blocks).text.strip())
        else:
            yield ShownStep(block.text.strip())


class Replay:
    """A portal that was just seeded, and whoever does there what a page shows.

    Args:
        now: The portal's time.
        files: The files by what a page says of each.
    """

    def __init__(self, now: datetime, files: Mapping[str, bytes]) -> None:
        self._portal = InProcessPortal(clock=ManualClock(moment=now))
        self._files = files
        self._ids: dict[str, str] = {}

    def restart(self) -> None:
        """Begin with the next page."""
        self._portal.reset()
        self._ids.clear()

    def do(self, step: ShownStep) -> str:
        """Do a step as often as it says; return what is wrong with the last answer, if anything is."""
        if moved := _CLOCK.fullmatch(step.request):
            (command,) = (one for one in COMMANDS if one.path == f"/_sandbox/clock/{moved[1]}")
            command.run(self._portal.control, {}, {"by": moved[2]})
            return ""
        for _ in range(step.times):
            status, said = self._send(step.request)
        return self._compared(step.answer, status, said)

    def _send(self, request: str) -> tuple[int, Any]:
        first, role, *rest = Template(request).substitute(self._ids).splitlines()
        method, path = first.split(" ")
        who = role.removeprefix("# as: ")
        if who == "court":
            return self._court(method, path, json.loads("\n".join(rest)))
        headers = dict(line.split(": ", 1) for line in rest if re.match(r"[A-Z][\w-]+: ", line))
        told = [line for line in rest if line.startswith("# file: ")]
        body = "\n".join(line for line in rest if line not in told)
        content = self._files[told[0].removeprefix("# file: ")] if told else body.encode()
        company, profile = ROLES[who]
        auth = self._portal.for_profile(profile) if profile else self._portal.direct(company)
        with Client(auth=auth, transport=self._portal.transport) as client:
            answer = client.request(
                method,
                f"{auth.environment.api_url}{path}",
                content=content,
                headers=headers or {"Content-Type": "application/json"},
            )
        return answer.status_code, answer.json() if answer.content else None

    def _court(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        for act in COURT.values():
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(act.path))
            if act.method == method and (found := re.fullmatch(pattern, path)):
                try:
                    return _OK, self._portal.control.court(act.name, body, **found.groupdict())
                except Refused as refused:
                    return refused.status, refused.code
        raise AssertionError(f"no act of the court's: {method} {path}")

    def _compared(self, shown: str, status: int, said: Any) -> str:
        """Note the ids that the page names, and compare the status, and the code if there is one."""
        first, _, rest = shown.partition("\n")
        if first != f"HTTP {status}":
            return f"{first} is shown, {status} {said} came back"
        if rest.startswith("# ") and not _AGAIN.match(rest):
            return "" if rest == f"# {said}" else f"{rest} is shown, {said} came back"
        if not rest.startswith(("{", "[")):
            return ""
        told = json.loads(_AGAIN.sub("", rest))
        if "fejlkode" in told:
            same = told["fejlkode"] == said["fejlkode"]
            return "" if same else f"{told['fejlkode']} is shown, {said['fejlkode']} came back"
        self._note(told, said)
        return ""

    def _note(self, told: Any, said: Any) -> None:
        if isinstance(told, str):
            self._ids[told.removeprefix("$")] = said
        else:
            for key, value in told.items() if isinstance(told, dict) else enumerate(told):
                self._note(value, said[key])
