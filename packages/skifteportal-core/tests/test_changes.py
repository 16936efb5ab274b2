"""What has changed since a moment: everything once, and no gap to the next time."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import InvalidArgument, NotFound, _http
from skifteportal.core.changes import Changes, Question
from skifteportal.core.operation import Operation
from skifteportal.core.reading import Reply
from skifteportal.core.request import Paging
from skifteportal.core.shapes import ModelOf

MOMENT = datetime(2024, 3, 1, 12, tzinfo=UTC)
NAMES = ("sagIder", "siden")
MINUTE = timedelta(minutes=1)
OPERATION = Operation(
    id="findChangedSince",
    method="POST",
    path="/sager/aendringer",
    repeatable=True,
    body=ModelOf("input_models:Aendringer"),
    answer=ModelOf("input_models:Sag"),
)


@attrs.define
class Changed:
    id: str
    redigeringstidspunkt: datetime | None = None


@attrs.define
class Register:
    """Answers which of the ids asked for have changed, on pages of two."""

    changed: list
    date: datetime | None = MOMENT + timedelta(hours=1)
    bodies: list = attrs.field(factory=list)

    def __call__(self, request):
        body = json.loads(request.content)
        page = int(request.url.params.get("page", 0))
        found = [{"id": one} for one in self.changed if one in body["sagIder"]]
        headers = {"X-Total-Count": str(len(found))}
        if self.date is not None:
            headers["Date"] = format_datetime(self.date, usegmt=True)
            self.date += timedelta(minutes=5)
        self.bodies.append((page, body))
        return _http.Response(200, json=found[page * 2 : page * 2 + 2], headers=headers)


def ask(world, ids, *, moment=MOMENT, portion=100, overlap=MINUTE, operation=OPERATION, stop=None):
    """The ids of what changed, and where to go on."""

    def use(changes):
        found = []
        for item in changes:
            found.append(item.id)
            if item.id == stop:
                break
        return found, changes.next_moment

    async def use_async(changes):
        found = []
        async for item in aiter(changes):
            found.append(item.id)
            if item.id == stop:
                break
        return found, changes.next_moment

    return world.use(
        "_changes",
        operation,
        NAMES,
        ids,
        moment,
        portion=portion,
        overlap=overlap,
        then=use,
        then_async=use_async,
    )


def test_ids_are_asked_about_in_portions_and_what_changed_comes_once(world, portal):
    portal.answers(register := Register(["a", "b", "c", "e"]))
    found, _ = ask(world, ["a", "b", "c", "d", "a", "e"], portion=3)
    assert found == ["a", "b", "c", "e"]
    since = "2024-03-01T12:00:00Z"
    assert register.bodies == [
        (0, {"sagIder": ["a", "b", "c"], "siden": since}),
        (1, {"sagIder": ["a", "b", "c"], "siden": since}),
        (0, {"sagIder": ["d", "e"], "siden": since}),
    ]


def test_what_comes_twice_is_given_once(world, portal):
    portal.answers((200, '[{"id":"a"}]'), (200, '[{"id":"a"},{"id":"b"}]'))
    assert ask(world, ["a", "b"], portion=1)[0] == ["a", "b"]


def test_the_next_moment_is_before_the_first_answer(world, portal):
    portal.answers(Register(["a", "b", "c"]))
    _, moment = ask(world, ["a", "b", "c"], portion=1)
    assert moment == MOMENT + timedelta(minutes=59)


def test_the_next_moment_is_never_before_this_one(world, portal):
    portal.answers(Register([], date=MOMENT + timedelta(seconds=10)))
    assert ask(world, ["a"]) == ([], MOMENT)


def test_of_a_round_that_is_broken_off_everything_is_asked_for_again(world, portal):
    portal.answers(Register(["a", "b"]))
    assert ask(world, ["a", "b"], stop="a") == (["a"], MOMENT)
    portal.answers(404)
    with pytest.raises(NotFound):
        ask(world, ["a"])


def test_without_ids_nothing_is_asked(world, portal):
    assert ask(world, []) == ([], MOMENT)
    assert portal.requests == []


def test_asked_in_another_time_zone_it_is_the_same_moment(world, portal):
    portal.answers(register := Register([], date=None))
    zone = datetime.fromisoformat("2024-03-01T13:00:00+01:00")
    ask(world, ["a"], moment=zone)
    assert register.bodies[0][1]["siden"] == "2024-03-01T13:00:00+01:00"


@pytest.mark.parametrize(
    ("more", "argument"),
    [
        ({"moment": MOMENT.replace(tzinfo=None)}, "moment"),
        ({"portion": 0}, "portion"),
        ({"overlap": -MINUTE}, "overlap"),
        ({"moment": MOMENT.date()}, "moment"),
        ({"moment": None}, "moment"),
        ({"portion": "100"}, "portion"),
        ({"portion": True}, "portion"),
        ({"overlap": 60}, "overlap"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(world, more, argument):
    with pytest.raises(InvalidArgument) as caught:
        ask(world, ["a"], **more)
    assert caught.value.argument == argument


@pytest.mark.parametrize(
    "ids", ["e25d84d3-7aec-4361-84da-93125cb83f08", b"ab", None, 5, uuid4(), ["a", None], [b"a"]]
)
def test_ids_are_a_collection_of_ids(world, ids):
    with pytest.raises(InvalidArgument) as caught:
        ask(world, ids)
    assert caught.value.argument == "ids"


def test_a_deprecated_operation_warns_once(world, portal):
    portal.answers(Register(["a"]))
    operation = attrs.evolve(OPERATION, deprecated="It is deprecated.")
    with pytest.warns(DeprecationWarning, match="It is deprecated") as caught:
        ask(world, ["a", "b"], portion=1, operation=operation)
    assert len(caught) == 1


def test_its_repr_shows_no_ids(world):
    shown = world.use(
        "_changes", OPERATION, NAMES, ["a"], MOMENT, portion=1, overlap=MINUTE, then=shown_as
    )
    assert shown in {"<Changes of 1>", "<AsyncChanges of 1>"}


def shown_as(changes):
    return Shown(repr(changes))


class Shown(str):
    """Text that can be awaited, too."""

    __slots__ = ()

    def __await__(self):
        yield from ()
        return str(self)


def rounds(dates, portions):
    """A round over so many portions, whose answers hold what changed, with these Dates."""
    question = Question(
        OPERATION, NAMES, map(str, range(len(portions))), MOMENT, portion=1, overlap=MINUTE
    )
    answers = iter(zip(dates, portions, strict=True))

    def prepare(_body):
        date, items = next(answers)
        return lambda _number: Reply(items, None, b"", date), Paging(operation=OPERATION)

    changes = Changes(question, prepare)
    list(changes)
    return changes.next_moment


def test_without_a_date_the_portion_that_got_least_far_counts():
    def at(minutes):
        return Changed(f"at{minutes}", MOMENT + timedelta(minutes=minutes))

    assert rounds(["", "", ""], [[at(50), at(20)], [at(30)], [at(40)]]) == MOMENT + timedelta(
        minutes=29
    )
    assert rounds(["", "no date"], [[at(50)], []]) == MOMENT
    assert rounds([""], [[Changed("x")]]) == MOMENT


@given(
    before=st.timedeltas(timedelta(0), timedelta(seconds=60)),
    change=st.timedeltas(timedelta(seconds=-30), timedelta(hours=1)),
    asked=st.timedeltas(timedelta(0), timedelta(hours=1)),
)
def test_no_change_falls_between_two_rounds(before, change, asked):
    """The portal looks at `asked`, and says so up to a minute later, in whole seconds."""
    looked = MOMENT + asked
    changed = MOMENT + change
    said = format_datetime(looked + min(before, timedelta(seconds=59)), usegmt=True)
    this_round = MOMENT < changed <= looked
    items = [Changed("a", changed)] if this_round else []
    moment = rounds([said], [items])
    assert changed <= MOMENT or this_round or changed > moment
