"""How long a liquidator is one, and what it sees afterwards."""

from datetime import UTC, datetime

import pytest
from portal_in_memory import (
    EXAMPLE_CASE,
    HANDED_ON_CASE,
    LIQUIDATOR,
    NEW_CASE,
    OTHER_LIQUIDATOR,
)

from skifteportal.sandbox.answers import Fault

BASE = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
REMARK = {"tekst": "x", "fremhaevet": False}


@pytest.fixture
def resign(liquidator):
    def resign(**entry):
        body = {"fratraedelser": [{"likvidatorId": LIQUIDATOR, **entry}]}
        assert liquidator("POST", f"{BASE}/fratraedelser", body).status == 201

    return resign


@pytest.fixture
def claim(api):
    """File a claim as somebody else, and return its path for the liquidator."""

    def claim():
        body = {"beloeb": 1, "endeligt": True}
        made = api("POST", f"/kreditor{GENERAL}/krav", body, company="90000001").json
        return f"{BASE}/krav/{made['id']}"

    return claim


def standing(caller):
    roles = {case["sagId"]: case["roller"] for case in caller("GET", "/sager").json}
    (own,) = caller("GET", f"{BASE}/likvidatorer").json
    assert caller("GET", GENERAL).json["likvidatorer"] == [own]
    return own["aktiv"], roles[EXAMPLE_CASE]


def test_a_resignation_takes_effect_when_its_day_comes(api, liquidator, resign, claim, clock):
    resign(fratraedelsesdato="2026-01-20")
    clock.moment = datetime(2026, 1, 19, 22, 59, tzinfo=UTC)  # 23:59 in Denmark
    assert standing(liquidator) == (True, ["LIKVIDATOR"])
    assert liquidator("POST", f"{BASE}/bemaerkninger", REMARK).status == 201
    before = claim()
    clock.moment = datetime(2026, 1, 19, 23, 0, tzinfo=UTC)
    assert standing(liquidator) == (False, ["TIDLIGERE_LIKVIDATOR"])
    assert liquidator("POST", f"{BASE}/bemaerkninger", REMARK).status == 403
    again = {"fratraedelser": [{"likvidatorId": LIQUIDATOR}]}
    assert liquidator("POST", f"{BASE}/fratraedelser", again).status == 403
    assert liquidator("GET", before).status == 200
    assert liquidator("GET", claim()).status == 404
    own = {"beloeb": 1, "endeligt": True}  # the firm may file again
    assert api("POST", f"/kreditor{GENERAL}/krav", own, company="90000005").status == 201


def test_who_resigns_today_has_seen_what_came_until_then(liquidator, resign, claim, clock):
    clock.moment = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)  # 16 January in Denmark
    remark = liquidator("POST", f"{BASE}/bemaerkninger", REMARK).json["id"]
    before = claim()
    clock.advance(seconds=60)
    resign()
    clock.advance(seconds=60)
    assert liquidator("GET", before).status == 200
    assert [one["id"] for one in liquidator("GET", f"{BASE}/bemaerkninger").json] == [remark]
    assert liquidator("GET", claim()).status == 404
    assert liquidator("GET", f"{BASE}/likvidatorer").json[0]["fratraadt"] == "2026-01-16"


def test_who_resigned_on_an_earlier_day_sees_that_day_and_all_of_its_own_work(
    liquidator, resign, claim, clock
):
    during = claim()
    clock.advance(days=2)
    after = claim()
    remark = liquidator("POST", f"{BASE}/bemaerkninger", REMARK).json["id"]
    resign(fratraedelsesdato="2026-01-15")
    assert liquidator("GET", during).status == 200
    assert liquidator("GET", after).status == 404
    assert [one["id"] for one in liquidator("GET", f"{BASE}/bemaerkninger").json] == [remark]


def test_nobody_resigns_twice(liquidator):
    entries = [{"likvidatorId": LIQUIDATOR}, {"likvidatorId": LIQUIDATOR.upper()}]
    reply = liquidator("POST", f"{BASE}/fratraedelser", {"fratraedelser": entries})
    assert reply.code == "handling.likvidator.fratraed.likvidator.ikke.udpeget"
    assert reply.json["felt"] == "fratraedelser.1.likvidatorId"
    assert liquidator("GET", f"{BASE}/likvidatorer").json[0]["aktiv"] is True


def test_a_resignations_id_and_time_are_the_portals(liquidator):
    forged = {"id": "x", "oprettelsestidspunkt": "1999-01-01T00:00:00.0000000Z", "ekstra": 1}
    entry = {"likvidatorId": LIQUIDATOR, "fratraedelsesdato": "2026-03-01"}
    body = {"fratraedelser": [{**entry, **forged}]}
    (made,) = liquidator("POST", f"{BASE}/fratraedelser", body).json
    assert made.items() >= entry.items()
    assert made["oprettelsestidspunkt"].startswith("2026-01-15")
    assert made["id"] != "x"
    assert "ekstra" not in made


def test_a_former_liquidator_who_is_appointed_again_was_one_before(portal, liquidator):
    path = f"/likvidator/tvangsoploesningssager/{HANDED_ON_CASE}/likvidatorer"
    first, other = liquidator("GET", path).json
    assert (first["aktiv"], other["aktiv"]) == (False, True)
    appointed = {"likvidatorId": LIQUIDATOR}
    told = portal.court("udpegLikvidator", path={"sagId": HANDED_ON_CASE}, body=appointed)
    assert (told["udpeget"], told["aktiv"]) == ("2026-01-15", True)
    earlier, again, same = liquidator("GET", path).json
    assert (earlier, same) == (first, other)
    assert (again["udpeget"], again["aktiv"], "fratraadt" in again) == ("2026-01-15", True, False)


def test_who_is_appointed_is_not_appointed_once_more(portal, liquidator):
    case = {"sagId": EXAMPLE_CASE}
    with pytest.raises(Fault) as caught:
        portal.court("udpegLikvidator", path=case, body={"likvidatorId": LIQUIDATOR})
    assert (caught.value.status, caught.value.code, caught.value.field) == (
        409,
        None,
        "likvidatorId",
    )
    # To ask for it is no error that the guide has a code for: the court decides.
    body = {"likvidatorId": LIQUIDATOR, "aarsag": "x"}
    assert liquidator("POST", f"{BASE}/medlikvidatoranmodninger", body).status == 201


def test_a_granted_request_leaves_who_was_appointed_meanwhile(portal, liquidator, clock):
    case = {"sagId": EXAMPLE_CASE}
    body = {"likvidatorId": OTHER_LIQUIDATOR, "aarsag": "x"}
    liquidator("POST", f"{BASE}/medlikvidatoranmodninger", body)
    place = {**case, "anmodninger": "medlikvidatoranmodninger"}
    portal.court("behandlAnmodning", path=place, body={"udfald": "IMOEDEKOMMET"})
    portal.court("udpegLikvidator", path=case, body={"likvidatorId": OTHER_LIQUIDATOR})
    clock.advance(days=1)
    with portal.transaction() as world:
        drafts = world.store.cases[EXAMPLE_CASE].of_kind("afgoerelse")
        draft = next(one.id for one in drafts if "publiceret" not in one.data)
    portal.court("publicer", path=case, body={"afgoerelseId": draft})
    appointed = liquidator("GET", f"{BASE}/likvidatorer").json
    assert [one["udpeget"] for one in appointed[1:]] == ["2026-01-15"]


def test_a_first_appointment_makes_the_liquidators_profile(api, portal):
    with portal.transaction() as world:
        person = world.store.profiles[LIQUIDATOR].person
    case, sent = {"sagId": NEW_CASE}, {"personId": person.upper(), "cvrNummer": "90000001"}
    made = portal.court("udpegLikvidator", path=case, body=sent)
    new = api.acting_for(made["likvidatorId"])
    path = f"/likvidator/tvangsoploesningssager/{NEW_CASE}/likvidatorer"
    (own,) = new("GET", path).json
    assert (own["navn"], own["cvrNummer"]) == ("Liv Kvist", "90000001")
    again = portal.court("udpegLikvidator", path={"sagId": EXAMPLE_CASE}, body=sent)
    assert again["likvidatorId"] == made["likvidatorId"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"personId": EXAMPLE_CASE}, "personId"), ({"cvrNummer": "12345678"}, "cvrNummer")],
)
def test_a_first_appointment_is_of_a_person_and_a_firm_in_the_registers(portal, changes, field):
    with portal.transaction() as world:
        person = world.store.profiles[LIQUIDATOR].person
    sent = {"personId": person, "cvrNummer": "90000001", **changes}
    with pytest.raises(Fault) as caught:
        portal.court("udpegLikvidator", path={"sagId": NEW_CASE}, body=sent)
    assert (caught.value.status, caught.value.field) == (400, field)
    assert caught.value.message == "Findes ikke"
