"""The portal's heart: a request in, an answer out, without sockets or a framework."""

import contextlib
import logging
import re
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import rsa

from skifteportal import specs
from skifteportal.sandbox import dissolution, documents, doedsbo, registers
from skifteportal.sandbox.admission import Admission
from skifteportal.sandbox.answers import Fault, error_answer
from skifteportal.sandbox.assertions import Assertions
from skifteportal.sandbox.call import Call, Handlers, World
from skifteportal.sandbox.clock import Clock, SystemClock, timestamp
from skifteportal.sandbox.court import COURT, CourtCall
from skifteportal.sandbox.errors import StateError
from skifteportal.sandbox.exchange import Exchange
from skifteportal.sandbox.failures import Failures
from skifteportal.sandbox.fault_place import place_of
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.journal import Entry, Journal
from skifteportal.sandbox.limits import Limiter
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.moving_clock import MovingClock
from skifteportal.sandbox.oauth import failed
from skifteportal.sandbox.routing import Operation, Router, operations
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.store import Client
from skifteportal.sandbox.token_endpoint import TokenEndpoint, login_addresses
from skifteportal.sandbox.tokens import Caller, Tokens
from skifteportal.sandbox.trust import Trust
from skifteportal.sandbox.validation import AnswerBreaksSpecification, Judges

__all__ = ["Portal"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_REQUEST_ID: Final = re.compile(r"[\w.:-]{1,100}", re.ASCII)
# The APIs, each with its operations.
_APIS: Final[Mapping[str, Handlers]] = {
    "doedsbojournal": doedsbo.HANDLERS,
    "tvangsoploesning-dirigent": dissolution.GENERAL,
    "tvangsoploesning-dirigent-kreditor": dissolution.CREDITOR,
    "tvangsoploesning-dirigent-likvidator": dissolution.LIQUIDATOR,
    "henvendelse": dissolution.MESSAGES,
    "henvendelse-dirigent": dissolution.MESSAGES_IN_CASE,
    "sagslager": dissolution.CASE_LIST,
    "dokument-lager-ekstern": documents.HANDLERS,
    "person": registers.PEOPLE,
    "virksomhed": registers.COMPANIES,
    "adresse": registers.ADDRESSES,
    "retskreds": registers.COURTS,
}
_UNREADABLE: Final[Mapping[int, str]] = {
    400: "This can't be read as HTTP/1.1 (RFC 9112)",
    413: "The body is too large: see the setting max_body_bytes; a login's may have 65536 bytes",
    431: "The target and the headers are too large",
}


class Portal:
    """A whole portal in memory: login, token exchange and APIs. Thread-safe.

    Args:
        clients: API users that may ask for tokens.
        issuer: Address of the login host, which stands in the tokens.
        settings: What to assume where the guide is silent.
        clock: The portal's time.
        login_clock: The time that assertions and their certificates are judged by; the machine's unless given, since
            their makers know no other.
        trust: Whose certificates may sign assertions; nobody's unless given.
        signing_key: Key of the tokens; a new one unless given.
        state: A file to keep everything in over restarts; None: gone with the process.

    Raises:
        StateError: The file cannot be used; it is left as it is.

    Attributes:
        memory: What it remembers, to dump, load and seed.
        clock: The portal's time, which may be moved.
        journal: The newest calls.
        failures: What is planned to fail.
        limiter: The rate limit.
        operations: The operationIds of all APIs.
    """

    def __init__(
        self,
        *,
        clients: Iterable[Client],
        issuer: str,
        settings: Settings | None = None,
        clock: Clock | None = None,
        login_clock: Clock | None = None,
        trust: Trust | None = None,
        signing_key: rsa.RSAPrivateKey | None = None,
        state: Path | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.clock = MovingClock(clock or SystemClock())
        self.journal = Journal()
        self.failures = Failures()
        self.limiter = Limiter(self.clock, start=self.settings.rate_limit)
        registry = specs.registry()
        first_page = self.settings.first_page
        self.memory = Memory(clients=clients, clock=self.clock, state=state)
        self.memory.keep("clock", self.clock)
        self.memory.keep("clients taken back", self.memory.store.clients)
        self._world = World(
            store=self.memory.store,
            clock=self.clock,
            settings=self.settings,
            first_page=registry["assumptions"]["first_page"] if first_page is None else first_page,
            code_texts={code: entry["text"] for code, entry in specs.error_codes().items()},
        )
        key = signing_key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._tokens = Tokens(
            key, issuer=f"{issuer}/realms/sts", clock=self.clock, settings=self.settings
        )
        self.memory.keep("tokens forgotten", self._tokens)
        assertions = Assertions(
            trust,
            audiences=(*login_addresses(issuer), *self.settings.assertion_audiences),
            clock=login_clock or SystemClock(),
            settings=self.settings,
        )
        self._token_endpoint = TokenEndpoint(self._world, self._tokens, assertions)
        self._exchange = Exchange(self._world, self._tokens)
        self._admission = Admission(
            self._tokens,
            kinds={api: entry["token"] for api, entry in registry["apis"].items()},
            memory=self.memory,
            world=self._world,
        )
        described = {api: specs.spec(api) for api in specs.apis()}
        found = [
            operation
            for api, document in described.items()
            for operation in operations(api, document)
        ]
        self.operations = frozenset(operation.id for operation in found)
        self._router = Router(found)
        self._judges = {
            api: Judges(document, status=self.settings.schema_status)
            for api, document in described.items()
        }

    def reset(self) -> None:
        """Put the portal back to how it was first started: what was filed, planned, noted, revoked and moved is forgotten.

        Tokens stay good.
        """
        self.memory.reset()  # first, for it can fail
        self.failures.clear()
        self.limiter.set(self.settings.rate_limit)
        self.journal.clear()

    @contextlib.contextmanager
    def transaction(self) -> Generator[World]:
        """Hold the portal still and change what it remembers: all of it, or nothing if an exception leaves the block.

        What is fetched within the block may be changed in place; it is kept when the block ends. Other threads wait,
        and never see half of it. Blocks do not nest.
        """
        with self.memory.transaction():
            yield self._world

    def close(self) -> None:
        """Let go of the state file; the portal cannot be asked any more."""
        self.memory.close()

    def court(
        self, name: str, *, path: Mapping[str, str], body: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Let the court act.

        Args:
            name: The act: ``udpegLikvidator`` (`skifteportal.sandbox.court.COURT` has them all).
            path: What its path names: ``{"sagId": …}``.
            body: What it is told, as its schema says.

        Returns:
            What came of it, ready to send as JSON.

        Raises:
            Fault: The body breaks the act's schema, or a rule forbids the act; nothing is changed then.
        """
        act = COURT[name]
        act.check(body, status=self.settings.schema_status)
        with self.transaction() as world:
            return act.run(CourtCall(world=world, path=path, body=act.known.of(body)))

    def access_token(self, caller: Caller) -> str:
        """Give a caller an access token without its logging in: for those in the same process.

        Args:
            caller: Who it stands for.
        """
        return self._tokens.access_token(
            caller, client_id=caller.client or caller.company, scope="openid"
        )

    def forget_tokens(self) -> None:
        """Refuse every token that was issued so far, as after a revocation by the court."""
        self._tokens.forget()
        self.memory.settle()

    def handle(self, request: Request) -> Answer:
        """Answer a request. Never raises; usable from several threads.

        Args:
            request: The request, to any of the three hosts.
        """
        started = time.perf_counter()
        request_id = request.header(self.settings.request_id_header) or ""
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = new_id()
        entry = Entry(
            time=self.clock.now_ns(),
            role=request.role,
            method=request.method,
            request_id=request_id,
        )
        try:
            answer = self._answer(request, entry)
        except Fault as fault:
            entry.refused(fault)
            answer = self._refusal(fault, entry)
        except Exception as error:  # noqa: BLE001 - the caller gets a clear answer, the log the place
            answer = self._broken(error, entry)
        entry.milliseconds = (time.perf_counter() - started) * 1000
        self.journal.add(entry, request, answer)
        _LOGGER.info(
            "%s %s %s -> %s in %.1f ms",
            request.role,
            request.method,
            entry.operation,  # never a path, which holds ids
            answer.status,
            entry.milliseconds,
        )
        if request.role == "sysauth":
            return answer
        return answer.with_header(self.settings.request_id_header, request_id)

    def _refusal(self, fault: Fault, entry: Entry) -> Answer:
        if entry.role != "api":
            return failed(fault.status, fault.message)
        return error_answer(
            fault,
            settings=self.settings,
            moment=timestamp(self.clock.now_ns()),
            request_id=entry.request_id,
        )

    def _broken(self, error: Exception, entry: Entry) -> Answer:
        """Say that the sandbox itself is at fault: loudly in the log, without a value of the request's anywhere."""
        label = entry.operation
        if isinstance(error, AnswerBreaksSpecification):
            entry.validation = "answer"
            text = f"The sandbox's own answer to {label} breaks the specification: {error}"
        elif isinstance(error, StateError):  # the machine's fault, and the user's to mend
            _LOGGER.error("%s (request %s)", error, entry.request_id)
            return self._refusal(Fault(500, str(error)), entry)
        else:
            text = f"The sandbox failed at {label}: {type(error).__name__} {place_of(error)}"
        _LOGGER.error("%s (request %s)", text, entry.request_id)
        return self._refusal(
            Fault(500, f"{text}. This is a fault of the sandbox's: please report it."), entry
        )

    def takes_long(self, request: Request) -> bool:
        """Whether the answer may take seconds, since a file is looked through; usable from several threads.

        Args:
            request: The request.
        """
        if request.role != "api" or not request.body:
            return False
        if (request.header("Content-Type") or "").startswith("application/json"):
            return False
        try:
            operation, _ = self._router.find(request.method, request.path)
        except Fault:
            return False
        return _APIS[operation.api][operation.id].scan is not None

    def _answer(self, request: Request, entry: Entry) -> Answer:
        if request.unreadable:
            raise Fault(request.unreadable, _UNREADABLE[request.unreadable])
        if len(request.body) > self.settings.max_body_bytes:
            raise Fault(413, _UNREADABLE[413])
        if (request.header("Content-Encoding") or "identity").lower() != "identity":
            raise Fault(415, "Send the body as it is, not compressed", field="Content-Encoding")
        if request.role == "sysauth":
            entry.operation = "login"
            return self._unless_failing(entry, lambda: self._login(request, entry))
        if request.role == "auth":
            entry.operation = "exchange"
            return self._unless_failing(entry, lambda: self._exchanged(request, entry))
        operation, path = self._router.find(request.method, request.path)
        entry.operation, entry.api, entry.path = operation.id, operation.api, operation.path
        return self._unless_failing(entry, lambda: self._operate(operation, path, request, entry))

    def _login(self, request: Request, entry: Entry) -> Answer:
        with self.transaction():
            return self._token_endpoint.handle(request, saw=entry.saw)

    def _exchanged(self, request: Request, entry: Entry) -> Answer:
        with self.transaction():
            return self._exchange.handle(request, saw=entry.saw)

    def _unless_failing(self, entry: Entry, run: Callable[[], Answer]) -> Answer:
        """Carry out a call, unless the user planned another end for it."""
        failure = self.failures.take(entry.operation)
        if failure is None:
            return run()
        entry.failure = failure.summary
        refused = failure.refuse(entry.role, self._world.refusal)
        if refused is not None:
            return refused
        try:
            answer = run()
        except Fault as fault:  # what the portal itself refuses comes late, cut or garbled, too
            entry.refused(fault)
            answer = self._refusal(fault, entry)
        return failure.spoil(answer)

    def _operate(
        self, operation: Operation, path: Mapping[str, str], request: Request, entry: Entry
    ) -> Answer:
        handler = _APIS.get(operation.api, {}).get(operation.id)
        if handler is None:
            raise Fault(501, f"The sandbox cannot carry out {operation.api} {operation.id} yet")
        caller = self._admission.caller(operation, request)
        entry.saw(caller)
        if caller.profile:
            caller = self._admission.tied(caller, path.get("sagId", "").lower())
        if caller.client:  # who needs no token has no client id either
            self.limiter.check(caller.client, operation.id)
        judge = self._judges[operation.api].of(operation)
        call = Call(
            world=self._world,
            operation=operation,
            request=request,
            caller=caller,
            parameters=judge.parameters(path, request),
            body=judge.read_body(request),
        )
        if handler.early is not None:
            handler.early(call)
        judge.check_body(call.body)
        entry.validation = "passed"
        if handler.admit is not None:
            with self.transaction():
                handler.admit(call)
        if handler.scan is not None:
            handler.scan(call)
        with self.memory.transaction():  # kept only if the answer keeps to the specification
            answer = handler.run(call)
            judge.check_answer(answer)
        return answer
