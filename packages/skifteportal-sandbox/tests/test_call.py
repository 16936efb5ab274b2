import pytest
from portal_in_memory import GUIDE_ESTATE, Api

from skifteportal.sandbox import Settings

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


@pytest.fixture
def filed(api):
    for beloeb, titel in ((30, "b"), (10, "c"), (20, None)):
        api.krav(beloeb=beloeb, **({} if titel is None else {"titel": titel}))
    return api


def amounts(reply):
    return [krav["beloeb"] for krav in reply.json]


def test_a_list_is_a_bare_array_in_the_order_filed_with_its_total(filed):
    reply = filed("GET", KRAV)
    assert (reply.status, reply["X-Total-Count"], amounts(reply)) == (200, "3", [30, 10, 20])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("size=2", [30, 10]),
        ("size=2&page=0", [30, 10]),
        ("size=2&page=1", [20]),
        ("size=2&page=2", []),
        ("page=999999999999999999", []),
        ("sort=beloeb", [10, 20, 30]),
        ("sort=beloeb&direction=ASC", [10, 20, 30]),
        ("sort=beloeb&direction=DESC", [30, 20, 10]),
        ("sort=titel", [20, 30, 10]),
        ("sort=oprettelsestidspunkt&size=1", [30]),
        ("direction=DESC", [20, 10, 30]),
    ],
)
def test_a_list_is_paged_and_sorted(filed, query, expected):
    reply = filed("GET", f"{KRAV}?{query}")
    assert (amounts(reply), reply["X-Total-Count"]) == (expected, "3")


@pytest.mark.parametrize("sort", ["nothing", "indberetter", ""])
def test_a_list_cannot_be_sorted_by_just_anything(filed, sort):
    reply = filed("GET", f"{KRAV}?sort={sort}")
    assert (reply.status, reply.json["felt"]) == (400, "sort")


@pytest.mark.parametrize("query", ["page=-1", "size=0", "direction=UP", "page=one"])
def test_the_specification_bounds_the_paging(filed, query):
    assert filed("GET", f"{KRAV}?{query}").status == 400


def test_page_sizes_and_the_first_page_are_settings(make_portal):
    settings = Settings(default_page_size=2, max_page_size=3, first_page=1)
    api = Api(make_portal(settings=settings))
    for _ in range(5):
        api.krav()
    assert len(api("GET", KRAV).json) == 2
    assert len(api("GET", f"{KRAV}?size=100").json) == 3
    assert len(api("GET", f"{KRAV}?page=2&size=3").json) == 2
    reply = api("GET", f"{KRAV}?page=0")
    assert (reply.status, reply.json["felt"], reply.json["besked"]) == (
        400,
        "page",
        "The first page is 1",
    )


def test_a_refusal_carries_the_portals_own_text_with_its_holes_filled(api):
    body = {"effekter": [{"kategori": "INDBO"}, {"kategori": "INDBO"}]}
    reply = api("POST", f"/doedsbojournaler/{GUIDE_ESTATE}/effektfortegnelser", body)
    assert reply.json["fejlkode"] == "doedsbo.f20"
    assert (
        reply.json["besked"]
        == "Kategorier må kun angives en gang, De følgende er duplikater: INDBO"
    )
