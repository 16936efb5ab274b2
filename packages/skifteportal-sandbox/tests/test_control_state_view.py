import pytest

from skifteportal import specs
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.control import Control
from skifteportal.sandbox.control.state_view import VIEWS
from skifteportal.sandbox.seed import RECEIPT_CPR

CASE = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"


@pytest.fixture
def view(portal):
    control = Control(portal)
    by_name = {one.name: one for one in VIEWS}

    def view(name, path=None, **query):
        one = by_name[name]
        one.check(query, status=400)
        return one.run(control, path or {}, query)

    return view


@pytest.fixture
def estate(view):
    return view("estates", id=RECEIPT_CPR)["entries"][0]


def in_estate(view, estate, **query):
    return view("estate", {"doedsbojournalId": estate["id"]}, **query)


def filed(api, estate, titles):
    return [api.krav(estate["id"], titel=title) for title in titles]


def test_estates_are_shown_a_page_at_a_time_the_newest_first(view):
    everything = view("estates", size="999")
    assert everything["total"] == len(everything["entries"])
    ids = [one["id"] for one in everything["entries"]]
    pages = [view("estates", first=str(first), size="7") for first in range(0, len(ids), 7)]
    assert [one["id"] for page in pages for one in page["entries"]] == ids
    assert {page["total"] for page in pages} == {len(ids)}
    assert view("estates", first="999999")["entries"] == []


def test_a_new_estate_is_the_first(view, portal):
    before = view("estates", size="1")["total"]
    opened = portal.court(
        "opretBo", path={}, body={"cprNummer": "4634875520", "retskredsId": "1183"}
    )
    found = view("estates", size="1")
    assert found["total"] == before + 1
    assert found["entries"][0]["id"] == opened["id"]
    assert found["entries"][0]["status"] == "UNDER_BEHANDLING"


@pytest.mark.parametrize("name", ["estates", "cases"])
def test_an_id_is_found_and_an_unknown_one_is_not(view, name):
    one = view(name, size="1")["entries"][0]
    assert view(name, id=one["id"])["entries"] == [one]
    assert one in view(name, id=one["subject"])["entries"]
    assert view(name, id="nobody")["total"] == 0


def test_what_was_filed_in_an_estate_is_shown_with_what_the_portal_added(view, api, estate):
    ids = filed(api, estate, ["one", "<b>two</b>", "three"])
    shown = in_estate(view, estate)
    assert [one["id"] for one in shown["entries"]] == ids[::-1]
    assert shown["about"]["filed"] == 3
    entry = shown["entries"][1]
    assert (entry["kind"], entry["by"], entry["deleted"]) == ("krav", "11111111", False)
    assert entry["data"]["titel"] == "<b>two</b>"
    assert "rettidigt" in entry["data"]
    assert [one["id"] for one in in_estate(view, estate, first="1", size="1")["entries"]] == [
        ids[1]
    ]


def test_what_was_deleted_is_shown_as_deleted(view, api, estate):
    (claim,) = filed(api, estate, ["gone"])
    api("DELETE", f"/doedsbojournaler/{estate['id']}/krav/{claim}")
    assert [one["deleted"] for one in in_estate(view, estate)["entries"]] == [True]


def test_a_case_shows_everything_in_it(view):
    shown = view("case", {"sagId": CASE})
    assert shown["about"]["subject"] == "90000011"
    assert set(shown["about"]["data"]) <= {"modtaget", "genoptagelsesfrist"}
    assert "likvidator" in {one["kind"] for one in shown["entries"]}
    assert shown["total"] == shown["about"]["filed"] > 0


@pytest.mark.parametrize(("name", "path"), [("estate", "doedsbojournalId"), ("case", "sagId")])
def test_what_is_not_there_is_said_to_be_not_there(view, name, path):
    with pytest.raises(Fault) as caught:
        view(name, {path: "nobody"})
    assert (caught.value.status, caught.value.field) == (404, path)


@pytest.mark.parametrize("query", [{"first": "-1"}, {"size": "0"}, {"size": "ten"}, {"page": "1"}])
def test_a_query_that_makes_no_sense_is_refused(view, query):
    with pytest.raises(Fault) as caught:
        view("estates", **query)
    assert caught.value.status == 400


def test_every_code_has_its_text_its_advice_and_its_page(view):
    codes = view("codes")
    assert set(codes) == set(specs.error_codes())
    assert codes["doedsbo.f1"]["url"] == "https://skifteportal.readthedocs.io/errors/doedsbo.f1/"
    assert all(all(one.values()) for one in codes.values())
