from datetime import UTC, datetime

import pytest
from portal_in_memory import LIQUIDATOR, OTHER_LIQUIDATOR

from skifteportal.sandbox.clock import ManualClock, nanoseconds
from skifteportal.sandbox.defaults import FILER
from skifteportal.sandbox.doedsbo.kinds import Deadlines
from skifteportal.sandbox.seed import EXAMPLE_CPR, companies, seeded
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.store import Client


@pytest.fixture
def store():
    return seeded([Client(id="c", secret="s")], clock=ManualClock())


def test_the_same_day_gives_the_same_portal(store):
    again = seeded([], clock=ManualClock())
    assert [vars_of(one) for one in store.estates.values()] == [
        vars_of(one) for one in again.estates.values()
    ]


def vars_of(estate):
    return (
        estate.id,
        estate.cpr,
        estate.created,
        estate.changed,
        dict(estate.details),
        estate.notice,
    )


def test_there_is_the_guides_estate_and_enough_others(store):
    assert len(store.estates) == 200
    first = next(iter(store.estates.values()))
    assert (first.name, first.cpr) == ("Erlinda Hills", EXAMPLE_CPR)
    assert store.clients["c"].secret == "s"


def test_no_cpr_number_can_belong_to_anybody(store):
    for cpr in store.people:
        assert len(cpr) == 10
        if cpr != EXAMPLE_CPR:
            assert 61 <= int(cpr[:2]) <= 91


def test_estates_are_consistent(store):
    for estate in store.estates.values():
        deceased = estate.details["afdoede"]
        dates = estate.details["vigtigeDatoer"]
        assert deceased["navn"] == estate.name
        assert deceased["foedselsdato"] < dates["doedsdato"]
        assert estate.handed_over == ("skifteform" in estate.details)
        assert ("adresse" in deceased) != deceased["erNavnAdresseBeskyttet"]
        assert estate.created <= estate.changed
        if estate.handed_over:
            assert dates["doedsdato"] < dates["boUdleveret"]
            assert ("kontaktperson" in estate.details) != ("bobestyrer" in estate.details)
        if estate.cpr != EXAMPLE_CPR:
            day, month, year = (int(estate.cpr[start : start + 2]) for start in (0, 2, 4))
            assert deceased["foedselsdato"] == f"19{year:02d}-{month:02d}-{day - 60:02d}"


def test_there_is_an_estate_for_each_state_of_the_deadlines(store):
    clock = ManualClock()
    now = clock.moment.date()
    states = set()
    for estate in store.estates.values():
        deadlines = Deadlines.of(estate, Settings())
        states.add(
            (
                deadlines.claims is not None,
                deadlines.claims_over(now),
                deadlines.provisional_over(now),
            )
        )
    assert states == {
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    }


@pytest.mark.parametrize(
    "moment", [datetime(2024, 2, 29, 23, 59, tzinfo=UTC), datetime(2031, 12, 31, tzinfo=UTC)]
)
def test_any_day_has_a_portal(moment):
    store = seeded([], clock=ManualClock(moment=moment))
    now = ManualClock(moment=moment).now_ns()
    assert all(estate.changed <= now for estate in store.estates.values())
    assert nanoseconds("2022-06-15T07:14:50.6432001Z") == next(iter(store.estates.values())).created


def test_somebody_lives_and_has_no_estate(store):
    assert len(store.people) == len({estate.cpr for estate in store.estates.values()}) + 1


def test_all_companies_with_certificates_but_one_are_registered(store):
    assert {one.company.cvr for one in companies() if not one.registered} == {"90000009"}
    registered = {one.company.cvr for one in companies() if one.registered}
    assert registered == set(store.companies) == set(store.api_users)
    assert len({one.company.serial_number for one in companies()}) == len(companies()) == 8
    assert companies()[0].company.cvr == FILER


def test_the_liquidators_system_acts_for_both_liquidators(store):
    serials = {one.file: one.company.serial_number for one in companies()}
    for identifier in (LIQUIDATOR, OTHER_LIQUIDATOR):
        assert serials["likvidatorsystem"] in store.profiles[identifier].participants
