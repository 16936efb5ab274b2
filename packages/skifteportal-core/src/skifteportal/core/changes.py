"""What has changed since a moment: asked in portions, given once each, and from when to ask next time.

No change may fall between two rounds. The portal's own clock counts, as the ``Date`` of the first answer of a round
shows it: what changed before that answer was made is in the round, or will be in the next. ``Date`` has whole seconds
and is written after the portal has looked, so the next round begins a little before it: ``overlap``, a minute, is
longer than an answer may take. An entity changed within that minute is given again next time. Without a ``Date``
it is the newest ``redigeringstidspunkt`` of the portion that got least far, or else the moment of this round.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

from typing_extensions import override

from skifteportal.core._compile import model_class
from skifteportal.core._values import moment_text
from skifteportal.core.codec import from_json
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.pages import AsyncPages, Pages
from skifteportal.core.shapes import ModelOf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from skifteportal.core.model import Model
    from skifteportal.core.operation import Operation
    from skifteportal.core.reading import Reply
    from skifteportal.core.request import Identifier, Paging

__all__ = ["OVERLAP", "AsyncChanges", "Changes", "Question"]

T = TypeVar("T")

OVERLAP = timedelta(minutes=1)


class Question:
    """What is asked for: which ids, since when, in which portions.

    Args:
        operation: The operation that finds changes.
        names: The JSON names of the ids and of the moment in its body.
        ids: What is followed; each once.
        moment: Since when.
        portion: How many ids to ask about at once. The portal's limit is not known.
        overlap: How much before the portal's time the next round begins; OVERLAP unless given.

    Raises:
        InvalidArgument: The ids are no collection, the moment has no time zone, the portion is no number, or the
            overlap is less than nothing.
    """

    def __init__(
        self,
        operation: Operation[Any],
        names: tuple[str, str],
        ids: Iterable[Identifier],
        moment: datetime,
        *,
        portion: int,
        overlap: timedelta | None = None,
    ) -> None:
        if not _is_a(moment, datetime) or moment.utcoffset() is None:
            raise InvalidArgument(
                "moment must be a datetime with a time zone, such as datetime.now(UTC).",
                argument="moment",
            )
        if not _is_a(portion, int) or portion < 1:
            raise InvalidArgument("portion must be a whole number, 1 or more.", argument="portion")
        self.overlap = OVERLAP if overlap is None else overlap
        if not _is_a(self.overlap, timedelta) or self.overlap < timedelta(0):
            raise InvalidArgument("overlap must be a timedelta, 0 or more.", argument="overlap")
        self._operation = operation
        self._names = names
        self._portion = portion
        self.ids = tuple(dict.fromkeys(_each(ids)))
        self.moment = moment

    def bodies(self) -> Iterator[Model]:
        """The bodies of the calls, one for each portion."""
        shape = self._operation.body
        assert isinstance(shape, ModelOf)  # noqa: S101 - the generator sees to it
        ids, moment = self._names
        for start in range(0, len(self.ids), self._portion):
            part = list(self.ids[start : start + self._portion])
            yield from_json(
                model_class(shape.reference), {ids: part, moment: moment_text(self.moment)}
            )


def _is_a(value: object, kind: type) -> bool:
    """As isinstance, of what a type checker believes already; a bool is no number."""
    return isinstance(value, kind) and not isinstance(value, bool)


def _each(ids: object) -> Iterator[str]:
    """The ids, one by one. A str is a collection of its letters, too: it is refused."""
    if isinstance(ids, (str, bytes)) or not isinstance(ids, Iterable):
        raise InvalidArgument(
            "ids must be a collection of ids, such as a list; of a single one, [id].",
            argument="ids",
        )
    for one in cast("Iterable[object]", ids):
        if not isinstance(one, (str, UUID)):
            raise InvalidArgument("Each of ids must be a str or a UUID.", argument="ids")
        yield str(one)


class _Round:
    """One time through all portions."""

    def __init__(self, question: Question) -> None:
        self.bodies = question.bodies()
        self._question = question
        self._seen: set[str] = set()
        self._date: datetime | None = None
        self._newest: list[datetime] = []  # of each portion

    def begin_portion(self) -> None:
        self._newest.append(self._question.moment)

    def answered(self, reply: Reply[Any]) -> None:
        """An answer has come."""
        if self._date is None:
            self._date = _date(reply.date)

    def is_new(self, item: Any) -> bool:
        """Whether an entity comes for the first time."""
        changed: datetime | None = getattr(item, "redigeringstidspunkt", None)
        if changed is not None:
            self._newest[-1] = max(self._newest[-1], changed)
        new = item.id not in self._seen
        self._seen.add(item.id)
        return new

    def next_moment(self) -> datetime:
        """From when to ask next time, after the last portion."""
        question = self._question
        if self._date is not None:
            return max(question.moment, self._date - question.overlap)
        return max(question.moment, min(self._newest, default=question.moment) - question.overlap)


def _date(text: str) -> datetime | None:
    """An answer's Date (RFC 9110, 6.6.1); None if it has none that can be read."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class _Changes:
    """What both kinds of changes share.

    Attributes:
        next_moment: From when to ask next time. Until all changes have been seen it is the moment they were asked
            from, so that a round that is broken off is asked for again.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self.next_moment = question.moment

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._question.ids)}>"


class Changes(_Changes, Generic[T]):
    """What has changed: ``for bo in changes``, each once. Afterwards ``changes.next_moment`` is where to go on.

    Each iteration asks the portal anew.

    Attributes:
        next_moment: From when to ask next time. Until all changes have been seen it is the moment they were asked
            from, so that a round that is broken off is asked for again.
    """

    def __init__(
        self,
        question: Question,
        prepare: Callable[[Model], tuple[Callable[[int | None], Reply[T]], Paging]],
    ) -> None:
        super().__init__(question)
        self._prepare = prepare

    def __iter__(self) -> Iterator[T]:
        this = _Round(self._question)
        for body in this.bodies:
            this.begin_portion()
            for item in Pages(*self._listening(this, body)):
                if this.is_new(item):
                    yield item
        self.next_moment = this.next_moment()

    def _listening(
        self, this: _Round, body: Model
    ) -> tuple[Callable[[int | None], Reply[T]], Paging]:
        ask, paging = self._prepare(body)

        def listen(number: int | None) -> Reply[T]:
            reply = ask(number)
            this.answered(reply)
            return reply

        return listen, paging


class AsyncChanges(_Changes, Generic[T]):
    """What has changed: ``async for bo in changes``. As Changes.

    Attributes:
        next_moment: As Changes.next_moment.
    """

    def __init__(
        self,
        question: Question,
        prepare: Callable[[Model], tuple[Callable[[int | None], Awaitable[Reply[T]]], Paging]],
    ) -> None:
        super().__init__(question)
        self._prepare = prepare

    def __aiter__(self) -> AsyncIterator[T]:
        return _AsyncRound(self, self._prepare, _Round(self._question))


class _AsyncRound(Generic[T]):
    """Changes, one by one. A generator would make trio warn whenever a loop is left early."""

    def __init__(
        self,
        changes: AsyncChanges[T],
        prepare: Callable[[Model], tuple[Callable[[int | None], Awaitable[Reply[T]]], Paging]],
        this: _Round,
    ) -> None:
        self._changes = changes
        self._prepare = prepare
        self._this = this
        self._items: AsyncIterator[T] | None = None

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        while True:
            if self._items is None:
                self._items = self._next_portion()
            try:
                item = await anext(self._items)
            except StopAsyncIteration:
                self._items = None
                continue
            if self._this.is_new(item):
                return item

    def _next_portion(self) -> AsyncIterator[T]:
        body = next(self._this.bodies, None)
        if body is None:
            self._changes.next_moment = self._this.next_moment()
            raise StopAsyncIteration
        self._this.begin_portion()
        ask, paging = self._prepare(body)

        async def listen(number: int | None) -> Reply[T]:
            reply = await ask(number)
            self._this.answered(reply)
            return reply

        return aiter(AsyncPages(listen, paging))
