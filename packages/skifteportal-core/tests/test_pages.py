import anyio
import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import DecodeError, InvalidArgument, Page, PagesIncomplete, _http
from skifteportal.core.operation import Operation
from skifteportal.core.pages import AsyncPages, Pages
from skifteportal.core.reading import Reply
from skifteportal.core.request import Paging
from skifteportal.core.shapes import ANY, INTEGER


class Register:
    """A portal with so many items on so large pages."""

    def __init__(self, count, size=20, *, first=0, header=True, largest=1000, lowest=0):
        self.count, self.size, self.first, self.header = count, size, first, header
        self.largest, self.lowest = largest, lowest
        self.asked = []

    def __call__(self, request):
        query = request.url.params
        self.asked.append(dict(query))
        page = max(int(query.get("page", self.first)), self.lowest, self.first) - self.first
        size = min(int(query.get("size", self.size)), self.largest)
        items = list(range(self.count))[page * size : (page + 1) * size]
        headers = {"X-Total-Count": str(self.count)} if self.header else {}
        return _http.Response(200, json=items, headers=headers)


@pytest.fixture
def search(make_operation):
    return make_operation("POST", "/krav", body=ANY, answer=INTEGER, repeatable=True)


def items(world, operation, **more):
    return world.use("_pages", operation, then=list, then_async=aiter, body={}, **more)


def pages(world, operation, **more):
    return world.use(
        "_pages",
        operation,
        then=lambda pages: list(pages.pages()),
        then_async=lambda pages: pages.pages(),
        body={},
        **more,
    )


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("size", [1, 7, 20, 50])
@pytest.mark.parametrize("count", [0, 1, 19, 20, 40, 45])
def test_every_item_is_seen_once(world, portal, search, count, size, header):  # noqa: PLR0917
    portal.answers(register := Register(count, header=header))
    assert items(world, search, query={"size": size}) == list(range(count))
    assert len(register.asked) <= count // size + 1
    assert register.asked[0] == {"size": str(size)}


def test_without_a_size_the_total_is_enough(world, portal, search):
    portal.answers(register := Register(45))
    assert items(world, search) == list(range(45))
    assert register.asked == [{}, {"page": "1"}, {"page": "2"}]


def test_without_size_and_total_a_page_is_everything(world, portal, search):
    portal.answers(register := Register(45, header=False))
    assert items(world, search) == list(range(20))
    assert register.asked == [{}]


def test_a_given_page_is_where_it_begins(world, portal, search):
    portal.answers(register := Register(45))
    assert items(world, search, query={"page": 1, "sort": "id"}) == list(range(20, 45))
    assert register.asked == [{"page": "1", "sort": "id"}, {"page": "2", "sort": "id"}]


def test_the_last_page_of_unknown_size_ends_all_the_same(world, portal, search):
    portal.answers(register := Register(45))
    assert items(world, search, query={"page": 2}) == list(range(40, 45))
    assert len(register.asked) == 2  # the second is empty: the first did not tell the pages' size


def test_pages_may_be_counted_from_one(world, portal, make_operation):
    operation = make_operation("POST", body=ANY, answer=INTEGER, first_page=1)
    portal.answers(register := Register(45, first=1))
    assert items(world, operation) == list(range(45))
    assert register.asked == [{}, {"page": "2"}, {"page": "3"}]


@pytest.mark.parametrize("header", [True, False])
def test_a_portal_that_counts_from_one_is_found_out(world, portal, search, header):
    portal.answers(register := Register(45, first=1, header=header))
    assert items(world, search, query={"size": 20}) == list(range(45))
    assert [query.get("page") for query in register.asked] == [None, "1", "2", "3"]
    assert [page.number for page in pages(world, search, query={"size": 20})] == [0, 2, 3]


def test_a_page_from_zero_of_a_portal_that_counts_from_one(world, portal, search):
    portal.answers(register := Register(45, first=1, lowest=1))
    assert items(world, search, query={"page": 0}) == list(range(45))
    assert [query["page"] for query in register.asked] == ["0", "1", "2", "3"]


def test_a_portal_that_cannot_turn_pages_is_told_of(world, portal, search):
    portal.answers((200, "[1,2]", {"X-Total-Count": "7"}))
    with pytest.raises(PagesIncomplete, match="2 items came and 7 were announced") as caught:
        items(world, search)
    assert (caught.value.seen, caught.value.announced) == (2, 7)
    assert caught.value.operation == "doKrav"
    assert len(portal.requests) == 3


def test_nor_can_one_that_announces_nothing_go_on_for_ever(world, portal, search):
    portal.answers((200, "[1,2]"))
    assert items(world, search, query={"size": 2}) == [1, 2]
    assert len(portal.requests) == 3


def test_pages_that_end_too_early_are_told_of(world, portal, search):
    portal.answers((200, "[1,2]", {"X-Total-Count": "7"}), (200, "[]"))
    with pytest.raises(PagesIncomplete) as caught:
        items(world, search)
    assert (caught.value.seen, caught.value.announced) == (2, 7)


def test_a_total_that_becomes_smaller_on_the_way_is_the_total(world, portal, search):
    portal.answers((200, "[1,2]", {"X-Total-Count": "3"}), (200, "[]", {"X-Total-Count": "2"}))
    assert items(world, search) == [1, 2]


def test_a_page_that_repeats_later_is_told_of(world, portal, search):
    headers = {"X-Total-Count": "7"}
    portal.answers((200, "[1,2]", headers), (200, "[3,4]", headers))
    with pytest.raises(PagesIncomplete) as caught:
        items(world, search)
    assert (caught.value.seen, caught.value.announced) == (4, 7)


def test_a_size_that_is_cut_down_loses_nothing(world, portal, search):
    portal.answers(Register(250, largest=100))
    assert items(world, search, query={"page": 1, "size": 500}) == list(range(100, 250))
    assert items(world, search, query={"size": 500}) == list(range(250))


@pytest.mark.parametrize("total", ["many", "-1", "", "1e3", "²"])
def test_a_total_that_is_no_number_is_no_total(world, portal, search, total):
    portal.answers(
        lambda _: _http.Response(200, content=b"[1]", headers={b"X-Total-Count": total.encode()})
    )
    assert items(world, search) == [1]
    assert len(portal.requests) == 1


def test_page_by_page(world, portal, search):
    portal.answers(Register(45))
    found = pages(world, search)
    assert found[2] == Page(items=list(range(40, 45)), number=2, total=45)
    assert [page.number for page in found] == [0, 1, 2]
    portal.answers(Register(0))
    assert pages(world, search) == []


def test_the_first_and_the_total(world, portal, search):
    def first(pages):
        return pages.first()

    def total(pages):
        return pages.total()

    portal.answers(Register(45))
    assert world.use("_pages", search, then=first, body={}) == 0
    assert world.use("_pages", search, then=total, body={}) == 45
    assert len(portal.requests) == 2
    portal.answers(Register(0, header=False))
    assert world.use("_pages", search, then=first, body={}) is None
    assert world.use("_pages", search, then=total, body={}) is None


def test_a_total_that_was_seen_is_not_asked_for_again(world, portal, search):
    def both(pages):
        return pages.first(), pages.total()

    async def both_async(pages):
        return await pages.first(), await pages.total()

    portal.answers(Register(45))
    found = world.use("_pages", search, then=both, then_async=both_async, body={})
    assert found == (0, 45)
    assert len(portal.requests) == 1


def test_nothing_is_sent_before_it_is_wanted_and_no_more_than_that(world, portal, search):
    def two(pages):
        assert portal.requests == []
        found = []
        for item in pages:
            found.append(item)
            if item == 1:
                return found
        raise AssertionError

    async def two_async(pages):
        assert portal.requests == []
        found = []
        async for item in pages:
            found.append(item)
            if item == 1:
                return found
        raise AssertionError

    portal.answers(Register(45))
    assert world.use("_pages", search, then=two, then_async=two_async, body={}) == [0, 1]
    assert len(portal.requests) == 1


def test_what_is_wrong_is_refused_when_it_is_asked_for(world, portal, search, make_operation):
    for more in ({"query": {"page": -1}}, {"path": ("..",)}, {"body": object()}):
        with pytest.raises(InvalidArgument):
            world.use(
                "_pages",
                make_operation("POST", "/krav/{id}", body=ANY, answer=ANY),
                more.get("path", ("x",)),
                then=id,
                body=more.get("body"),
                query=more.get("query"),
            )
    assert portal.requests == []


def test_the_body_stays_as_it_was(world, portal, search):
    query = {"navn": "A"}

    def change(pages):
        query["navn"] = "B"
        return pages.first()

    portal.answers(Register(1))
    world.use("_pages", search, then=change, body=query)
    assert portal.request.content == b'{"navn":"A"}'


def test_a_page_that_cannot_be_read(world, portal, search):
    portal.answers((200, '["x"]'))
    with pytest.raises(DecodeError, match="at /0"):
        items(world, search)


def test_an_answer_without_a_shape_has_no_items(world, portal, make_operation):
    portal.answers((200, "[1]"))
    assert items(world, make_operation(answer=None)) == []


def test_reprs_show_no_items():
    assert repr(Page(items=["Koss"], number=2, total=None)) == "<Page 2: 1 of ?>"
    assert repr(Page(items=["Koss"], number=2, total=7)) == "<Page 2: 1 of 7>"
    assert repr(Pages(id, Paging(operation=FROM_ZERO))) == "<Pages>"
    assert repr(AsyncPages(id, Paging(operation=FROM_ZERO))) == "<AsyncPages>"


FROM_ZERO = Operation(id="getAllKrav", method="GET", path="/krav", repeatable=True)


def collected(ask, paging):
    """What both kinds of pages give; a PagesIncomplete counts as what it says."""

    async def ask_async(number):
        return ask(number)

    async def collect():
        return [item async for item in AsyncPages(ask_async, paging)]

    found = []
    for way in (lambda: list(Pages(ask, paging)), lambda: anyio.run(collect)):
        try:
            found.append(way())
        except PagesIncomplete as error:
            found.append((error.seen, error.announced))
    assert found[0] == found[1]
    return found[0]


@given(
    count=st.integers(0, 60),
    true_size=st.integers(1, 25),
    size=st.none() | st.integers(1, 40),
    start=st.none() | st.integers(0, 5),
    first=st.integers(0, 1),
    known=st.booleans(),
    header=st.booleans(),
)
def test_every_item_from_the_start_is_seen_once(  # noqa: PLR0917
    count, true_size, size, start, first, known, header
):
    """Whether it counts from 0 or 1, whether that is known, and whether it says how many there are."""
    everything = list(range(count))
    on_page = true_size if size is None else min(size, 25)

    def ask(number):
        begin = max(0, 0 if number is None else number - first) * on_page
        found = everything[begin : begin + on_page]
        return Reply(found, count if header else None, str(found).encode())

    begin = None if start is None else start + first
    operation = attrs.evolve(FROM_ZERO, first_page=first if known else 0)
    wanted = everything[(start or 0) * on_page :]
    found = collected(ask, Paging(operation=operation, start=begin, size=size))
    if header or size == on_page:
        assert found == wanted
    else:  # without a total and a size that is kept to, a page is all there is
        assert found == wanted[:on_page]


@given(
    replies=st.lists(
        st.tuples(st.lists(st.integers(0, 3), max_size=3), st.none() | st.integers(0, 9)),
        min_size=1,
        max_size=6,
    ),
    size=st.none() | st.integers(1, 3),
)
def test_whatever_comes_it_ends_and_never_silently_with_less_than_announced(replies, size):
    last, replies = replies[-1], replies[:-1]
    seen = []

    def ask(number):
        items, total = replies[len(seen)] if len(seen) < len(replies) else last
        seen.append(total)
        return Reply(items, total, str(items).encode())

    try:
        found = list(Pages(ask, Paging(operation=FROM_ZERO, size=size)))
    except PagesIncomplete as error:
        problem = error
    else:
        announced = [total for total in seen if total is not None]
        assert not announced or len(found) >= announced[-1]
        return
    assert problem.seen < problem.announced
