"""What an operation of the portal is given, and what makes it: the seam between the heart and the APIs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.oas import resolve
from skifteportal.sandbox.routing import Operation
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.state import Listing, SortKey, rank
from skifteportal.sandbox.store import Store
from skifteportal.sandbox.tokens import Caller
from skifteportal.sandbox.validation import Parameters

__all__ = ["Asked", "Call", "Handler", "Handlers", "World", "page_of"]

T = TypeVar("T")
_SCALARS = frozenset({"string", "number", "integer", "boolean"})


@attrs.define(kw_only=True)
class World:
    """What all operations share.

    Attributes:
        store: What the portal remembers.
        clock: The portal's time.
        settings: What the sandbox assumes.
        first_page: The number of a list's first page.
        code_texts: The portal's text of each business code, with its holes ``{0}``.
    """

    store: Store
    clock: Clock
    settings: Settings
    first_page: int
    code_texts: Mapping[str, str]

    def refusal(self, code: str, *holes: str, field: str | None = None) -> Fault:
        """Make a refusal with one of the portal's business codes.

        Args:
            code: The code: ``doedsbo.f1``.
            *holes: What stands in the text's ``{0}``, ``{1}`` ….
            field: The field that the refusal is about.
        """
        text = self.code_texts.get(code, code)
        for index, hole in enumerate(holes):
            text = text.replace(f"{{{index}}}", hole)
        return Fault(self.settings.business_status, text, code=code, field=field)


class Asked(Protocol):
    """What a caller's operations and the court's acts have in common."""

    @property
    def world(self) -> World:
        """What all operations share."""
        ...

    def refuse(self, code: str, *holes: str, field: str | None = None) -> Fault:
        """Make a refusal with one of the portal's business codes."""
        ...


@attrs.frozen(kw_only=True, repr=False)
class Call:
    """One call of an operation by a caller whose token was found good.

    Attributes:
        world: What all operations share.
        operation: The operation, as the specification has it.
        request: The request.
        caller: Who calls.
        parameters: The judged parameters.
        body: The body: JSON read, or bytes; None without one. In `Handler.early` not yet judged by the schema.
    """

    world: World
    operation: Operation
    request: Request
    caller: Caller
    parameters: Parameters
    body: Any

    def refuse(self, code: str, *holes: str, field: str | None = None) -> Fault:
        """Make a refusal with one of the portal's business codes.

        Args:
            code: The code: ``doedsbo.f1``.
            *holes: What stands in the text's ``{0}``, ``{1}`` ….
            field: The field that the refusal is about.
        """
        return self.world.refusal(code, *holes, field=field)


@attrs.frozen(kw_only=True)
class Handler:
    """How an operation is carried out.

    Attributes:
        run: Makes the answer; called with the portal's lock held, after the schema.
        early: Rules with a code of their own that answer before the schema; the body may be anything. They look at
            nothing that the portal remembers, so they need no lock.
        admit: What is judged before `scan`, with the portal's lock held; `run` judges it once more.
        scan: What may take seconds, judged without the lock.
    """

    run: Callable[[Call], Answer]
    early: Callable[[Call], None] | None = None
    admit: Callable[[Call], object] | None = None
    scan: Callable[[Call], None] | None = None


Handlers: TypeAlias = Mapping[str, Handler]


def page_of(
    call: Call,
    entries: Sequence[T],
    show: Callable[[T], Mapping[str, Any]],
    *,
    glances: Callable[[str], Callable[[bytes], Any] | None] = lambda _member: None,
) -> Answer:
    """Answer with one page of a list: a bare array and `X-Total-Count`.

    Args:
        call: The call, whose page, size, sort and direction are followed.
        entries: The whole list.
        show: Makes the JSON of one entry; only the page's are made unless the list is to be sorted.
        glances: Gives what reads a member off an entry's row (`skifteportal.sandbox.state.glance`), so that a long list
            is sorted without making the entries; None for a member that cannot be read off.

    Raises:
        Fault: The list cannot be sorted by that field, or the page is before the first.
    """
    settings = call.world.settings
    query = call.parameters.query
    ordered = _sorted(call, entries, show, glances)
    number = query.get("page", call.world.first_page) - call.world.first_page
    if number < 0:
        text = f"The first page is {call.world.first_page}"
        raise Fault(settings.schema_status, text, field="page")
    size = min(query.get("size", settings.default_page_size), settings.max_page_size)
    total = len(ordered)
    start, stop = min(number * size, total), min((number + 1) * size, total)
    if query.get("direction") == "DESC":
        found = ordered[total - stop : total - start][::-1]
    else:
        found = ordered[start:stop]
    page = [show(entry) for entry in found]
    return json_answer(200, page, headers=(("X-Total-Count", str(total)),))


def _sorted(
    call: Call,
    entries: Sequence[T],
    show: Callable[[T], Mapping[str, Any]],
    glances: Callable[[str], Callable[[bytes], Any] | None],
) -> Sequence[T]:
    sort = call.parameters.query.get("sort")
    if sort is None:
        return entries
    if sort not in _sortable(call.operation):
        text = "The list cannot be sorted by this field"
        raise Fault(call.world.settings.schema_status, text, field="sort")
    if isinstance(entries, Listing):
        name = f"{call.operation.api} {call.operation.id} {sort}"
        key = SortKey[T](name=name, of=lambda entry: show(entry).get(sort), glance=glances(sort))
        return entries.sorted_by(key)
    return sorted(entries, key=lambda entry: rank(show(entry).get(sort)))


def _sortable(operation: Operation) -> set[str]:
    document = operation.document
    schema = operation.node["responses"]["200"]["content"]["application/json"]["schema"]
    properties = resolve(document, resolve(document, schema)["items"])["properties"]
    return {
        name
        for name, member in properties.items()
        if resolve(document, member).get("type") in _SCALARS
    }
