"""The journal: what was asked of the portal, by whom, and what it said; the newest calls only, and no secrets."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.messages import Answer, Request, Role
from skifteportal.sandbox.tokens import Caller

__all__ = ["Entry", "Journal", "Validation"]

Validation: TypeAlias = Literal["", "passed", "request", "answer"]
Follower: TypeAlias = Callable[["Entry"], None]

_KEPT: Final = 1000
_BODY: Final = 64 * 1024  # bytes; what is longer is cut
_NOT_SHOWN: Final = frozenset({"time", "request_body", "answer_body"})


@attrs.define(kw_only=True, repr=False)
class Entry:
    """One call.

    Attributes:
        number: Counts the calls since the journal was begun, from 1.
        time: When it came, by the portal's clock, nanoseconds since 1970.
        role: The host that was called.
        method: HTTP method.
        path: The path's template, without ids; empty for a path that is not there.
        api: The API; empty for login and exchange.
        operation: The operationId, ``login``, ``exchange``, or ``-`` for a path that is not there.
        company: CVR number of the caller's certificate; empty where none was found.
        certificate: SERIALNUMBER in its subject.
        client: The client id of its token.
        kind: The token's kind: ``direct``, ``delegated``, or ``open`` where none is needed.
        profile: The liquidator's profile that the token stands on.
        status: HTTP status of the answer.
        code: The portal's business code.
        field: The field that a refusal is about.
        rule: The specification's rule that the request breaks.
        validation: ``passed``; which of ``request`` and ``answer`` breaks the specification; empty: it was not judged.
        failure: What was planned for it, in words.
        milliseconds: How long it took.
        request_id: What the answer's request id header said.
        received: Size of the request's body, bytes.
        sent: Size of the answer's body, bytes.
        request_body: The request's JSON, where bodies are kept.
        answer_body: The answer's JSON, where bodies are kept.
    """

    number: int = 0
    time: int
    role: Role
    method: str
    path: str = ""
    api: str = ""
    operation: str = "-"
    company: str = ""
    certificate: str = ""
    client: str = ""
    kind: str = ""
    profile: str = ""
    status: int = 0
    code: str = ""
    field: str = ""
    rule: str = ""
    validation: Validation = ""
    failure: str = ""
    milliseconds: float = 0.0
    request_id: str = ""
    received: int = 0
    sent: int = 0
    request_body: str | None = None
    answer_body: str | None = None

    def saw(self, caller: Caller) -> None:
        """Note who calls."""
        self.company, self.certificate = caller.company, caller.certificate
        self.client, self.kind, self.profile = caller.client, caller.kind, caller.profile

    def refused(self, fault: Fault) -> None:
        """Note a refusal: its code, field and rule, never its text, which may quote the request."""
        self.code, self.field, self.rule = fault.code or "", fault.field or "", fault.rule or ""
        if fault.rule:
            self.validation = "request"

    def as_json(self) -> dict[str, Any]:
        """Return it, ready to send as JSON; bodies only where they were kept."""
        shown = {
            name: getattr(self, name) for name in attrs.fields_dict(Entry) if name not in _NOT_SHOWN
        }
        shown["time"] = timestamp(self.time)
        shown["milliseconds"] = round(self.milliseconds, 2)
        for name in ("request_body", "answer_body"):
            if getattr(self, name) is not None:
                shown[name] = getattr(self, name)
        return shown


class Journal:
    """Keeps the newest calls, and tells those who follow. Thread-safe.

    Args:
        kept: How many calls are kept.

    Attributes:
        keep_bodies: Whether JSON bodies of API calls are kept, which hold personal data. Never those of login and
            exchange, which hold secrets and tokens.
    """

    def __init__(self, *, kept: int = _KEPT) -> None:
        self.keep_bodies = False
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._number = 0
        self._followers: tuple[Follower, ...] = ()
        self._guard = threading.Lock()

    def add(self, entry: Entry, request: Request, answer: Answer) -> None:
        """Note a call that was answered.

        Args:
            entry: What is known of it.
            request: The request.
            answer: The answer.
        """
        entry.status = answer.status
        entry.received, entry.sent = len(request.body), len(answer.body)
        if self.keep_bodies and request.role == "api":
            entry.request_body = _json_text(request)
            entry.answer_body = _json_text(answer)
        with self._guard:
            self._number += 1
            entry.number = self._number
            self._entries.append(entry)
            followers = self._followers
        for follower in followers:
            follower(entry)

    def clear(self) -> None:
        """Forget the calls; the count goes on."""
        with self._guard:
            self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        with self._guard:
            return iter(tuple(self._entries))

    def calls(self, operation: str | None = None, **wanted: object) -> list[Entry]:
        """Return calls, the oldest first: what a test suite expects things of.

        Args:
            operation: The operationId, ``login`` or ``exchange``; any unless given.
            **wanted: What else an entry's attributes must be: ``status=201``, ``company="11111111"``.
        """
        asked: Mapping[str, object] = (
            wanted if operation is None else {"operation": operation, **wanted}
        )
        return [
            entry
            for entry in self
            if all(getattr(entry, name) == value for name, value in asked.items())
        ]

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Tell somebody of every call from now on, in the thread that answers it.

        Args:
            follower: Is told; it must be quick.

        Returns:
            What ends it.
        """
        with self._guard:
            self._followers = (*self._followers, follower)

        def end() -> None:
            with self._guard:
                self._followers = tuple(one for one in self._followers if one is not follower)

        return end


def _json_text(message: Request | Answer) -> str | None:
    if not (message.header("Content-Type") or "").startswith("application/json"):
        return None
    return message.body[:_BODY].decode(errors="replace")
